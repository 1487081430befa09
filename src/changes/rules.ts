import { cycleThrough } from '../inheritance/change-preview.ts';
import { buildGraph } from '../inheritance/graph.ts';
import { type RuleViolation, typeRuleViolations } from '../inheritance/type-rules.ts';
import type { Loaders } from '../loaders/index.ts';
import type { EntitlementInput } from '../model/change-input.ts';
import type { Entitlement } from '../model/entitlement.ts';
import { directEntitlements, directParentIds, type Profile } from '../model/profile.ts';
import { encodeEntitlement } from '../wire/encode.ts';
import { RuleViolated, refuseIf } from './failure.ts';

/** A profile's version as a change would leave it. */
export interface Proposal {
  /** null: a profile that is not there yet. */
  readonly profileId: string | null;
  readonly typeId: string | null;
  readonly entitlements: readonly Entitlement[];
  readonly parentIds: readonly string[];
  /** The parents that the change brings in, each with the field that named it. */
  readonly addedParents: readonly { readonly id: string; readonly field: string }[];
  readonly accessRequestPolicyIds: readonly (string | null)[];
  /** The profile as it stands; what it already breaks is not held against the change. */
  readonly before: Profile | null;
}

/** Throws RuleViolated for what the proposal would break, and InvalidInput for parents that are not there. */
export async function checkProposal(loaders: Loaders, proposal: Proposal): Promise<void> {
  const violations = await violationsOf(loaders, proposal);
  if (violations.length > 0) throw new RuleViolated(violations);
}

/**
 * The rules that a proposal would break and the profile does not break yet. Only what is certain is refused here: whether
 * inherited grants count for `max_entitlements`, say, the API decides. Throws InvalidInput for unknown parents.
 */
export async function violationsOf(loaders: Loaders, proposal: Proposal): Promise<readonly RuleViolation[]> {
  const { typeId, addedParents, before } = proposal;
  const addedIds = addedParents.map(({ id }) => id);
  const [type, lineage] = await Promise.all([
    typeId === null ? null : loaders.types.load(typeId),
    loaders.inheritance.upward(addedIds),
  ]);
  if (typeId !== null && type === null) {
    refuseIf([{ field: 'input.type', description: 'is no type that the Access Profile API returns to you.' }]);
  }
  const known = new Set(lineage.map(({ profileId }) => profileId));
  refuseIf(
    addedParents
      .filter(({ id }) => !known.has(id) && id !== proposal.profileId)
      .map(({ field }) => ({ field, description: 'is no profile that the Access Profile API returns to you.' })),
  );
  const broken = typeRuleViolations(await subjectOf(loaders, proposal), type);
  const brokenBefore = before === null ? [] : typeRuleViolations(await subjectOf(loaders, asItStands(before)), type);
  return [
    ...cycleViolations(proposal, lineage),
    ...broken.filter(({ rule }) => !brokenBefore.some((violation) => violation.rule === rule)),
  ];
}

function cycleViolations({ profileId, addedParents }: Proposal, lineage: readonly Profile[]): readonly RuleViolation[] {
  if (profileId === null) return [];
  const nodes = lineage.map((profile) => ({ id: profile.profileId, parentIds: directParentIds(profile) }));
  const graph = buildGraph([...nodes, { id: profileId, parentIds: [] }]);
  const cycle = cycleThrough(
    graph,
    profileId,
    addedParents.map(({ id }) => id),
  );
  if (cycle === null) return [];
  if (cycle.length === 1) return [{ rule: 'self_inheritance', description: 'a profile can not inherit from itself' }];
  const names = new Map(lineage.map((profile) => [profile.profileId, profile.name]));
  const round = [...cycle, ...cycle.slice(0, 1)].map((id) => names.get(id) ?? id);
  return [{ rule: 'inheritance_cycle', description: `it would close a cycle: ${round.join(' inherits from ')}` }];
}

function asItStands(profile: Profile): Proposal {
  return {
    profileId: profile.profileId,
    typeId: profile.typeId,
    entitlements: directEntitlements(profile),
    parentIds: directParentIds(profile),
    addedParents: [],
    accessRequestPolicyIds: [profile.accessRequestPolicyId],
    before: null,
  };
}

async function subjectOf(loaders: Loaders, proposal: Proposal) {
  return {
    typeId: proposal.typeId,
    entitlements: proposal.entitlements,
    parentCount: proposal.parentIds.length,
    parents: await loaders.profiles.loadMany(proposal.parentIds),
    integrations: null,
    effectiveCount: null,
    accessRequestPolicyIds: proposal.accessRequestPolicyIds,
  };
}

/** A grant that a caller asks for, as it would read. */
export function grantOf(input: EntitlementInput): Entitlement {
  return {
    entityType: input.entityType,
    datasourceId: input.datasourceId,
    entityId: input.entityId,
    assignedToEntityType: input.assignedToEntityType ?? null,
    assignedToEntityId: input.assignedToEntityId ?? null,
    grantBy: input.grantBy ?? null,
    createdByAccessProfile: input.createdByAccessProfile ?? null,
    customProperties: input.customProperties ?? null,
    syncIdentityAction: input.syncIdentityAction ?? null,
    condition: input.condition
      ? { type: input.condition.type ?? null, conditionString: input.condition.conditionString ?? null }
      : null,
    entityName: null,
    nativeId: null,
    providerId: null,
    providerExternalId: null,
    wire: encodeEntitlement(input),
  };
}
