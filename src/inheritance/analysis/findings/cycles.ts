import { componentCycles, cyclicComponents } from '../../graph/cycles.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import { type Finding, finding, named, namedAll } from './finding.ts';

/** A knot of profiles with more cycles than this is one finding: nobody reads them one by one. */
const cyclesPerComponent = 100;
const workPerComponent = 100_000;

/**
 * CYCLE: one for each elementary cycle, its profiles from child to parent; but only one, with all profiles in node order,
 * for a strongly connected component of more than 100 cycles (or too many to count with reasonable work).
 */
export function cycleFindings(hierarchy: Hierarchy): Finding[] {
  const { graph, condensation } = hierarchy;
  return cyclicComponents(graph, condensation).flatMap((component) => {
    const { cycles, complete } = componentCycles(graph, condensation, component, {
      maxCycles: cyclesPerComponent,
      maxWork: workPerComponent,
    });
    if (complete) return cycles.map((cycle) => finding(hierarchy, 'CYCLE', cycleMessage(hierarchy, cycle), cycle));
    const members = condensation.members.of(component);
    const message = `${namedAll(hierarchy, members)} all inherit from one another, in more cycles than are listed here.`;
    return [finding(hierarchy, 'CYCLE', message, members)];
  });
}

function cycleMessage(hierarchy: Hierarchy, cycle: readonly number[]): string {
  const names = cycle.map((node) => named(hierarchy, node));
  const [first, second] = names;
  if (first === undefined || second === undefined) return `${names.join('')} inherits from itself.`;
  const shown = names.length > 6 ? [...names.slice(0, 5), `… (${names.length - 5} more)`] : names;
  return `${shown[0]} inherits from itself: ${[...shown, first].join(' inherits from ')}.`;
}
