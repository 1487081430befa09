import type { Hierarchy } from '../../graph/hierarchy.ts';
import { shorten } from '../finding-text.ts';
import { type Finding, finding, namedAll } from './finding.ts';

/** MISSING_PARENT: one for each id that is inherited from and that the API did not return, with all profiles that name it. */
export function missingParentFindings(hierarchy: Hierarchy): Finding[] {
  return hierarchy.graph.missing.map(({ id, children }) => {
    const verb = children.length === 1 ? 'inherits' : 'inherit';
    const message = `${namedAll(hierarchy, children)} ${verb} from profile ${shorten(id)}, which the API does not return.`;
    return finding(hierarchy, 'MISSING_PARENT', message, children, { about: id });
  });
}
