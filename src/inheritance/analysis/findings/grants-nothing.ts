import type { Hierarchy } from '../../graph/hierarchy.ts';
import { type Finding, finding, named } from './finding.ts';

/** GRANTS_NOTHING: one for each profile without an effective entitlement, in whatever state. */
export function grantsNothingFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, effectiveSets } = hierarchy;
  const isEmpty = (node: number) => effectiveSets.count(node) === 0;
  return Array.from(graph.ids, (_, node) => node)
    .filter(isEmpty)
    .map((node) => {
      const message = `${named(hierarchy, node)} grants nothing, directly or by inheritance.`;
      return finding(hierarchy, 'GRANTS_NOTHING', message, [node]);
    });
}
