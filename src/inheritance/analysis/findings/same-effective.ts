import type { Hierarchy } from '../../graph/hierarchy.ts';
import { counted } from '../finding-text.ts';
import { type Finding, finding, namedAll } from './finding.ts';

/**
 * SAME_EFFECTIVE_ENTITLEMENTS: one for each group of two or more profiles whose effective grants are equal and not empty,
 * by their first profile. The members of a cycle are such a group, and so is a child that adds nothing with its only parent.
 */
export function sameEffectiveFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, effectiveSets } = hierarchy;
  const groups = new Map<number, number[]>();
  for (let node = 0; node < graph.size; node++) {
    if (effectiveSets.count(node) === 0) continue;
    const group = groups.get(effectiveSets.classOf(node));
    if (group === undefined) groups.set(effectiveSets.classOf(node), [node]);
    else group.push(node);
  }
  return Array.from(groups.values())
    .filter((group) => group.length > 1)
    .map((group) => {
      const count = counted(effectiveSets.count(group[0] ?? 0), 'grant');
      const message = `${namedAll(hierarchy, group)} give exactly the same ${count}, direct and inherited together.`;
      return finding(hierarchy, 'SAME_EFFECTIVE_ENTITLEMENTS', message, group);
    });
}
