import { componentCycles, cyclicComponents } from '../../graph/cycles.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { Steps } from '../../steps.ts';
import { type Finding, finding, named, namedAll } from './finding.ts';

/** A knot of profiles with more cycles than this is one finding: nobody reads them one by one. */
const cyclesPerComponent = 100;
const workPerComponent = 100_000;

/**
 * CYCLE: one for each elementary cycle, its profiles from child to parent; but only one, with all profiles in node order,
 * for a strongly connected component of more than 100 cycles (or too many to count with reasonable work).
 */
export function* cycleFindings(hierarchy: Hierarchy): Steps<Finding[]> {
  const { graph } = hierarchy;
  const condensation = yield* hierarchy.prepareCondensation();
  const found: Finding[] = [];
  for (const component of cyclicComponents(graph, condensation)) {
    const { cycles, complete } = yield* componentCycles(graph, condensation, component, {
      maxCycles: cyclesPerComponent,
      maxWork: workPerComponent,
    });
    if (complete) {
      for (const cycle of cycles) found.push(finding(hierarchy, 'CYCLE', cycleMessage(hierarchy, cycle), cycle));
      continue;
    }
    const members = condensation.members.of(component);
    const message = `${namedAll(hierarchy, members)} all inherit from one another, in more cycles than are listed here.`;
    found.push(finding(hierarchy, 'CYCLE', message, members));
  }
  return found;
}

function cycleMessage(hierarchy: Hierarchy, cycle: readonly number[]): string {
  const names = cycle.map((node) => named(hierarchy, node));
  const [first, second] = names;
  if (first === undefined || second === undefined) return `${names.join('')} inherits from itself.`;
  const shown = names.length > 6 ? [...names.slice(0, 5), `… (${names.length - 5} more)`] : names;
  return `${shown[0]} inherits from itself: ${[...shown, first].join(' inherits from ')}.`;
}
