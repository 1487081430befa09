import type { Steps } from '../steps.ts';
import { type Adjacency, at, localGraph } from './adjacency.ts';
import { type ClosureBlock, closureBlocks, hasBit } from './closure.ts';
import type { Condensation } from './components.ts';
import { flowBridges } from './dominators.ts';
import type { Edge, Graph } from './graph.ts';

/** An edge that another path covers. */
export interface RedundantEdge extends Edge {
  /** The first other parent (in the child's order, not on a cycle with the child) through which it is covered; null if only ways round a cycle do. */
  readonly via: number | null;
}

/**
 * Every edge child -> parent (self-loops aside) without which the child would still inherit from the parent: another path
 * of two or more edges leads there without that edge. Without cycles these are the edges that transitive reduction drops,
 * and all can go at once; on or out of a cycle each is judged alone, so that of two that cover each other both are reported.
 *
 * Between components it is decided by reachability bitsets: an edge out of a component is covered if another edge out of
 * it leads to the same place. Within a component the edges not covered are its strong bridges, found by dominator trees.
 * O((nodes + edges) * components / 32) word operations, less where reach is small; memory 128 bytes per component.
 */
export function* redundantEdges(graph: Graph, condensation: Condensation): Steps<RedundantEdge[]> {
  const { componentOf, members, size } = condensation;
  const redundant: RedundantEdge[] = [];
  for (let component = 0; component < size; component++) {
    if (members.degree(component) > 1) withinComponent(graph.up, members.of(component), redundant);
  }

  yield;
  const exits = exitEdges(graph, condensation);
  yield;
  for (const block of closureBlocks(condensation, size, (bit) => [bit])) {
    yield;
    for (const edges of exits) {
      const inBlock = ({ parent }: Edge) => at(componentOf, parent) >= block.from && at(componentOf, parent) < block.to;
      if (!edges.some(inBlock)) continue;
      const twice = reachedTwice(edges, componentOf, block);
      for (const { child, parent } of edges.filter(inBlock)) {
        const bit = at(componentOf, parent) - block.from;
        if (((at(twice, bit >>> 5) >>> (bit & 31)) & 1) === 0) continue;
        redundant.push({ child, parent, via: viaParent(graph, condensation, block, child, parent) });
      }
    }
    yield;
  }
  return inGraphOrder(graph, redundant);
}

/** The edges that leave each component, where there are two or more: a single one can't be covered. */
function exitEdges(graph: Graph, { componentOf, members, size }: Condensation): Edge[][] {
  const exits: Edge[][] = [];
  for (let component = 0; component < size; component++) {
    const edges: Edge[] = [];
    for (const child of members.of(component)) {
      for (const parent of graph.parents(child)) {
        if (at(componentOf, parent) !== component) edges.push({ child, parent });
      }
    }
    if (edges.length > 1) exits.push(edges);
  }
  return exits;
}

/** The components of the block that two or more of the edges lead to. */
function reachedTwice(
  edges: readonly Edge[],
  componentOf: Int32Array,
  { words, stride, active }: ClosureBlock,
): Int32Array {
  const once = new Int32Array(stride);
  const twice = new Int32Array(stride);
  for (const { parent } of edges) {
    const component = at(componentOf, parent);
    if (active[component] !== 1) continue;
    for (let word = 0; word < stride; word++) {
      const reached = at(words, component * stride + word);
      twice[word] = at(twice, word) | (at(once, word) & reached);
      once[word] = at(once, word) | reached;
    }
  }
  return twice;
}

function viaParent(
  graph: Graph,
  { componentOf }: Condensation,
  block: ClosureBlock,
  child: number,
  parent: number,
): number | null {
  const via = graph.parents(child).find((other) => {
    const component = at(componentOf, other);
    if (other === parent || component === at(componentOf, child)) return false;
    return hasBit(block, component, at(componentOf, parent));
  });
  return via ?? null;
}

function withinComponent(up: Adjacency, members: Int32Array, redundant: RedundantEdge[]): void {
  const part = localGraph(up, members);
  const upBridges = flowBridges(part.up);
  const downBridges = flowBridges(part.up.reversed(part.up.size));
  for (let child = 0; child < part.up.size; child++) {
    for (const parent of part.up.of(child)) {
      // An edge is the only way from its child to its parent exactly if it is a bridge from any one node, forwards or backwards.
      if (at(upBridges, parent) === child || at(downBridges, child) === parent) continue;
      redundant.push({ child: at(part.nodes, child), parent: at(part.nodes, parent), via: null });
    }
  }
}

function inGraphOrder(graph: Graph, edges: RedundantEdge[]): RedundantEdge[] {
  const rank = ({ child, parent }: Edge) => graph.parents(child).indexOf(parent);
  return edges
    .map((edge) => ({ edge, rank: rank(edge) }))
    .sort((a, b) => a.edge.child - b.edge.child || a.rank - b.rank)
    .map(({ edge }) => edge);
}
