import { cycleThrough } from '../inheritance/analysis/change-preview.ts';
import { type RuleSubject, type RuleViolation, typeRuleViolations } from '../inheritance/analysis/type-rules.ts';
import { buildGraph, type Graph } from '../inheritance/graph/graph.ts';
import type { Loaders } from '../loaders/index.ts';
import { entitlementKey } from '../model/entitlement.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import { notThere, RuleViolated, refuseIf } from './failure.ts';
import type { Proposal } from './proposal.ts';
import { separationViolationsOf } from './separation.ts';

/** Throws RuleViolated for what the proposal would break, and InvalidInput for parents that are not there. */
export async function checkProposal(
  loaders: Loaders,
  proposal: Proposal,
  enforced: readonly SeparationRule[],
): Promise<void> {
  const violations = await violationsOf(loaders, proposal, enforced);
  if (violations.length > 0) throw new RuleViolated(violations);
}

/**
 * The rules that a proposal would break by what it adds: what a profile breaks already is not held against a change that
 * takes something away. Only what is certain is refused here: whether inherited grants count for `max_entitlements`, say,
 * the API decides. `enforced`: rules of separation that changes must keep. Throws InvalidInput for unknown parents.
 */
export async function violationsOf(
  loaders: Loaders,
  proposal: Proposal,
  enforced: readonly SeparationRule[],
): Promise<readonly RuleViolation[]> {
  const { profileId, addedParents } = proposal;
  const subject = additionsOf(proposal);
  const isSubject = subject.entitlements.length + subject.parentCount + subject.accessRequestPolicyIds.length > 0;
  // The type of a new profile has to be there in any case.
  const typeId = profileId === null || isSubject ? proposal.typeId : null;
  const [type, lineage] = await Promise.all([
    typeId === null ? null : loaders.types.load(typeId),
    loaders.inheritance.upward(addedParents.map(({ id }) => id)),
  ]);
  if (profileId === null && type === null) {
    refuseIf([{ field: 'input.type', description: notThere(`type ${proposal.typeId}`) }]);
  }
  const known = new Map(lineage.map((profile) => [profile.profileId, profile]));
  refuseIf(
    addedParents
      .filter(({ id }) => !known.has(id) && id !== profileId)
      .flatMap(({ id, field }) => (field === null ? [] : [{ field, description: notThere(`profile ${id}`) }])),
  );
  const broken = brokenRules(proposal, type, surroundingsOf(lineage));
  return [...broken, ...(await separationViolationsOf(loaders.inheritance, proposal, enforced))];
}

/** The facts about other profiles that rules need. */
export interface Surroundings {
  readonly graph: Graph;
  readonly find: (profileId: string) => Profile | null;
}

export function surroundingsOf(lineage: readonly Profile[]): Surroundings {
  const known = new Map(lineage.map((profile) => [profile.profileId, profile]));
  const graph = buildGraph(lineage.map((profile) => ({ id: profile.profileId, parentIds: directParentIds(profile) })));
  return { graph, find: (id) => known.get(id) ?? null };
}

/** The rules that a proposal would break by what it adds. `type` null: it is not known, or nothing that it rules is added. */
export function brokenRules(
  proposal: Proposal,
  type: ProfileType | null,
  { graph, find }: Surroundings,
): readonly RuleViolation[] {
  const parents = proposal.addedParents.flatMap(({ id }) => find(id) ?? []);
  return [
    ...cycleViolations(proposal, graph, find),
    // Of a type that is hidden from the caller the API knows the rules.
    ...(type === null ? [] : typeRuleViolations({ ...additionsOf(proposal), parents }, type)),
  ];
}

/** A proposal as its type's rules have to see it: the grants if any is added, the parents if any is. */
function additionsOf({ typeId, before, after, addedParents, accessRequestPolicyId }: Proposal): RuleSubject {
  const held = new Set(before?.entitlements.map(entitlementKey));
  const addsGrants = after.entitlements.some((entitlement) => !held.has(entitlementKey(entitlement)));
  return {
    typeId,
    entitlements: addsGrants ? after.entitlements : [],
    parentCount: addedParents.length > 0 ? after.parentIds.length : 0,
    parents: [],
    integrations: null,
    effectiveCount: null,
    accessRequestPolicyIds: accessRequestPolicyId === null ? [] : [accessRequestPolicyId],
  };
}

function cycleViolations(
  { profileId, addedParents }: Proposal,
  graph: Graph,
  find: Surroundings['find'],
): readonly RuleViolation[] {
  if (profileId === null) return [];
  const cycle = cycleThrough(
    graph,
    profileId,
    addedParents.map(({ id }) => id),
  );
  if (cycle === null) return [];
  if (cycle.length === 1) return [{ rule: 'self_inheritance', description: 'a profile can not inherit from itself' }];
  const round = [...cycle, ...cycle.slice(0, 1)].map((id) => find(id)?.name ?? id);
  return [{ rule: 'inheritance_cycle', description: `it would close a cycle: ${round.join(' inherits from ')}` }];
}
