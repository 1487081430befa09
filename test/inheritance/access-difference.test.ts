import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accessDifference, compareProfiles } from '../../src/inheritance/analysis/access-difference.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import { arbitraryWorld, arbitraryWorldAndNode, build, layered, randomHolds, type World } from './arbitrary-graph.ts';
import { distances, effectiveOf, parentLists } from './brute-force.ts';

const ids = (entitlements: readonly { readonly entityId: string }[]) => entitlements.map(({ entityId }) => entityId);
const worldOf = (world: World) => {
  const { graph, table } = build(world);
  return { graph, grants: table };
};
const changes = fc.array(
  fc.record({
    node: fc.nat({ max: 9 }),
    parents: fc.array(fc.nat({ max: 10 }), { maxLength: 3 }),
    held: fc.array(fc.nat({ max: 4 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

it('tells what several changes together do to everybody, as brute force does, new profiles and cycles included', () => {
  fc.assert(
    fc.property(arbitraryWorld, changes, (before, list) => {
      const nodes = [...before.nodes];
      const holds = [...before.holds];
      const changed = new Set<string>();
      for (const { node, parents, held } of list) {
        // A number that no profile has creates one.
        const at = Math.min(node, nodes.length);
        nodes[at] = { id: `p${at}`, parentIds: parents.map((parent) => `p${parent}`) };
        holds[at] = held;
        changed.add(`p${at}`);
      }
      const after: World = { nodes, holds };
      const affected = finish(accessDifference(worldOf(before), worldOf(after), [...changed]));

      const wanted = nodes.flatMap(({ id }, node) => {
        const old = node < before.nodes.length ? [...effectiveOf(before, node).keys()] : [];
        const now = [...effectiveOf(after, node).keys()];
        const gained = now.filter((grant) => !old.includes(grant)).map((grant) => `g${grant}`);
        const lost = old.filter((grant) => !now.includes(grant)).map((grant) => `g${grant}`);
        return gained.length + lost.length > 0 ? [{ profileId: id, gained: gained.sort(), lost: lost.sort() }] : [];
      });
      const found = affected.map(({ profileId, gained, lost }) => ({
        profileId,
        gained: ids(gained).sort(),
        lost: ids(lost).sort(),
      }));
      expect(found).toHaveLength(wanted.length);
      expect(found).toEqual(expect.arrayContaining(wanted));
    }),
    { numRuns: runs(500) },
  );
});

it('takes 200 changes among 10,000 profiles', () => {
  const nodes = layered({ size: 10_000, layers: 10, parents: 3 });
  const holds = randomHolds(10_000, 5_000);
  const before = worldOf({ nodes, holds });
  const changed = new Set(Array.from({ length: 200 }, (_, i) => i * 50));
  const after = worldOf({ nodes, holds: holds.map((held, i) => (changed.has(i) ? [i] : held)) });
  const affected = finish(
    accessDifference(
      before,
      after,
      [...changed].map((node) => `p${node}`),
    ),
  );
  expect(affected.length).toBeGreaterThan(1_000);
});

it('compares what two profiles grant as brute force does', () => {
  fc.assert(
    fc.property(arbitraryWorldAndNode, fc.nat(), ({ world, node }, other) => {
      const b = other % world.nodes.length;
      const found = compareProfiles(worldOf(world), node, b);
      const [ofA, ofB] = [node, b].map((each) => [...effectiveOf(world, each).keys()].map((grant) => `g${grant}`));
      expect(ids(found.shared).sort()).toEqual(ofA?.filter((grant) => ofB?.includes(grant)).sort());
      expect(ids(found.onlyA).sort()).toEqual(ofA?.filter((grant) => !ofB?.includes(grant)).sort());
      expect(ids(found.onlyB).sort()).toEqual(ofB?.filter((grant) => !ofA?.includes(grant)).sort());
      const above = (from: number) => {
        const far = distances(parentLists(world.nodes), from);
        far.delete(from);
        return far;
      };
      const [aboveA, aboveB] = [above(node), above(b)];
      const shared = [...aboveA.keys()].filter((each) => aboveB.has(each));
      expect([...found.sharedAncestors].sort()).toEqual(shared.sort());
      const depths = found.sharedAncestors.map((each) => aboveA.get(each) ?? -1);
      expect(depths).toEqual(depths.toSorted((x, y) => x - y));
    }),
  );
});
