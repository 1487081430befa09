import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldProfile } from '../../src/sandbox/world.ts';
import { gatewayTo } from '../support/gateway.ts';
import { rewritingProfiles } from './deviants/rewrite.ts';
import { type Json, startUpstream, type Upstream } from './upstream.ts';

/** 230 profiles: `p0` to `p4` have five children each, `c0-0` to `c4-4`, on later pages; each first child has one of its own. */
const profile = (id: string, inherits: readonly string[] = []): WorldProfile => ({
  id,
  name: id,
  profile_type: 'type',
  inherits,
});
const five = [0, 1, 2, 3, 4];
const profiles = [
  ...five.map((p) => profile(`p${p}`)),
  ...Array.from({ length: 195 }, (_, i) => profile(`other${i}`, i % 2 === 0 ? [`other${i + 1}`] : [])),
  ...five.flatMap((p) => five.map((c) => profile(`c${p}-${c}`, [`p${p}`]))),
  ...five.map((p) => profile(`g${p}`, [`c${p}-0`])),
];
const world = { types: [{ id: 'type', name: 'Type' }], profiles };

const cuts: Readonly<Record<string, (ids: readonly Json[]) => readonly Json[]>> = {
  'all but the last child': (ids) => ids.slice(0, -1),
  'all but the first child': (ids) => ids.slice(1),
  'two children at most': (ids) => ids.slice(0, 2),
  'no children': () => [],
  'all children': (ids) => ids,
};

const childrenOf = (p: number) => five.map((c) => ({ profileId: `c${p}-${c}` }));
const below = (p: number) => [...childrenOf(p), { profileId: `g${p}` }].map((each) => ({ profile: each }));

/** Without the order of children. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) =>
    (key === 'inheritedBy' || key === 'descendants') && Array.isArray(each)
      ? each.map((one) => JSON.stringify(one)).sort()
      : each,
  );
}

describe.each(Object.keys(cuts))('an API that lists %s of a profile', (name) => {
  const cut = cuts[name] ?? ((ids: readonly Json[]) => ids);

  describe.each([true, false])('and whose filters are open: %s', (openFilters) => {
    let upstream: Upstream;
    beforeAll(async () => {
      upstream = await startUpstream(world, {
        name,
        sandbox: { openFilters },
        answer: rewritingProfiles((row) => {
          const ids = row['access_profiles_inherited_by'];
          return { ...row, access_profiles_inherited_by: Array.isArray(ids) ? cut(ids) : [] };
        }),
      });
    });
    afterAll(() => upstream.close());

    it.each<[question: string, answer: unknown]>([
      ['accessProfile(id: "p1") { inheritedBy { profileId } }', { inheritedBy: childrenOf(1) }],
      [
        'accessProfiles(first: 5) { nodes { inheritedBy { profileId } } }',
        { nodes: five.map((p) => ({ inheritedBy: childrenOf(p) })) },
      ],
      ['accessProfile(id: "p3") { descendants { profile { profileId } } }', { descendants: below(3) }],
      ['accessProfiles(filter: { inheritsFrom: { eq: "p2" } }) { nodes { profileId } }', { nodes: childrenOf(2) }],
    ])('misses none: %s', async (question, answer) => {
      await using gateway = gatewayTo(upstream.origin);
      // The second time, the gateway knows what the lists are worth.
      for (let time = 0; time < 2; time++) {
        expect(sorted(await gateway.ask(`{ answer: ${question} }`))).toBe(sorted({ data: { answer } }));
      }
    });
  });
});
