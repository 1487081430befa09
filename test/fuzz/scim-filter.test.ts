import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, type Filter } from '../../src/scim/ast.ts';
import { printFilter } from '../../src/scim/printer.ts';
import type { Fact } from '../contract/facts.ts';
import { anyFilter } from '../scim/arbitrary.ts';
import { type ReferenceRecord, referenceEvaluate } from '../scim/reference-evaluator.ts';
import { runs } from '../support/runs.ts';
import { text } from './arbitrary.ts';
import { type Arena, facts, openArena } from './arena.ts';

const query = `query ($scimFilter: String, $filter: AccessProfileFilter) {
  accessProfiles(scimFilter: $scimFilter, filter: $filter, first: 500) { nodes { profileId } }
}`;

/**
 * Attributes that are read alike by everybody, with values that some profile has or nearly has. No id among them differs
 * from another in case only: there the gateway reads more strictly than the reference.
 */
const values: Readonly<Record<string, readonly string[]>> = {
  id: ['left', 'full', 'cycle-a', 'no such'],
  profile_type: ['type-app', 'type-role', 'nothing'],
  name: ['Base', 'base', 'filler 1', 'CYCLE', '"hi"', '\\', 'e'],
  description: ['', 'null', 'co "x"', 'A'],
  state: ['RUNNING', 'PAUSED', 'PENDING', 'paused', 'X'],
  labels: ['sensitive', 'tier-0', 'tier-3', 'c"d', 'a\\b'],
  integrations: ['ACTIVE_DIRECTORY', 'NONE'],
  created_at: ['2024-01-01T00:00:00.0000005Z', '2025-02-01T00:00:00Z', '2025-01-31T23:00:00-03:00'],
};

const comparison: fc.Arbitrary<Filter> = fc
  .constantFrom(...Object.keys(values))
  .chain((attribute) =>
    fc
      .tuple(fc.constantFrom(...(values[attribute] ?? [])), operatorsOf(attribute))
      .map(([value, operator]) =>
        operator === 'pr' ? { kind: 'present' as const, attribute } : compare(attribute, operator, value),
      ),
  );

function operatorsOf(attribute: string) {
  // What an API makes of `eq` and its like on the lists that it documents is its own affair.
  if (attribute === 'labels' || attribute === 'integrations') return fc.constantFrom('co', 'pr' as const);
  if (attribute === 'created_at') return fc.constantFrom('gt', 'ge', 'lt', 'le', 'eq', 'ne', 'pr' as const);
  return fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'pr' as const);
}

const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      operands: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not'), operand: tie('filter') }),
  ),
})).filter;

function recordOf(fact: Fact): ReferenceRecord {
  const { record } = fact;
  return {
    simple: {
      id: [record.id],
      profile_type: [record.profile_type],
      name: [record.name],
      description: [record.description],
      state: [record.state],
      labels: record.labels,
      integrations: fact.integrations,
      created_at: [record.created_at],
    },
    complex: {},
  };
}

describe.each([false, true])('raw filters, of an API that takes all: %j', (openFilters) => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena(openFilters);
  });
  afterAll(() => arena[Symbol.asyncDispose]());

  it('whatever they are', async () => {
    const nearly = fc
      .tuple(
        fc.oneof(anyFilter, filter).map((each) => printFilter(each)),
        fc.nat(),
        fc.nat(4),
        fc.oneof(text, fc.constant('')),
      )
      .map(([printed, place, length, piece]) => {
        const start = place % (printed.length + 1);
        return printed.slice(0, start) + piece + printed.slice(start + length);
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, nearly), async (scimFilter) => {
        await arena.ask(query, { scimFilter });
      }),
      { numRuns: runs(300) },
    );
  });

  it('choose the profiles that they mean', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (each) => {
        const answer = await arena.ask(query, { scimFilter: printFilter(each) });
        const nodes = facts.all
          .filter((fact) => referenceEvaluate(each, recordOf(fact)))
          .map(({ record }) => ({ profileId: record.id }));
        expect(answer).toEqual({ data: { accessProfiles: { nodes } } });
      }),
      { numRuns: runs(200) },
    );
  });
});
