import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adminKey, type Key, type World } from '../../src/sandbox/server.ts';
import type { Store } from '../../src/sandbox/store.ts';
import type { WorldProfile } from '../../src/sandbox/world.ts';
import { gatewayTo, type SandboxedGateway, startGateway } from '../support/gateway.ts';
import { startUpstream } from './upstream.ts';

/** Three pages of profiles of two types, which nothing names. The first ten are deleted while the list is read. */
const count = 250;
const spares = 10;
const profile = (n: number): WorldProfile => ({
  id: `p${n}`,
  name: `Profile ${n}`,
  profile_type: n % 2 === 0 ? 'even' : 'odd',
  entities: [{ entity_type: 'Group', datasource_id: 'source', entity_id: 'group' }],
});
const types = ['even', 'odd'].map((id) => ({ id, name: id }));
const world: World = { types, profiles: Array.from({ length: count }, (_, i) => profile(i)) };
const lasting = Array.from({ length: count - spares }, (_, i) => `p${i + spares}`);

type Row = { readonly profileId: string };
interface Answer {
  readonly answer?: { readonly nodes?: readonly Row[]; readonly totalCount?: number } | readonly Row[];
}

/** Questions that every profile answers. */
const questions = [
  'inheritanceGraph { nodes { profileId } }',
  'accessProfilesGranting(entity: { datasourceId: "source", entityId: "group" }) { profileId }',
  'accessProfiles(first: 500) { nodes { profileId } }',
  'accessProfiles(first: 500, filter: { name: { contains: "rofile" } }) { nodes { profileId } totalCount }',
  'accessProfiles(first: 1) { totalCount }',
];

/** Fails where the answer lacks a profile that was there throughout; an error is no wrong answer. */
async function expectAll(gateway: SandboxedGateway, question: string, headers?: Record<string, string>) {
  const { data, errors } = await gateway.ask<Answer, never>(`{ answer: ${question} }`, undefined, headers);
  if (errors !== undefined && errors.length > 0) return 'failed';
  const answer = data?.answer;
  const rows = answer !== undefined && 'nodes' in answer ? answer.nodes : answer;
  if (Array.isArray(rows)) {
    const found = new Set(rows.map(({ profileId }) => profileId));
    expect(lasting.filter((id) => !found.has(id))).toEqual([]);
  }
  if (answer !== undefined && 'totalCount' in answer) {
    expect(answer.totalCount).toBeGreaterThanOrEqual(lasting.length);
  }
  return 'answered';
}

const moves: Readonly<Record<string, (store: Store, n: number) => void>> = {
  deletes: (store, n) => store.deleteProfile(`p${n}`),
  'deletes and creates': (store, n) => {
    store.deleteProfile(`p${n}`);
    const { id = '' } = { ...store.profile(`p${count - 1}`) };
    const copy = store.editProfile(id, {});
    store.putProfile({ ...copy, id: `new${n}`, profile_type: n % 2 === 0 ? 'even' : 'odd', created_at: now() });
  },
};
const now = () => new Date().toISOString();

describe.each(Object.keys(moves))('a list of profiles that nothing names, when another client %s some', (what) => {
  it.each([true, false])('loses no profile that was there throughout (filters are open: %s)', async (openFilters) => {
    let answered = 0;
    // A list that the API filters has no counts to compare it with.
    const asked = questions.filter((question) => !openFilters || !question.includes('filter'));
    const property = fc.asyncProperty(
      fc.constantFrom(...asked),
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 2 }),
      async (question, moments) => {
        await using gateway = await startGateway({ world, openFilters });
        for (const [n, skip] of moments.entries()) {
          const run = (_request: unknown, store: Store) => moves[what]?.(store, n);
          gateway.sandbox.faults.add({ kind: 'run', match: { path: '/access_profiles' }, skip, run });
        }
        if ((await expectAll(gateway, question)) === 'answered') answered++;
      },
    );
    await fc.assert(property, { numRuns: 15, seed: 20_261_128 });
    expect(answered).toBeGreaterThan(10);
  });
});

describe('counts', () => {
  const scanned = ({ sandbox }: SandboxedGateway) => {
    const lists = sandbox.calls.filter(({ path }) => path.endsWith('/access_profiles')).length;
    return { lists, types: sandbox.calls.length - lists };
  };

  it('show that the list ended too early, once', async () => {
    let lies = 1;
    const upstream = await startUpstream(world, {
      name: 'ends early once',
      changes: true,
      async answer(request, next) {
        const reply = await next(request);
        const { json } = reply;
        if (typeof json !== 'object' || json === null || !('values' in json)) return reply;
        const isSecond = request.query.has('page_token');
        return isSecond && lies-- > 0 ? { ...reply, json: { ...json, has_more: false } } : reply;
      },
    });
    await using gateway = gatewayTo(upstream.origin);
    const { data } = await gateway.ask<{ list?: { totalCount: number } }, never>(
      '{ list: accessProfiles(first: 500) { totalCount } }',
    );
    expect(data?.list?.totalCount).toBe(count);
    await upstream.close();
  });

  const keys: readonly Key[] = [{ key: adminKey, role: 'admin', visibleTo: ({ id }) => !id.endsWith('7') }];

  it('that include profiles which the key does not see cost one more scan, and are not read again', async () => {
    await using gateway = await startGateway({ world, keys });
    const fresh = { authorization: `Bearer ${adminKey}`, 'cache-control': 'no-store' };
    for (const calls of [
      { lists: 7, types: 2 },
      { lists: 3, types: 0 },
    ]) {
      gateway.sandbox.clearCalls();
      const { data } = await gateway.ask<{ inheritanceGraph?: { nodes: unknown[] } }, never>(
        '{ inheritanceGraph { nodes { profileId } } }',
        undefined,
        fresh,
      );
      expect(data?.inheritanceGraph?.nodes).toHaveLength(count - 25);
      expect(scanned(gateway)).toEqual(calls);
    }
  });

  it('that fail to come do not fail the scan', async () => {
    await using gateway = await startGateway({ world });
    gateway.sandbox.faults.add({ kind: 'status', status: 500, match: { path: '_types' }, times: 9 });
    expect(await expectAll(gateway, 'inheritanceGraph { nodes { profileId } }')).toBe('answered');
  });

  it('are not read for a list of one page, or for a page of a list', async () => {
    await using gateway = await startGateway({ world });
    await gateway.ask('{ accessProfiles(first: 100) { nodes { name } pageInfo { hasNextPage } } }');
    expect(scanned(gateway)).toEqual({ lists: 1, types: 0 });
  });

  it('are those that the caller has read lately', async () => {
    await using gateway = await startGateway({ world }, { typesTtlSeconds: 60 });
    await gateway.ask('{ accessProfileTypes { nodes { name } } }');
    await expectAll(gateway, 'inheritanceGraph { nodes { profileId } }');
    expect(scanned(gateway)).toEqual({ lists: 3, types: 1 });
  });
});
