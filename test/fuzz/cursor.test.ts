import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { text } from './arbitrary.ts';
import { type Arena, openArena } from './arena.ts';

const lists = `
  query ($after: String, $types: String, $filter: AccessProfileFilter) {
    accessProfiles(after: $after, first: 3, filter: $filter) { nodes { name } pageInfo { hasNextPage } totalCount }
    accessProfileTypes(after: $types) { nodes { name accessProfiles(after: $after, first: 2) { nodes { name } } } }
  }`;

interface Cursors {
  readonly accessProfiles: { readonly edges: readonly { readonly cursor: string }[] };
  readonly accessProfileTypes: { readonly edges: readonly { readonly cursor: string }[] };
}

const filters = [null, { labels: { has: 'prod' } }, { state: { eq: 'PAUSED' } }];

describe.each([false, true])('cursors, of an API that takes all filters: %j', (openFilters) => {
  let arena: Arena;
  const real: string[] = [];
  beforeAll(async () => {
    arena = await openArena(openFilters);
    for (const filter of filters) {
      const query = `query ($filter: AccessProfileFilter) {
        accessProfiles(first: 40, filter: $filter) { edges { cursor } } accessProfileTypes { edges { cursor } }
      }`;
      const { data } = await arena.ask<Cursors>(query, { filter });
      real.push(
        ...[...(data?.accessProfiles.edges ?? []), ...(data?.accessProfileTypes.edges ?? [])].map((it) => it.cursor),
      );
    }
    expect(real.length).toBeGreaterThan(40);
  });
  afterAll(() => arena[Symbol.asyncDispose]());

  const part = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      0,
      1,
      99,
      1e9,
      1.5,
      '',
      'id eq',
      'name co',
      'id eq "x"',
      'state eq',
      [],
      {},
      '+w==',
      'x'.repeat(9000),
    ),
    fc.jsonValue(),
  );

  /** Real ones, with a stretch replaced, or with a part of what they hold replaced. */
  const mutated = fc
    .tuple(fc.nat(), fc.nat(), fc.nat(8), fc.oneof(text, fc.constant('')), fc.nat(6), part, fc.nat(2))
    .map(([which, place, length, piece, index, value, kind]) => {
      const cursor = real[which % real.length] ?? '';
      if (kind === 0) return cursor;
      const start = place % (cursor.length + 1);
      if (kind === 1) return cursor.slice(0, start) + piece + cursor.slice(start + length);
      const parts: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      parts[index] = value;
      return encoded(parts);
    });

  const made = fc.oneof(fc.jsonValue(), fc.array(part, { maxLength: 8 })).map(encoded);

  it('whatever they are', async () => {
    const cursor = fc.option(fc.oneof(text, made, { arbitrary: mutated, weight: 3 }));
    await fc.assert(
      fc.asyncProperty(cursor, cursor, fc.constantFrom(...filters), async (after, types, filter) => {
        await arena.ask(lists, { after, types, filter });
      }),
      { numRuns: runs(100) },
    );
  });
});

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
