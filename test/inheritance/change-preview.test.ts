import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cycleThrough,
  type ProposedVersion,
  previewChange as steps,
} from '../../src/inheritance/analysis/change-preview.ts';
import { effectiveGrants } from '../../src/inheritance/analysis/effective.ts';
import type { GrantTable } from '../../src/inheritance/analysis/grants.ts';
import { buildGraph, type Graph } from '../../src/inheritance/graph/graph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import {
  arbitraryNodes,
  arbitraryWorld,
  build,
  chain,
  clique,
  diamonds,
  entitlement,
  entitlementsOf,
  grantsOf,
  graphOf,
  layered,
  randomHolds,
  type World,
} from './arbitrary-graph.ts';
import { childLists, cyclesOf, distances, effectiveOf } from './brute-force.ts';

const previewChange = (graph: Graph, grants: GrantTable, profileId: string, proposed: ProposedVersion) =>
  finish(steps({ graph, grants }, profileId, proposed));
const ids = (entitlements: readonly { readonly entityId: string }[]) => entitlements.map(({ entityId }) => entityId);

describe('previewChange', () => {
  const graph = graphOf('nurse>ward staff', 'ward>hospital', 'staff>hospital', 'hospital', 'doctor>staff');
  const table = grantsOf(graph, { ward: ['door'], staff: ['mail', 'door'], hospital: ['wifi'] });
  const summary = (profileId: string, entitlements: string[], parentIds: string[]) => {
    const preview = previewChange(graph, table, profileId, {
      entitlements: entitlements.map((id) => entitlement(id)),
      parentIds,
    });
    return {
      added: ids(preview.added),
      removed: ids(preview.removed),
      affected: preview.affected.map(({ profileId, gained, lost }) => [profileId, ids(gained), ids(lost)]),
    };
  };

  it('tells who gains and loses what, the changed profile first, then the nearest', () => {
    expect(summary('staff', ['mail', 'lab'], ['hospital'])).toEqual({
      added: ['lab'],
      removed: ['door'],
      affected: [
        ['staff', ['lab'], ['door']],
        // The nurse keeps the door through the ward.
        ['nurse', ['lab'], []],
        ['doctor', ['lab'], ['door']],
      ],
    });
  });

  it('counts what changed parents bring and take', () => {
    expect(summary('staff', ['mail', 'door'], [])).toEqual({
      added: [],
      removed: [],
      affected: [
        ['staff', [], ['wifi']],
        ['doctor', [], ['wifi']],
      ],
    });
    expect(summary('hospital', ['wifi', 'wifi'], ['nowhere'])).toEqual({ added: [], removed: [], affected: [] });
  });

  it('sees no effective change where a removed grant is inherited anyway', () => {
    expect(summary('staff', ['mail', 'door', 'wifi'], ['hospital'])).toEqual({
      added: ['wifi'],
      removed: [],
      affected: [],
    });
  });

  it('takes a profile that is not there as new', () => {
    expect(summary('porter', ['key'], ['staff', 'porter'])).toEqual({
      added: ['key'],
      removed: [],
      affected: [['porter', ['key', 'mail', 'door', 'wifi'], []]],
    });
  });

  it('agrees with brute force before and after, cycles included', () => {
    const changes = fc.record({
      parents: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
      held: fc.array(fc.nat({ max: 4 }), { maxLength: 3 }),
      pick: fc.nat({ max: 7 }),
    });
    fc.assert(
      fc.property(arbitraryWorld, changes, (before, { parents, held, pick }) => {
        fc.pre(before.nodes.length > 0);
        const changed = pick % before.nodes.length;
        const id = `p${changed}`;
        const parentIds = parents.map((parent) => `p${parent}`);
        const after: World = {
          nodes: before.nodes.map((node, n) => (n === changed ? { id, parentIds } : node)),
          holds: before.holds.map((list, n) => (n === changed ? held : list)),
        };
        const { graph, table } = build(before);
        const rebuilt = build(after);
        const entitlements = entitlementsOf(after, changed);
        const preview = previewChange(graph, table, id, { entitlements, parentIds });

        const had = new Set(ids(entitlementsOf(before, changed)));
        const has = new Set(ids(entitlements));
        expect(new Set(ids(preview.added))).toEqual(new Set([...has].filter((grant) => !had.has(grant))));
        expect(new Set(ids(preview.removed))).toEqual(new Set([...had].filter((grant) => !has.has(grant))));

        const wanted = before.nodes.flatMap((_, node) => {
          const [old, now] = [[...effectiveOf(before, node).keys()], [...effectiveOf(after, node).keys()]];
          const gained = now.filter((grant) => !old.includes(grant)).map((grant) => `g${grant}`);
          const lost = old.filter((grant) => !now.includes(grant)).map((grant) => `g${grant}`);
          return gained.length + lost.length > 0
            ? [{ profileId: `p${node}`, gained: gained.sort(), lost: lost.sort() }]
            : [];
        });
        const found = preview.affected.map(({ profileId, gained, lost }) => ({
          profileId,
          gained: ids(gained).sort(),
          lost: ids(lost).sort(),
        }));
        expect(found).toHaveLength(wanted.length);
        expect(found).toEqual(expect.arrayContaining(wanted));

        const far = distances(childLists(before.nodes), changed);
        const depths = preview.affected.map(({ profileId }) => far.get(graph.indexOf(profileId)) ?? -1);
        expect(depths).toEqual(depths.toSorted((a, b) => a - b));
        for (const { profileId, gained, lost } of preview.affected) {
          const node = graph.indexOf(profileId);
          const inOrder = (world: typeof rebuilt, grants: typeof gained) =>
            effectiveGrants(world.graph, world.table, node)
              .grants.map((grant) => grant.entitlement)
              .filter(({ entityId }) => ids(grants).includes(entityId));
          expect(new Set(gained)).toEqual(new Set(inOrder(rebuilt, gained)));
          expect(new Set(lost)).toEqual(new Set(inOrder({ graph, table }, lost)));
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('takes what is deep, wide, dense and large', () => {
    const change = (nodes: World['nodes'], profileId: string) => {
      const graph = buildGraph(nodes);
      return previewChange(graph, grantsOf(graph, {}), profileId, {
        entitlements: [entitlement('new')],
        parentIds: [],
      });
    };
    expect(change(chain(10_000), 'p9999').affected).toHaveLength(10_000);
    expect(change(diamonds(30), 'bottom30').affected).toHaveLength(91);
    expect(change(clique(200), 'p0').affected).toHaveLength(200);

    const { graph, table } = build({
      nodes: layered({ size: 10_000, layers: 10, parents: 3 }),
      holds: randomHolds(10_000, 5_000),
    });
    const many = Array.from({ length: 3_000 }, (_, grant) => entitlement(`g${grant}`));
    const { affected } = previewChange(graph, table, 'p5', { entitlements: many, parentIds: [] });
    expect(affected.length).toBeGreaterThan(1_000);
    expect(affected[0]?.gained.length).toBeGreaterThan(2_990);
  });
});

describe('cycleThrough', () => {
  const graph = graphOf('a>b', 'b>c', 'c', 'd>a');

  it('names the shortest cycle that new parents would close, from the child upwards', () => {
    expect(cycleThrough(graph, 'c', ['a'])).toEqual(['c', 'a', 'b']);
    expect(cycleThrough(graph, 'c', ['d', 'b'])).toEqual(['c', 'b']);
    expect(cycleThrough(graph, 'c', ['d', 'c'])).toEqual(['c']);
  });

  it('is null where there is none', () => {
    expect(cycleThrough(graph, 'd', ['b', 'nowhere'])).toBeNull();
    expect(cycleThrough(graph, 'new', ['a'])).toBeNull();
    expect(cycleThrough(graph, 'new', ['a', 'new'])).toEqual(['new']);
    expect(cycleThrough(graph, 'c', [])).toBeNull();
  });

  it('agrees with brute force', () => {
    fc.assert(
      fc.property(arbitraryNodes, fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), fc.nat(), (nodes, parents, pick) => {
        fc.pre(nodes.length > 0);
        const child = pick % nodes.length;
        const parentIds = parents.map((parent) => `p${parent}`);
        const after = nodes.map((node, n) => (n === child ? { ...node, parentIds } : node));
        const through = cyclesOf(after).filter((cycle) => cycle.includes(child));
        const found = cycleThrough(buildGraph(nodes), `p${child}`, parentIds);
        expect(found?.length).toBe(
          through.length === 0 ? undefined : Math.min(...through.map((cycle) => cycle.length)),
        );
        if (found === null) return;
        expect(found[0]).toBe(`p${child}`);
        const rotations = found.map((_, turn) => String([...found.slice(turn), ...found.slice(0, turn)]));
        expect(through.some((cycle) => rotations.includes(cycle.map((node) => `p${node}`).join()))).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });

  it('takes a chain of 10,000', () => {
    expect(cycleThrough(buildGraph(chain(10_000)), 'p9999', ['p0'])).toHaveLength(10_000);
  });
});
