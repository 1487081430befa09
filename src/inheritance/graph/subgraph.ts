import { SharedSteps, type Steps } from '../steps.ts';
import { condense, longestChain } from './components.ts';
import { elementaryCycles } from './cycles.ts';
import { type Edge, subgraph } from './graph.ts';
import type { Hierarchy } from './hierarchy.ts';
import { type Direction, type NeighbourhoodLimits, neighbourhood } from './neighbourhood.ts';

/** A limit that kept nodes out of a subgraph: the depth asked for, the number of nodes, or that of cycles. */
export const subgraphLimits = ['MAX_DEPTH', 'NODE_LIMIT', 'CYCLE_LIMIT'] as const;
export type SubgraphLimit = (typeof subgraphLimits)[number];

export interface SubgraphFacts {
  /** The elementary cycles within it, child to parent, as many as `elementaryCycles` finds. */
  readonly cycles: readonly (readonly number[])[];
  /** Its longest chain in edges, cycles collapsed. */
  readonly depth: number;
  /** The limits that cut it short; empty if none did. */
  readonly limits: readonly SubgraphLimit[];
}

/** A part of a hierarchy, or all of it. */
export class Subgraph {
  readonly hierarchy: Hierarchy;
  /** Node numbers of the hierarchy. */
  readonly nodes: readonly number[];
  /** Every edge of the hierarchy between two of the nodes. */
  readonly edges: readonly Edge[];
  readonly #nodeLimit: SubgraphLimit | null;
  readonly #isWhole: boolean;
  readonly #facts = new SharedSteps(this.#findFacts());

  constructor(
    hierarchy: Hierarchy,
    part: { readonly nodes: readonly number[]; readonly edges: readonly Edge[] },
    nodeLimit: SubgraphLimit | null,
  ) {
    this.hierarchy = hierarchy;
    this.nodes = part.nodes;
    this.edges = part.edges;
    this.#nodeLimit = nodeLimit;
    this.#isWhole = part.nodes.length === hierarchy.profiles.length && part.nodes.every((node, i) => node === i);
  }

  /** What takes long to find, in steps; once for all who ask. */
  facts(): Steps<SubgraphFacts> {
    return this.#facts.run();
  }

  /** Ids that a node inherits from and that the hierarchy lacks, sorted. O(nodes + missing parents of the hierarchy). */
  get missingIds(): readonly string[] {
    const shown = new Set(this.nodes);
    const isShown = (node: number) => shown.has(node);
    const { missing } = this.hierarchy.graphAmong(this.nodes);
    return missing.flatMap(({ id, children }) => (children.some(isShown) ? [id] : []));
  }

  *#findFacts(): Steps<SubgraphFacts> {
    // Node `i` of a part's own graph is the `i`-th of `nodes`.
    const graph = this.#isWhole ? this.hierarchy.graph : subgraph(this.hierarchy.graphAmong(this.nodes), this.nodes);
    const condensation = this.#isWhole ? yield* this.hierarchy.prepareCondensation() : yield* condense(graph.up);
    const { cycles, complete } = yield* elementaryCycles(graph, condensation);
    return {
      cycles: this.#isWhole ? cycles : cycles.map((cycle) => cycle.flatMap((node) => this.nodes[node] ?? [])),
      depth: longestChain(condensation),
      limits: subgraphLimits.filter((limit) => limit === this.#nodeLimit || (limit === 'CYCLE_LIMIT' && !complete)),
    };
  }
}

/** All of a hierarchy, in its own order, up to a number of nodes. O(nodes + edges). */
export function wholeSubgraph(hierarchy: Hierarchy, maxNodes: number): Subgraph {
  const { graph } = hierarchy;
  const nodes = Array.from({ length: graph.size }, (_, node) => node);
  if (graph.size > maxNodes) return subgraphAround(hierarchy, nodes, 'BOTH', { maxNodes });
  return new Subgraph(hierarchy, { nodes, edges: graph.edges() }, null);
}

/** The neighbourhood of some roots. Throws GatewayError where a profile that can't be read could change it. O(nodes + edges). */
export function subgraphAround(
  hierarchy: Hierarchy,
  roots: Iterable<number>,
  direction: Direction,
  limits: NeighbourhoodLimits,
): Subgraph {
  const starts = [...roots];
  // The parents of the outermost nodes count as well: they may be among the nodes.
  const maxDepth = (limits.maxDepth ?? Number.POSITIVE_INFINITY) + 1;
  if (direction !== 'DESCENDANTS') hierarchy.graphAbove(starts, maxDepth);
  if (direction !== 'ANCESTORS') hierarchy.graphBelow(starts, maxDepth);
  const part = neighbourhood(hierarchy.graphAmong(starts), starts, direction, limits);
  const limit = part.truncatedBy === 'maxDepth' ? 'MAX_DEPTH' : part.truncatedBy === 'maxNodes' ? 'NODE_LIMIT' : null;
  return new Subgraph(hierarchy, part, limit);
}
