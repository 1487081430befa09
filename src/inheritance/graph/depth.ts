import { at } from './adjacency.ts';
import type { Condensation } from './components.ts';

/**
 * The longest chain of profiles that inherit from one another, counted in edges; edges within a cycle count nothing, so
 * the answer is finite and at most the number of nodes. 0 for a graph without edges. O(components + edges between them).
 */
export function longestChain(condensation: Condensation): number {
  const depths = new Int32Array(condensation.size);
  let longest = 0;
  for (let component = 0; component < condensation.size; component++) {
    let depth = 0;
    for (const parent of condensation.parents.of(component)) depth = Math.max(depth, at(depths, parent) + 1);
    depths[component] = depth;
    longest = Math.max(longest, depth);
  }
  return longest;
}
