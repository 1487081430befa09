import type { Hierarchy } from '../../graph/hierarchy.ts';
import { redundantEdgesInSteps } from '../../graph/redundant-edges.ts';
import type { Steps } from '../../steps.ts';
import { type Finding, finding, named } from './finding.ts';

/** REDUNDANT_PARENT: one for each edge that another path already covers (`redundantEdges`): the child, then the parent. */
export function* redundantParentFindings(hierarchy: Hierarchy): Steps<Finding[]> {
  const { graph, condensation } = hierarchy;
  const name = (node: number) => named(hierarchy, node);
  const edges = yield* redundantEdgesInSteps(graph, condensation);
  return edges.map(({ child, parent, via }) => {
    const others = via === null ? 'through other profiles' : `through ${name(via)}`;
    const message = `${name(child)} inherits from ${name(parent)} directly and also ${others}.`;
    return finding(hierarchy, 'REDUNDANT_PARENT', message, [child, parent]);
  });
}
