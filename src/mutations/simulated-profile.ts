import type { Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import type { ProfileChanges } from '../wire/encode.ts';
import { newDraft } from '../wire/planned-rows.ts';
import { alteredRow } from '../wire/row.ts';
import type { VersionPlan } from './version-plan.ts';

/** A profile after a change of its own fields. */
export function changedProfile(profile: Profile, changes: ProfileChanges, state: Profile['state']): Profile {
  const { name, description, labels, datasourceIds, requireApprovalToStart, catalogItem, customProperties } = changes;
  return alteredRow(profile, {
    state,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(labels !== undefined && { labels }),
    ...(datasourceIds !== undefined && { datasourceIds }),
    ...(requireApprovalToStart !== undefined && { requireApprovalToStart }),
    ...(customProperties !== undefined && { customProperties }),
    ...(catalogItem !== undefined && {
      catalogItem: catalogItem && {
        name: catalogItem.name ?? null,
        description: catalogItem.description ?? null,
        markdownDescription: catalogItem.markdownDescription ?? null,
        icon: catalogItem.icon ?? null,
        recommended: catalogItem.recommended ?? null,
      },
    }),
  });
}

/** A version after a change. `before` null: it can't be read, and the change says all that matters of it. */
export function changedVersion(
  before: Version | null,
  { profileId, versionNumber }: Pick<Version, 'profileId' | 'versionNumber'>,
  { after, changes }: VersionPlan,
): Version {
  const { state, accessRequestPolicyId, applicationDatasourceId, applicationSyncIdentityAction } = changes;
  return alteredRow(before ?? newDraft({ profileId, versionNumber }, after), {
    entitlements: after.entitlements,
    inheritsFromIds: after.parentIds,
    ...(state === 'PUBLISHED' && { state }),
    ...(accessRequestPolicyId !== undefined && { accessRequestPolicyId: accessRequestPolicyId || null }),
    ...(applicationDatasourceId !== undefined && { applicationDatasourceId: applicationDatasourceId || null }),
    ...(applicationSyncIdentityAction !== undefined && { applicationSyncIdentityAction }),
  });
}
