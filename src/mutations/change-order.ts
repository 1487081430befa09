import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import { RuleViolated } from './failure.ts';
import { separationViolationsOf } from './separation.ts';
import type { SimulatedStep } from './simulation.ts';
import { brokenIn } from './touched-versions.ts';
import { WorldInMemory } from './world-in-memory.ts';

/**
 * The order in which a list breaks no rule on the way: the given one, unless a change would close a cycle, name a parent that
 * is not there yet, or break a rule of a type or an enforced rule of separation before others have been made. Then the first
 * change that breaks nothing comes next. Changes of one profile keep their order. Throws RuleViolated where each change that is
 * left would break something.
 */
export async function orderOf(
  steps: readonly SimulatedStep[],
  hierarchy: Hierarchy,
  enforced: readonly SeparationRule[],
): Promise<readonly SimulatedStep[]> {
  const world = new WorldInMemory(hierarchy);
  const left = [...steps];
  const ordered: SimulatedStep[] = [];
  while (left.length > 0) {
    const step = await nextOf(left, world, enforced);
    left.splice(left.indexOf(step), 1);
    ordered.push(step);
    world.alter(step.after);
  }
  return ordered;
}

async function nextOf(
  left: readonly SimulatedStep[],
  world: WorldInMemory,
  enforced: readonly SeparationRule[],
): Promise<SimulatedStep> {
  const waiting = new Set<string>();
  let reasons: readonly RuleViolation[] = [];
  for (const step of left) {
    const isFirst = !waiting.has(step.profileId);
    waiting.add(step.profileId);
    if (!isFirst) continue;
    const violations = await violationsOf(step, world, enforced);
    if (violations.length === 0) return step;
    if (reasons.length === 0) reasons = violations;
  }
  throw new RuleViolated(
    reasons.map(({ rule, description }) => ({
      rule,
      description: `There is no order in which every change that is left keeps the rules. The first of them: ${description}`,
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
  const broken = brokenIn(world, proposal);
  return broken.length > 0 ? broken : separationViolationsOf(world, proposal, enforced);
}
