import type { CreateProfileInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { Place } from '../wire/decode.ts';
import { encodeProfile, type ProfileChanges } from '../wire/encode.ts';
import { decodeProfile } from '../wire/profile.ts';
import { alteredRow } from '../wire/row.ts';
import { versionDecoder } from '../wire/version.ts';
import type { VersionContent } from './rules.ts';
import type { VersionPlan } from './version-plan.ts';

/** What is decoded here was encoded here, and can be read. */
const nowhere = Place.root({ invalid: (problem) => new Error(problem), unrecognized: () => undefined });

/** A profile as the API would have it once it is created, under an id such as `#2`. */
export function createdProfile(id: string, input: CreateProfileInput): Profile {
  const {
    entities_to_create_relationships_to: entities = [],
    inherit_entities_from_access_profiles: parentIds = [],
    access_request_policy_id,
    application_datasource_id,
    application_sync_identity_action,
    ...body
  } = encodeProfile(input);
  return decodeProfile(
    {
      ...body,
      id,
      current_version_number: 1,
      current_version: {
        access_profile_id: id,
        version_number: 1,
        state: 'PUBLISHED',
        entities_to_create_relationships_to: entities ?? [],
        inherit_entities_from_access_profiles: parentIds ?? [],
        access_request_policy_id,
        application_datasource_id,
        application_sync_identity_action,
      },
    },
    nowhere,
  );
}

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
  return alteredRow(before ?? newVersion(profileId, versionNumber, after), {
    entitlements: after.entitlements,
    inheritsFromIds: after.parentIds,
    ...(state === 'PUBLISHED' && { state }),
    ...(accessRequestPolicyId !== undefined && { accessRequestPolicyId: accessRequestPolicyId || null }),
    ...(applicationDatasourceId !== undefined && { applicationDatasourceId: applicationDatasourceId || null }),
    ...(applicationSyncIdentityAction !== undefined && { applicationSyncIdentityAction }),
  });
}

function newVersion(profileId: string, versionNumber: number, { entitlements, parentIds }: VersionContent): Version {
  const version = {
    access_profile_id: profileId,
    version_number: versionNumber,
    state: 'DRAFT',
    entities_to_create_relationships_to: entitlements.map(({ wire }) => wire),
    inherit_entities_from_access_profiles: parentIds,
  };
  return versionDecoder(profileId, () => versionNumber)(version, nowhere);
}
