import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Pauses } from '../inheritance/steps.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import { RuleViolated } from './failure.ts';
import { brokenRules, surroundingsOf } from './rules.ts';
import { separationViolationsOf } from './separation.ts';
import type { SimulatedStep } from './simulation.ts';
import { WorldInMemory } from './world-in-memory.ts';

/** Dead ends after which the search gives up: a list of up to ten changes is searched to the end. */
const maxDeadEnds = 1024;

/**
 * The order in which a list breaks no rule on the way: the given one, unless a change would close a cycle, name a parent that
 * is not there yet, or break a rule of a type or an enforced rule of separation before others have been made. Then the first
 * change that breaks nothing comes next; where that leads nowhere, the last choice is taken back. Changes of one profile keep
 * their order. Throws RuleViolated where no order is found.
 */
export async function orderOf(
  steps: readonly SimulatedStep[],
  hierarchy: Hierarchy,
  enforced: readonly SeparationRule[],
  pauses: Pauses,
): Promise<readonly SimulatedStep[]> {
  const made = new Set<SimulatedStep>();
  /** Sets of made changes that no other change can follow; their order does not matter. */
  const deadEnds = new Set<string>();
  let world = new WorldInMemory(hierarchy);
  let reasons: readonly RuleViolation[] = [];
  const stateWith = (step?: SimulatedStep) => steps.map((each) => (made.has(each) || each === step ? 1 : 0)).join('');
  while (made.size < steps.length) {
    let next: SimulatedStep | null = null;
    let broken: readonly RuleViolation[] = [];
    for (const step of firstOfEach(steps.filter((each) => !made.has(each)))) {
      if (pauses.mustPause) await pauses.pause();
      if (deadEnds.size > 0 && deadEnds.has(stateWith(step))) continue;
      const violations = await violationsOf(step, world, enforced);
      if (violations.length === 0) {
        next = step;
        break;
      }
      if (broken.length === 0) broken = violations;
    }
    if (next !== null) {
      made.add(next);
      world.alter(next.after);
      continue;
    }
    if (deadEnds.size === 0) reasons = broken;
    deadEnds.add(stateWith());
    const last = [...made].pop();
    if (last === undefined || deadEnds.size === maxDeadEnds) throw noOrder(reasons);
    made.delete(last);
    world = new WorldInMemory(hierarchy);
    for (const { after } of made) world.alter(after);
  }
  return [...made];
}

/** The first change of each profile. */
function firstOfEach(steps: readonly SimulatedStep[]): readonly SimulatedStep[] {
  const seen = new Set<string>();
  return steps.filter(({ profileId }) => !seen.has(profileId) && seen.add(profileId));
}

function noOrder(reasons: readonly RuleViolation[]): RuleViolated {
  return new RuleViolated(
    reasons.map(({ rule, description }) => ({
      rule,
      description: `No order was found in which each change keeps the rules. After the changes that do: ${description}`,
    })),
  );
}

async function violationsOf(
  { proposal, isDone }: SimulatedStep,
  world: WorldInMemory,
  enforced: readonly SeparationRule[],
): Promise<readonly RuleViolation[]> {
  if (proposal === null || isDone) return [];
  const missing = proposal.addedParents.filter(({ id }) => id.startsWith('#') && world.find(id) === null);
  if (missing.length > 0) {
    return missing.map(({ id }) => ({ rule: 'missing_parent', description: `profile ${id} is not created yet` }));
  }
  const lineage = world.upward(proposal.addedParents.map(({ id }) => id));
  const broken = brokenRules(proposal, world.typeOf(proposal.typeId), surroundingsOf(lineage));
  return broken.length > 0 ? broken : separationViolationsOf(world, proposal, enforced);
}
