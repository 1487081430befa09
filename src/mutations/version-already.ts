import type { UpdateVersionInput } from '../model/change-input.ts';
import { type Entitlement, entitlementKey } from '../model/entitlement.ts';
import { isSameSet } from '../model/same-set.ts';
import type { Version } from '../model/version.ts';
import type { VersionContent } from './rules.ts';
import { showsVersionChanges } from './version.ts';
import { isMeant, type VersionPlan } from './version-plan.ts';

/** The same change without entries to remove that a version does not hold. `content` null: it can't be read. */
export function withoutDoneRemovals(input: UpdateVersionInput, content: VersionContent | null): UpdateVersionInput {
  if (content === null) return input;
  const { removeEntitlements, removeInheritsFrom } = input;
  return {
    ...input,
    ...(removeEntitlements && {
      removeEntitlements: removeEntitlements.filter((ref) => content.entitlements.some((held) => isMeant(ref, held))),
    }),
    ...(removeInheritsFrom && {
      removeInheritsFrom: removeInheritsFrom.filter((id) => content.parentIds.includes(id)),
    }),
  };
}

/** Whether a version is what a change would make of it, as far as the change says. */
export function holdsAlready(version: Version, plan: VersionPlan, content: VersionContent | null): boolean {
  const { entitlements, inheritsFrom } = plan.changes;
  if (content === null) return false;
  return (
    (entitlements === undefined || isSameGrants(plan.after.entitlements, content.entitlements)) &&
    (inheritsFrom === undefined || isSameSet(plan.after.parentIds, content.parentIds)) &&
    (plan.changes.state === undefined || plan.changes.state === version.state) &&
    showsVersionChanges(version, plan)
  );
}

function isSameGrants(wanted: readonly Entitlement[], held: readonly Entitlement[]): boolean {
  const byKey = new Map(held.map((entitlement) => [entitlementKey(entitlement), entitlement]));
  const keys = new Set(wanted.map(entitlementKey));
  if (keys.size !== byKey.size) return false;
  return wanted.every((entitlement) => {
    const same = byKey.get(entitlementKey(entitlement));
    return same !== undefined && (same === entitlement || saysNoMore(entitlement, same));
  });
}

/** Whether a grant is carried out as another one is, as far as it says how. */
function saysNoMore(wanted: Entitlement, held: Entitlement): boolean {
  const isSame = (a: unknown, b: unknown) => a === null || JSON.stringify(a) === JSON.stringify(b);
  const { syncIdentityAction: action, condition, customProperties } = wanted;
  return (
    isSame(wanted.grantBy, held.grantBy) &&
    isSame(wanted.createdByAccessProfile, held.createdByAccessProfile) &&
    (customProperties === null ||
      isSame(Object.entries(customProperties).sort(), Object.entries(held.customProperties ?? {}).sort())) &&
    isSame(action?.policyId ?? null, held.syncIdentityAction?.policyId ?? null) &&
    isSame(action?.name ?? null, held.syncIdentityAction?.name ?? null) &&
    isSame(condition?.type ?? null, held.condition?.type ?? null) &&
    isSame(condition?.conditionString ?? null, held.condition?.conditionString ?? null)
  );
}
