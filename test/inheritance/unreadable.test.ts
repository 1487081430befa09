import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { effectiveGrants } from '../../src/inheritance/analysis/effective.ts';
import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import { subgraphAround } from '../../src/inheritance/graph/subgraph.ts';
import { ancestors, descendants } from '../../src/inheritance/graph/walk.ts';
import { finish } from '../../src/inheritance/steps.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { Version } from '../../src/model/version.ts';
import { runs } from '../support/runs.ts';
import { arbitraryWorld, entitlementsOf, type World } from './arbitrary-graph.ts';
import { hierarchyOfWorld, profile, version } from './profiles.ts';

interface Damage {
  readonly parents: ReadonlySet<number>;
  readonly entitlements: ReadonlySet<number>;
}

/** The profiles of a world, some of which can't be read; each says who inherits from it, the unreadable ones included. */
function profilesOf({ nodes, holds }: World, damage: Damage): readonly Profile[] {
  return nodes.map(({ id, parentIds }, node) => {
    const sound = version(id, {
      inheritsFromIds: parentIds,
      entitlements: entitlementsOf({ nodes, holds }, node),
    });
    const readable = <T>(value: T, isDamaged: boolean, what: string) => ({
      get: () => {
        if (isDamaged) throw new UpstreamError('UPSTREAM_INVALID_RESPONSE', `${what} of ${id}`, {});
        return value;
      },
    });
    const currentVersion: Version = Object.create(sound, {
      inheritsFromIds: readable(sound.inheritsFromIds, damage.parents.has(node), 'parents'),
      entitlements: readable(sound.entitlements, damage.entitlements.has(node), 'entitlements'),
    });
    const inheritedByIds = nodes.filter((child) => child.parentIds.includes(id)).map((child) => child.id);
    return profile(id, { currentVersion, inheritedByIds });
  });
}

const damagedWorld = arbitraryWorld
  .filter(({ nodes }) => nodes.length > 0)
  .chain((world) => {
    const some = fc
      .uniqueArray(fc.nat({ max: world.nodes.length - 1 }), { maxLength: 2 })
      .map((nodes): ReadonlySet<number> => new Set(nodes));
    return fc.record({ world: fc.constant(world), damage: fc.record({ parents: some, entitlements: some }) });
  });

/** What a question gives, or the message of the UpstreamError that it throws. */
function answerOf<T>(ask: () => T): T | string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof UpstreamError) return error.message;
    throw error;
  }
}

/** Each question about one node, and which nodes' parents and entitlements its answer depends on. */
const questions: readonly {
  readonly name: string;
  readonly ask: (hierarchy: Hierarchy, node: number) => unknown;
  readonly dependsOn: (sound: Hierarchy, node: number) => Damage;
}[] = [
  {
    name: 'ancestors',
    ask: (hierarchy, node) => ancestors(hierarchy.graphAbove([node]), node),
    dependsOn: (sound, node) => ({ parents: above(sound, node), entitlements: new Set() }),
  },
  {
    name: 'parents',
    ask: (hierarchy, node) => ancestors(hierarchy.graphAbove([node], 1), node, 1),
    dependsOn: (_, node) => ({ parents: new Set([node]), entitlements: new Set() }),
  },
  {
    name: 'descendants',
    ask: (hierarchy, node) => descendants(hierarchy.graphBelow([node]), node),
    dependsOn: (sound, node) => ({ parents: below(sound, node), entitlements: new Set() }),
  },
  {
    name: 'effective entitlements',
    ask: (hierarchy, node) =>
      effectiveGrants(hierarchy.graphAbove([node]), hierarchy.grantsAbove([node]), node).grants.map(
        ({ entitlement, direct, grantedBy }) => ({ entitlement, direct, grantedBy }),
      ),
    dependsOn: (sound, node) => ({ parents: above(sound, node), entitlements: above(sound, node) }),
  },
  {
    name: 'subgraph upwards',
    ask: (hierarchy, node) => {
      const subgraph = subgraphAround(hierarchy, [node], 'ANCESTORS', {});
      const { nodes, edges, missingIds } = subgraph;
      return { nodes, edges, missingIds, depth: finish(subgraph.facts()).depth };
    },
    dependsOn: (sound, node) => ({ parents: above(sound, node), entitlements: new Set() }),
  },
  {
    name: 'subgraph downwards',
    ask: (hierarchy, node) => {
      const subgraph = subgraphAround(hierarchy, [node], 'DESCENDANTS', {});
      const { nodes, edges, missingIds } = subgraph;
      return { nodes, edges, missingIds, depth: finish(subgraph.facts()).depth };
    },
    dependsOn: (sound, node) => ({ parents: new Set([node, ...below(sound, node)]), entitlements: new Set() }),
  },
];

/** The node and all that it inherits from. */
function above({ graph }: Hierarchy, node: number): ReadonlySet<number> {
  return new Set([node, ...ancestors(graph, node).map((reached) => reached.node)]);
}

/** All that inherits from the node; the node itself only on a cycle, and then its own parents don't matter. */
function below({ graph }: Hierarchy, node: number): ReadonlySet<number> {
  return new Set(descendants(graph, node).map((reached) => reached.node));
}

describe('profiles that can not be read', () => {
  it.each(questions)('fail the $name of exactly those nodes that depend on them', ({ ask, dependsOn }) => {
    fc.assert(
      fc.property(damagedWorld, ({ world, damage }) => {
        const sound = hierarchyOfWorld(world);
        const damaged = new Hierarchy(profilesOf(world, damage));
        for (const node of world.nodes.keys()) {
          const needed = dependsOn(sound, node);
          const isHit =
            [...needed.parents].some((each) => damage.parents.has(each)) ||
            [...needed.entitlements].some((each) => damage.entitlements.has(each));
          const answer = answerOf(() => ask(damaged, node));
          if (isHit) expect(answer).toMatch(/^(parents|entitlements) of p\d$/);
          else expect(answer).toEqual(ask(sound, node));
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('fail what is asked of all', () => {
    fc.assert(
      fc.property(damagedWorld, ({ world, damage }) => {
        const damaged = new Hierarchy(profilesOf(world, damage));
        const whole = [answerOf(() => damaged.graph), answerOf(() => damaged.grants)];
        const isText = (value: unknown) => typeof value === 'string';
        expect(whole.map(isText)).toEqual([damage.parents.size > 0, damage.entitlements.size > 0]);
        expect(damaged.profiles).toHaveLength(world.nodes.length);
      }),
    );
  });
});
