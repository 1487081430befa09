import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Profile } from '../model/profile.ts';
import { RuleViolated } from './failure.ts';
import { judge, type SimulatedStep } from './simulation.ts';

/**
 * The order in which a list breaks no rule on the way: the given one, unless a change would close a cycle, name a parent that
 * is not there yet, or break a rule of a type before others have been made. Then the first change that breaks nothing comes
 * next. Changes of one profile keep their order. Throws RuleViolated where each change that is left would break something.
 */
export function orderOf(steps: readonly SimulatedStep[], hierarchy: Hierarchy): readonly SimulatedStep[] {
  const world = new Map<string, Profile>();
  const find = (id: string) => world.get(id) ?? hierarchy.find(id);
  const left = [...steps];
  const ordered: SimulatedStep[] = [];
  while (left.length > 0) {
    const waiting = new Set<string>();
    let reasons: readonly RuleViolation[] = [];
    const next = left.findIndex((step) => {
      const isFirst = !waiting.has(step.profileId);
      waiting.add(step.profileId);
      if (!isFirst) return false;
      const violations = violationsOf(step, find, hierarchy);
      if (reasons.length === 0) reasons = violations;
      return violations.length === 0;
    });
    const step = left[next];
    if (step === undefined) throw new RuleViolated(reasons);
    left.splice(next, 1);
    ordered.push(step);
    world.set(step.profileId, step.after);
  }
  return ordered;
}

function violationsOf(
  { proposal }: SimulatedStep,
  find: (profileId: string) => Profile | null,
  hierarchy: Hierarchy,
): readonly RuleViolation[] {
  if (proposal === null) return [];
  const missing = proposal.addedParents.filter(({ id }) => id.startsWith('#') && find(id) === null);
  if (missing.length > 0) {
    return missing.map(({ id }) => ({ rule: 'missing_parent', description: `profile ${id} is not created yet` }));
  }
  return judge(proposal, find, (id) => hierarchy.typeNamed(id));
}
