import type { Subgraph, subgraphLimits } from '../../inheritance/graph/subgraph.ts';
import { type Diagram, diagramOf } from '../../inheritance/render/diagram.ts';
import { printDot } from '../../inheritance/render/dot.ts';
import { printMermaid } from '../../inheritance/render/mermaid.ts';
import type { Steps } from '../../inheritance/steps.ts';
import type { Snapshot } from '../../loaders/snapshot.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { calls, free, listOf, pageSize, scanCalls } from '../field-cost.ts';
import { AccessProfileRef } from '../refs.ts';
import { giveWay, inSlices } from '../snapshot.ts';

/** Maximum number of profiles in one graph. */
export const maxNodes = 50_000;

export interface InheritanceGraph {
  readonly subgraph: Subgraph;
  readonly snapshot: Snapshot;
  /** Ids of requested roots that the Veza API does not return. */
  readonly missingRootIds: readonly string[];
}

interface InheritanceEdge {
  readonly child: Profile;
  readonly parent: Profile;
}

const InheritanceEdgeRef = builder.objectRef<InheritanceEdge>('InheritanceEdge').implement({
  description: 'Inheritance edge: the current version of one profile inherits the entitlements of another.',
  fields: (t) => ({
    child: t.expose('child', { type: AccessProfileRef, description: 'Profile that inherits.' }),
    parent: t.expose('parent', { type: AccessProfileRef, description: 'Profile that the child inherits from.' }),
  }),
});

const InheritanceGraphLimitRef = builder.enumType('InheritanceGraphLimit', {
  description: 'Reason why an inheritance graph is incomplete.',
  values: {
    MAX_DEPTH: { description: 'The graph has profiles beyond `maxDepth`.' },
    NODE_LIMIT: { description: `The graph has more than ${maxNodes.toLocaleString('en')} profiles.` },
    CYCLE_LIMIT: {
      description:
        'The graph has more cycles than the response lists: at most 1,000, with at least one per group of connected cycles (strongly connected component).',
    },
  } as const satisfies Record<(typeof subgraphLimits)[number], unknown>,
});

export const InheritanceGraphRef = builder.objectRef<InheritanceGraph>('InheritanceGraph').implement({
  description:
    'Profiles and the inheritance edges between them. Edges are those of current versions. The graph includes profiles of every state and profiles without a published version.',
  fields: (t) => ({
    nodes: t.field({
      type: [AccessProfileRef],
      cost: listOf(scanCalls * pageSize),
      description:
        'Profiles of the graph, each once: roots first, then by distance. For the whole tenant, in the order of the Veza API.',
      resolve: ({ subgraph }) => subgraph.nodes.map((node) => subgraph.hierarchy.profileOf(node)),
    }),
    edges: t.field({
      type: [InheritanceEdgeRef],
      cost: listOf(3 * scanCalls * pageSize),
      description: 'All edges between two nodes, sorted by child in the order of `nodes`.',
      resolve: ({ subgraph: { edges, hierarchy } }) =>
        edges.map(({ child, parent }) => ({ child: hierarchy.profileOf(child), parent: hierarchy.profileOf(parent) })),
    }),
    cycles: t.field({
      type: t.listRef(t.listRef(AccessProfileRef)),
      cost: listOf(5),
      description:
        'Elementary cycles among the nodes, each once, as profiles from child to parent; the last inherits from the first. A profile that inherits from itself is a cycle of one. If there are more than 1,000 cycles, each group of connected cycles (strongly connected component) is listed in part.',
      resolve: async ({ subgraph }, _args, context) => {
        const { cycles } = await inSlices(context, subgraph.facts());
        return cycles.map((cycle) => cycle.map((node) => subgraph.hierarchy.profileOf(node)));
      },
    }),
    missingProfileIds: t.stringList({
      description:
        'Ids of profiles that the Veza API does not return to your key: first missing parents of the nodes, sorted, then missing roots. Their entitlements are unknown.',
      resolve: ({ subgraph, missingRootIds }) => [...new Set([...subgraph.missingIds, ...missingRootIds])],
    }),
    depth: t.int({
      cost: free,
      description: 'Length of the longest inheritance chain among the nodes, in edges. A cycle counts as one profile.',
      resolve: async ({ subgraph }, _args, context) => (await inSlices(context, subgraph.facts())).depth,
    }),
    truncated: t.boolean({
      cost: free,
      description: 'Whether `maxDepth` or a limit left profiles or cycles out; `truncatedBy` says which.',
      resolve: async ({ subgraph }, _args, context) => (await inSlices(context, subgraph.facts())).limits.length > 0,
    }),
    truncatedBy: t.field({
      cost: free,
      type: [InheritanceGraphLimitRef],
      description: 'Limits that left profiles or cycles out; empty if the graph is complete.',
      resolve: async ({ subgraph }, _args, context) => (await inSlices(context, subgraph.facts())).limits,
    }),
    asOf: t.field({
      type: 'DateTime',
      description:
        'Time when the oldest data of the graph was read from the Veza API. The gateway can answer from a cached snapshot; the request header `Cache-Control: no-cache` forces a new scan.',
      resolve: ({ snapshot }) => new Date(snapshot.asOf).toISOString(),
    }),
    mermaid: t.string({
      cost: calls(1),
      description:
        'The graph as a Mermaid flowchart. Arrows point from child to parent, each type has a colour, and profiles that are not running are dashed. Names are escaped.',
      resolve: (graph, _args, context) => drawn(graph, context, printMermaid),
    }),
    dot: t.string({
      cost: calls(1),
      description:
        'The graph as a Graphviz digraph. Arrows point from child to parent, each type has a colour, and profiles that are not running are dashed. Names are escaped.',
      resolve: (graph, _args, context) => drawn(graph, context, printDot),
    }),
  }),
});

async function drawn(
  { subgraph, snapshot }: InheritanceGraph,
  context: Context,
  print: (diagram: Diagram) => Steps<string>,
): Promise<string> {
  // A text is one value of the response, however long: count what it draws.
  context.resultLimit.spend(subgraph.nodes.length + subgraph.edges.length);
  const hierarchy = await snapshot.typed(() => context.loaders.types.all());
  await giveWay(context);
  return inSlices(context, print(await inSlices(context, diagramOf(hierarchy, subgraph.nodes))));
}
