import type { ProfileState } from '../../../model/profile.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import { redundantEdges } from '../../graph/redundant-edges.ts';
import type { Steps } from '../../steps.ts';
import { type Finding, finding, named, namedAll, shorten } from './finding.ts';

/** MISSING_PARENT: one for each id that is inherited from and that the API did not return, with all profiles that name it. */
export function missingParentFindings(hierarchy: Hierarchy): Finding[] {
  return hierarchy.graph.missing.map(({ id, children }) => {
    const verb = children.length === 1 ? 'inherits' : 'inherit';
    const message = `${namedAll(hierarchy, children)} ${verb} from profile ${shorten(id)}, which the API does not return.`;
    return finding(hierarchy, 'MISSING_PARENT', message, children, { about: id });
  });
}

/** REDUNDANT_PARENT: one for each edge that another path already covers (`redundantEdges`): the child, then the parent. */
export function* redundantParentFindings(hierarchy: Hierarchy): Steps<Finding[]> {
  const { graph, condensation } = hierarchy;
  const name = (node: number) => named(hierarchy, node);
  const edges = yield* redundantEdges(graph, condensation);
  return edges.map(({ child, parent, via }) => {
    const others = via === null ? 'through other profiles' : `through ${name(via)}`;
    const message = `${name(child)} inherits from ${name(parent)} directly and also ${others}.`;
    return finding(hierarchy, 'REDUNDANT_PARENT', message, [child, parent]);
  });
}

/** States in which a profile gives nobody anything. Of a state that this gateway does not know nothing is said. */
const inactive: ReadonlySet<ProfileState> = new Set(['INITIAL', 'PAUSED', 'DRY_RUN', 'PENDING']);

/** INACTIVE_PARENT: one for each edge from a running profile to a parent that is not running: the child, then the parent. */
export function inactiveParentFindings(hierarchy: Hierarchy): Finding[] {
  const stateOf = (node: number) => hierarchy.profileOf(node).state;
  return hierarchy.graph
    .edges()
    .filter(({ child, parent }) => inactive.has(stateOf(parent)) && stateOf(child) === 'RUNNING')
    .map(({ child, parent }) => {
      const message = `${named(hierarchy, child)} is running and inherits from ${named(hierarchy, parent)}, whose state is ${stateOf(parent)}.`;
      return finding(hierarchy, 'INACTIVE_PARENT', message, [child, parent]);
    });
}
