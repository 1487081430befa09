import fc from 'fast-check';
import { buildGrantTable, type GrantTable } from '../../src/inheritance/analysis/grants.ts';
import { buildGraph, type Graph, type GraphNode } from '../../src/inheritance/graph/graph.ts';
import { finish } from '../../src/inheritance/steps.ts';
import type { Entitlement } from '../../src/model/entitlement.ts';

/** A world in the plainest form: what brute force and the algorithms are both given. */
export interface World {
  readonly nodes: readonly GraphNode[];
  /** Grant numbers each node holds itself, in its own order; may repeat. */
  readonly holds: readonly (readonly number[])[];
}

/** Up to eight nodes with any edges at all: cycles, self-loops, parents named twice, parents that don't exist. */
export const arbitraryNodes: fc.Arbitrary<GraphNode[]> = fc
  .integer({ min: 0, max: 8 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, () =>
        fc.array(fc.integer({ min: 0, max: size + 1 }), { maxLength: Math.min(size, 4) }),
      ),
    ),
  )
  .map((lists) =>
    lists.map((list, node) => ({
      id: `p${node}`,
      parentIds: list.map((parent) => (parent < lists.length ? `p${parent}` : `missing${parent - lists.length}`)),
    })),
  );

/** The same without cycles: a node names only earlier ones. */
export const arbitraryAcyclicNodes: fc.Arbitrary<GraphNode[]> = arbitraryNodes.map((nodes) =>
  nodes.map(({ id, parentIds }) => ({ id, parentIds: parentIds.filter((parent) => parent < id) })),
);

/** Nodes that hold up to three of five grants. */
export const arbitraryWorld: fc.Arbitrary<World> = arbitraryNodes.chain((nodes) =>
  fc
    .array(fc.array(fc.nat({ max: 4 }), { maxLength: 3 }), { minLength: nodes.length, maxLength: nodes.length })
    .map((holds) => ({ nodes, holds })),
);

/** A world and one of its nodes. */
export const arbitraryWorldAndNode: fc.Arbitrary<{ world: World; node: number }> = arbitraryWorld
  .filter(({ nodes }) => nodes.length > 0)
  .chain((world) => fc.nat({ max: world.nodes.length - 1 }).map((node) => ({ world, node })));

/** `"a>b c"` is node a with the parents b and c; `"d"` has none. */
export function graphOf(...lines: readonly string[]): Graph {
  return buildGraph(
    lines.map((line) => {
      const [id = '', parents = ''] = line.split('>');
      return { id, parentIds: parents.split(' ').filter((parent) => parent !== '') };
    }),
  );
}

/** Grant table of a graph from `{ a: ['x', 'y'] }`; grants are told apart by entity id. */
export function grantsOf(graph: Graph, held: Readonly<Record<string, readonly string[]>>): GrantTable {
  return finish(buildGrantTable(graph, (id) => (held[id] ?? []).map((entityId) => entitlement(entityId))));
}

/** Graph and grant table of a world. */
export function build(world: World): { readonly graph: Graph; readonly table: GrantTable } {
  const graph = buildGraph(world.nodes);
  return { graph, table: finish(buildGrantTable(graph, (id) => entitlementsOf(world, graph.indexOf(id)))) };
}

/** What a node of a world holds; `grantBy` names the holder, to tell whose copy of a grant an answer shows. */
export function entitlementsOf({ nodes, holds }: World, node: number): Entitlement[] {
  return (holds[node] ?? []).map((grant) => entitlement(`g${grant}`, { grantBy: nodes[node]?.id ?? null }));
}

export function entitlement(entityId: string, more: Partial<Entitlement> = {}): Entitlement {
  return {
    entityType: 'Role',
    datasourceId: 'ds1',
    entityId,
    assignedToEntityType: null,
    assignedToEntityId: null,
    grantBy: null,
    createdByAccessProfile: null,
    customProperties: null,
    syncIdentityAction: null,
    condition: null,
    createEntitlementDetailId: null,
    createdAt: null,
    entityName: null,
    nativeId: null,
    providerId: null,
    providerExternalId: null,
    extractionDatasourceId: null,
    wire: {},
    ...more,
  };
}

/** Node 0 at the bottom, each node inheriting from the next. */
export function chain(length: number): GraphNode[] {
  return Array.from({ length }, (_, node) => ({
    id: `p${node}`,
    parentIds: node + 1 < length ? [`p${node + 1}`] : [],
  }));
}

/** Diamonds one on top of another: 2^count paths from `bottom0` to `bottom<count>`. */
export function diamonds(count: number): GraphNode[] {
  const nodes = Array.from({ length: count }, (_, step) => [
    { id: `bottom${step}`, parentIds: [`left${step}`, `right${step}`] },
    { id: `left${step}`, parentIds: [`bottom${step + 1}`] },
    { id: `right${step}`, parentIds: [`bottom${step + 1}`] },
  ]).flat();
  return [...nodes, { id: `bottom${count}`, parentIds: [] }];
}

/** Everyone inherits from everyone else. */
export function clique(size: number): GraphNode[] {
  const ids = Array.from({ length: size }, (_, node) => `p${node}`);
  return ids.map((id) => ({ id, parentIds: ids.filter((other) => other !== id) }));
}

/** Layers of equal width, top first; each node below has `parents` parents drawn from the layer above. */
export function layered({ size, layers, parents }: { size: number; layers: number; parents: number }): GraphNode[] {
  const width = Math.ceil(size / layers);
  const random = randomNumbers(42);
  return Array.from({ length: size }, (_, node) => {
    const above = Math.floor(node / width) - 1;
    const drawn = above < 0 ? [] : Array.from({ length: parents }, () => `p${above * width + random(width)}`);
    return { id: `p${node}`, parentIds: drawn };
  });
}

/** Each node of `size` holds five of `grants` grants. */
export function randomHolds(size: number, grants: number): number[][] {
  const random = randomNumbers(7);
  return Array.from({ length: size }, () => Array.from({ length: 5 }, () => random(grants)));
}

/** Numbers below a bound from a fixed seed (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
