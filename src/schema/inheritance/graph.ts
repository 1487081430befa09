import type { Excerpt, excerptLimits } from '../../inheritance/graph/subgraph.ts';
import { type Diagram, diagramOf } from '../../inheritance/render/diagram.ts';
import { printDot } from '../../inheritance/render/dot.ts';
import { printMermaid } from '../../inheritance/render/mermaid.ts';
import type { Snapshot } from '../../loaders/snapshot.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { giveWay } from '../in-slices.ts';
import { AccessProfileRef } from '../refs.ts';

/** The most profiles of one graph. */
export const maxNodes = 50_000;

export interface InheritanceGraph {
  readonly excerpt: Excerpt;
  readonly reading: Snapshot;
  /** Roots asked for that the API does not return. */
  readonly missingRootIds: readonly string[];
}

interface InheritanceEdge {
  readonly child: Profile;
  readonly parent: Profile;
}

const InheritanceEdgeRef = builder.objectRef<InheritanceEdge>('InheritanceEdge').implement({
  description: 'The current version of one profile takes over the grants of another.',
  fields: (t) => ({
    child: t.expose('child', { type: AccessProfileRef, description: 'The profile that inherits.' }),
    parent: t.expose('parent', { type: AccessProfileRef, description: 'The profile it inherits from.' }),
  }),
});

const InheritanceGraphLimitRef = builder.enumType('InheritanceGraphLimit', {
  description: 'What kept something out of an inheritance graph.',
  values: {
    MAX_DEPTH: { description: 'There are profiles beyond `maxDepth`.' },
    NODE_LIMIT: { description: `There are more than ${maxNodes.toLocaleString('en')} profiles.` },
    CYCLE_LIMIT: {
      description: 'There are more cycles than are listed: at most 1,000, and at least one of each knot of cycles.',
    },
  } as const satisfies Record<(typeof excerptLimits)[number], unknown>,
});

export const InheritanceGraphRef = builder.objectRef<InheritanceGraph>('InheritanceGraph').implement({
  description:
    'Profiles and who inherits from whom among them. Edges are those of current versions; profiles are in it whatever state they are in, also with nothing published.',
  fields: (t) => ({
    nodes: t.field({
      type: [AccessProfileRef],
      description:
        'The profiles, each once: roots first, then by distance; of a whole tenant, in the order of the API.',
      resolve: ({ excerpt }, _args, { resultLimit }) => {
        resultLimit.spend(excerpt.nodes.length);
        return excerpt.nodes.map((node) => excerpt.hierarchy.profileOf(node));
      },
    }),
    edges: t.field({
      type: [InheritanceEdgeRef],
      description: 'Every edge between two of the nodes, by child in the order of the nodes.',
      resolve: ({ excerpt }, _args, { resultLimit }) => {
        resultLimit.spend(excerpt.edges.length);
        const { hierarchy } = excerpt;
        return excerpt.edges.map(({ child, parent }) => ({
          child: hierarchy.profileOf(child),
          parent: hierarchy.profileOf(parent),
        }));
      },
    }),
    cycles: t.field({
      type: t.listRef(t.listRef(AccessProfileRef)),
      description:
        'Each elementary cycle among the nodes once, as the profiles on it from child to parent; the last inherits from the first. A profile that inherits from itself is a cycle of one. Where there are more than 1,000, some of each knot are listed.',
      resolve: ({ excerpt }, _args, { resultLimit }) =>
        excerpt.cycles.map((cycle) => {
          resultLimit.spend(cycle.length);
          return cycle.map((node) => excerpt.hierarchy.profileOf(node));
        }),
    }),
    missingProfileIds: t.stringList({
      description:
        'Ids that one of the nodes inherits from and the API does not return to you, sorted, and behind them the roots that it does not return. What those profiles grant is unknown.',
      resolve: ({ excerpt, missingRootIds }) => [...new Set([...excerpt.missingIds, ...missingRootIds])],
    }),
    depth: t.int({
      description:
        'The longest chain of nodes that inherit from one another, counted in edges; a cycle counts as one profile.',
      resolve: ({ excerpt }) => excerpt.depth,
    }),
    truncated: t.boolean({
      description: 'Whether `maxDepth` or a limit left something out; `truncatedBy` says which.',
      resolve: ({ excerpt }) => excerpt.limits.length > 0,
    }),
    truncatedBy: t.field({
      type: [InheritanceGraphLimitRef],
      description: 'What left something out; empty if nothing did.',
      resolve: ({ excerpt }) => excerpt.limits,
    }),
    asOf: t.field({
      type: 'DateTime',
      description:
        'When the oldest part of it was read from the API. A reading of all profiles may be kept for your next questions for as long as the gateway is configured to; the header `Cache-Control: no-cache` has it read anew.',
      resolve: ({ reading }) => new Date(reading.asOf).toISOString(),
    }),
    mermaid: t.string({
      description:
        'The graph as a Mermaid flowchart: arrows from child to parent, a colour for each type, dashed where the profile is not running. Names are escaped.',
      resolve: async (graph, _args, context) => printMermaid(await diagramFor(graph, context)),
    }),
    dot: t.string({
      description:
        'The graph as a Graphviz digraph: arrows from child to parent, a colour for each type, dashed where the profile is not running. Names are escaped.',
      resolve: async (graph, _args, context) => printDot(await diagramFor(graph, context)),
    }),
  }),
});

async function diagramFor({ excerpt, reading }: InheritanceGraph, context: Context): Promise<Diagram> {
  context.resultLimit.spend(excerpt.nodes.length + excerpt.edges.length);
  const hierarchy = await reading.typed(() => context.loaders.types.all());
  await giveWay(context);
  return diagramOf(hierarchy, excerpt.nodes);
}
