import { eventLoopPauses } from '../event-loop.ts';
import { type AffectedProfile, accessDifference, type World } from '../inheritance/analysis/access-difference.ts';
import { proposedWorld } from '../inheritance/analysis/change-preview.ts';
import { describeEntitlement, listed, quoted } from '../inheritance/analysis/findings/finding.ts';
import { newSeparationViolations } from '../inheritance/analysis/separation.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finishInSlices, type Steps } from '../inheritance/steps.ts';
import { type Entitlement, entitlementKey } from '../model/entitlement.ts';
import { directEntitlements, type Profile } from '../model/profile.ts';
import { keyInRules, type SeparationRule } from '../model/separation-rule.ts';
import type { Proposal } from './proposal.ts';
import type { Lineages } from './world-in-memory.ts';

/**
 * The enforced rules of separation that a change of a current version would newly break, for the profile and all that inherit
 * from it. Reads those and what they inherit; only what new parents inherit where none of it is an entitlement that a rule names.
 */
export async function separationViolationsOf(
  lineages: Lineages,
  { profileId, before, after, addedParents, isLive }: Proposal,
  rules: readonly SeparationRule[],
): Promise<readonly RuleViolation[]> {
  if (rules.length === 0 || !isLive) return [];
  const held = new Set(before?.entitlements.map(entitlementKey));
  const brought = await lineages.upward(addedParents.map(({ id }) => id));
  const isNamed = namedBy(rules);
  const gainsNamed =
    after.entitlements.some((each) => !held.has(entitlementKey(each)) && isNamed(each)) ||
    brought.some((profile) => directEntitlements(profile).some(isNamed));
  if (!gainsNamed) return [];
  const below = profileId === null ? [] : await lineages.downward([profileId]);
  const ids = new Set([...below.map((profile) => profile.profileId), ...after.parentIds]);
  const profiles = await lineages.upward([...ids]);
  const hierarchy = await finishInSlices(Hierarchy.inSteps(profiles), eventLoopPauses);
  await finishInSlices(hierarchy.prepareGrants(), eventLoopPauses);
  const world: World = { graph: hierarchy.graph, grants: hierarchy.grants };
  const id = profileId ?? newId;
  const changed = await finishInSlices(proposedWorld(world, id, after), eventLoopPauses);
  const affected = await finishInSlices(accessDifference(world, changed, [id]), eventLoopPauses);
  const violations = enforcedViolations(rules, world, changed, affected, (each) => hierarchy.find(each));
  return finishInSlices(violations, eventLoopPauses);
}

/** Whether any of some rules names the entity of an entitlement. */
function namedBy(rules: readonly SeparationRule[]): (entitlement: Entitlement) => boolean {
  const named = new Set(rules.flatMap(({ groups }) => groups.flat().map(keyInRules)));
  return (entitlement) => named.has(keyInRules(entitlement));
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
