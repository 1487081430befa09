import { eventLoopPauses } from '../event-loop.ts';
import { type AffectedProfile, accessDifference, type World } from '../inheritance/analysis/access-difference.ts';
import { proposedWorld } from '../inheritance/analysis/change-preview.ts';
import { listed, quoted } from '../inheritance/analysis/finding-text.ts';
import { describeEntitlement } from '../inheritance/analysis/findings/finding.ts';
import { newSeparationViolations } from '../inheritance/analysis/separation.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finishInSlices, type Steps } from '../inheritance/steps.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Profile } from '../model/profile.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import type { Proposal } from './proposal.ts';

/**
 * The enforced rules of separation that a change of a current version would newly break, for the profile and all that inherit
 * from it. Reads those and what they inherit; nothing where no rule is enforced or the change adds nothing.
 */
export async function separationViolationsOf(
  loaders: Loaders,
  { profileId, before, after, addedParents, isLive }: Proposal,
  rules: readonly SeparationRule[],
): Promise<readonly RuleViolation[]> {
  const addsParents = addedParents.length > 0;
  if (rules.length === 0 || !isLive || (!addsParents && after.entitlements.length === 0)) return [];
  if (before !== null && !addsParents && after.entitlements.every((each) => before.entitlements.includes(each)))
    return [];
  const below = profileId === null ? [] : await loaders.inheritance.downward([profileId]);
  const ids = new Set([...below.map((profile) => profile.profileId), ...after.parentIds]);
  const hierarchy = new Hierarchy(await loaders.inheritance.upward([...ids]));
  const world: World = { graph: hierarchy.graph, grants: hierarchy.grants };
  const id = profileId ?? newId;
  const changed = proposedWorld(world, id, after);
  const affected = await finishInSlices(accessDifference(world, changed, [id]), eventLoopPauses);
  const violations = enforcedViolations(rules, world, changed, affected, (each) => hierarchy.find(each));
  return finishInSlices(violations, eventLoopPauses);
}

/** Stands for a profile that has no id yet; ids are never empty. */
const newId = '';

/** The rules that the profiles that gain something break only after a change, in words. */
export function* enforcedViolations(
  rules: readonly SeparationRule[],
  before: World,
  after: World,
  affected: readonly AffectedProfile[],
  find: (profileId: string) => Profile | null,
): Steps<readonly RuleViolation[]> {
  const gaining = affected.flatMap(({ profileId, gained }) => (gained.length > 0 ? [profileId] : []));
  const violations = yield* newSeparationViolations(rules, before, after, gaining);
  return violations.map(({ profileId, rule, entitlements }) => {
    const name = profileId === newId ? 'the new profile' : quoted(find(profileId)?.name ?? '', profileId);
    const granted = listed(entitlements.map(describeEntitlement));
    return {
      rule: 'separation_of_duties',
      description: `${name} would break the rule of separation ${quoted(rule.name, rule.name)}: it would grant ${granted}`,
    };
  });
}
