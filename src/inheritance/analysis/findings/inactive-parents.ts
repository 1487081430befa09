import type { ProfileState } from '../../../model/profile.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import { type Finding, finding, named } from './finding.ts';

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
