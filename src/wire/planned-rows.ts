import type { CreateProfileInput, EntitlementInput } from '../model/change-input.ts';
import type { Entitlement } from '../model/entitlement.ts';
import type { Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { Place } from './decode.ts';
import { encodeEntitlement, encodeProfile } from './encode.ts';
import { decodeEntitlement } from './entitlement.ts';
import { decodeProfile } from './profile.ts';
import { versionDecoder } from './version.ts';

/** A planned row was encoded here, so that decoding it cannot fail. */
const nowhere = Place.root({ invalid: (problem) => new Error(problem), unrecognized: () => undefined });

/** An entitlement as the API would have it once it is written. */
export function plannedEntitlement(input: EntitlementInput): Entitlement {
  return decodeEntitlement(encodeEntitlement(input), nowhere);
}

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

/** A draft as the API would have it once it is written. */
export function newDraft(
  { profileId, versionNumber }: Pick<Version, 'profileId' | 'versionNumber'>,
  { entitlements, parentIds }: { readonly entitlements: readonly Entitlement[]; readonly parentIds: readonly string[] },
): Version {
  const version = {
    access_profile_id: profileId,
    version_number: versionNumber,
    state: 'DRAFT',
    entities_to_create_relationships_to: entitlements.map(({ wire }) => wire),
    inherit_entities_from_access_profiles: parentIds,
  };
  return versionDecoder(profileId, () => versionNumber)(version, nowhere);
}
