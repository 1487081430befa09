import { type Version, versionStates } from '../model/version.ts';
import {
  array,
  DecodeError,
  type DecodeNotes,
  type Decoder,
  enumeration,
  field,
  jsonObject,
  optional,
  optionalIdSet,
  optionalInteger,
  optionalReference,
} from './decode.ts';
import { decodeEntitlement, decodeSyncIdentityAction } from './entitlement.ts';

/** The documented order (§2): DRAFT, PUBLISHED, RETIRED. */
const decodeVersionState = enumeration('AccessProfileVersionState', versionStates.slice(0, 3));
const decodeEntitlements = array(decodeEntitlement);

/**
 * A version on its own, as the version update answers it: by the generated documentation with `access_profile_id` and
 * `version_number`, by the curated one with `id` and `version` (§9.4).
 */
export const decodeVersion: Decoder<Version> = (value, notes) => decodeVersionOf(value, notes, null, null);

/** A version embedded in a profile, which says what the version itself may leave out. */
export function decodeVersionOf(
  value: unknown,
  notes: DecodeNotes,
  profileId: string | null,
  versionNumber: number | null,
): Version {
  const version = jsonObject(value, notes);
  const owner = field(version, 'access_profile_id', optionalReference, notes) ?? profileId;
  const number =
    field(version, 'version_number', optionalInteger, notes) ??
    field(version, 'version', optionalInteger, notes) ??
    versionNumber;
  if (number === null) throw new DecodeError('an integer', undefined).under('version_number');
  return {
    profileId: owner ?? field(version, 'id', optionalReference, notes) ?? missing('access_profile_id'),
    versionNumber: number,
    state: field(version, 'state', decodeVersionState, notes),
    entitlements: field(version, 'entities_to_create_relationships_to', decodeEntitlements, notes),
    inheritsFromIds: field(version, 'inherit_entities_from_access_profiles', optionalIdSet, notes),
    memberIds: field(version, 'members', optionalIdSet, notes),
    accessRequestPolicyId: field(version, 'access_request_policy_id', optionalReference, notes),
    applicationDatasourceId: field(version, 'application_datasource_id', optionalReference, notes),
    applicationSyncIdentityAction: field(
      version,
      'application_sync_identity_action',
      optional(decodeSyncIdentityAction),
      notes,
    ),
    createdAt: field(version, 'created_at', optionalReference, notes),
    createdBy: field(version, 'created_by', optionalReference, notes),
    updatedAt: field(version, 'updated_at', optionalReference, notes),
    publishedAt: field(version, 'published_at', optionalReference, notes),
    publishedBy: field(version, 'published_by', optionalReference, notes),
  };
}

function missing(key: string): never {
  throw new DecodeError('a non-empty string', undefined).under(key);
}
