import { createHash } from 'node:crypto';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Steps } from '../inheritance/steps.ts';
import { type Entitlement, entitlementKey } from '../model/entitlement.ts';
import { directEntitlements, directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import type { PlannedChange } from './planned-changes.ts';
import type { VersionContent } from './proposal.ts';
import type { SimulatedStep } from './simulation.ts';

/**
 * Names a list of changes together with all that its effects depend on: who inherits from whom, what each profile holds, the
 * fields that the list writes over, the rules. Not what changes by itself, such as times of synchronization, nor the order in
 * which the API lists things.
 */
export function* fingerprintOf(
  hierarchy: Hierarchy,
  separationRules: readonly SeparationRule[],
  changes: readonly PlannedChange[],
  steps: readonly SimulatedStep[],
): Steps<string> {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  add(changes);
  add(separationRules);
  for (const type of sorted(hierarchy.types, ({ typeId }) => typeId)) add(rulesOf(type));
  yield* hierarchy.prepareGrants();
  for (const node of sorted([...hierarchy.profiles.keys()], (each) => hierarchy.graph.idOf(each))) {
    yield void add(accessOf(hierarchy.profileOf(node), keysOf(hierarchy, node)));
  }
  const touched = new Set(steps.map(({ profileId }) => profileId));
  for (const id of [...touched].sort()) {
    const profile = hierarchy.find(id);
    if (profile !== null) yield void add(fieldsOf(profile));
  }
  // Drafts are in no profile. What one that is published holds is in the outcome alone.
  for (const { proposal } of steps) add(proposal && [contentOf(proposal.before), contentOf(proposal.after)]);
  return hash.digest('hex');
}

/** The values of a profile that decide what other profiles and people get by it. */
function accessOf(profile: Profile, keys: readonly string[]): unknown {
  return [profile.profileId, profile.typeId, profile.state, profile.name, [...directParentIds(profile)].sort(), keys];
}

function keysOf({ grants }: Hierarchy, node: number): readonly string[] {
  return Array.from(grants.grants.of(node), (grant) => grants.keyOf(grant)).sort();
}

/** The values that a change can overwrite. */
export function fieldsOf(profile: Profile): unknown {
  const { catalogItem, customProperties, currentVersion: version } = profile;
  return [
    accessOf(profile, directEntitlements(profile).map(entitlementKey).sort()),
    profile.description,
    [...profile.labels].sort(),
    [...profile.datasourceIds].sort(),
    profile.requireApprovalToStart,
    catalogItem && [
      catalogItem.name,
      catalogItem.description,
      catalogItem.markdownDescription,
      catalogItem.icon,
      catalogItem.recommended,
    ],
    entriesOf(customProperties),
    profile.accessRequestPolicyId,
    profile.currentVersionNumber,
    profile.draftVersionNumber,
    version && [
      version.accessRequestPolicyId,
      version.applicationDatasourceId,
      actionOf(version.applicationSyncIdentityAction),
      sorted(version.entitlements, entitlementKey).map(detailsOf),
    ],
  ];
}

function contentOf(content: VersionContent | null): unknown {
  return content && [[...content.parentIds].sort(), sorted(content.entitlements, entitlementKey).map(detailsOf)];
}

function detailsOf(entitlement: Entitlement): unknown {
  const { condition } = entitlement;
  return [
    entitlementKey(entitlement),
    entitlement.grantBy,
    entitlement.createdByAccessProfile,
    entriesOf(entitlement.customProperties),
    actionOf(entitlement.syncIdentityAction),
    condition && [condition.type, condition.conditionString],
  ];
}

function actionOf(action: Entitlement['syncIdentityAction']): unknown {
  return action && [action.policyId, action.name];
}

function entriesOf(map: Readonly<Record<string, string>> | null): unknown {
  return map && Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function rulesOf(type: ProfileType): unknown {
  return [
    type.typeId,
    type.name,
    type.allowInheritEntities,
    [...type.allowInheritedFromTypeIds].sort(),
    type.allowCreateRelationships,
    type.requireSingleDatasource,
    type.requireSingleIntegration,
    type.addIntegrationPrefixToAccessProfileNames,
    type.maxEntitlements,
    type.noEntitlements,
    type.accessRequestPolicyId,
    type.allowOverwriteOfAccessRequestPolicy,
  ];
}

function sorted<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  return values
    .map((value) => ({ value, key: keyOf(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}
