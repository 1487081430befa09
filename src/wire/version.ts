import type { Page } from '../model/page.ts';
import { type Member, type MembershipChange, type Version, versionStates } from '../model/version.ts';
import {
  array,
  type Decoder,
  enumeration,
  id,
  integer,
  isJsonObject,
  type JsonObject,
  jsonObject,
  member,
  openEnum,
  optional,
  optionalIdSet,
  optionalInteger,
  optionalReference,
  type Place,
} from './decode.ts';
import { decodeEntitlement, decodeSyncIdentityAction } from './entitlement.ts';
import { page } from './envelope.ts';
import { objectsIn } from './keep.ts';
import { type Fields, field, rowDecoder } from './row.ts';

/** The documented order (API notes §2): DRAFT, PUBLISHED, RETIRED. */
const decodeVersionState = enumeration('AccessProfileVersionState', versionStates.slice(0, 3));

/** A version (API notes §1.4). */
export const versionFields: Fields<Version> = {
  profileId: field('access_profile_id', 'string', id),
  versionNumber: field('version_number', 'int32', integer),
  state: field('state', 'enum', decodeVersionState),
  entitlements: field('entities_to_create_relationships_to', 'object[]', array(decodeEntitlement)),
  inheritsFromIds: field('inherit_entities_from_access_profiles', 'string[]', optionalIdSet),
  memberIds: field('members', 'string[]', optionalIdSet),
  rbacId: field('rbac_id', 'string', optionalReference),
  accessRequestPolicyId: field('access_request_policy_id', 'string', optionalReference),
  applicationDatasourceId: field('application_datasource_id', 'string', optionalReference),
  applicationSyncIdentityAction: field(
    'application_sync_identity_action',
    'object',
    optional(decodeSyncIdentityAction),
  ),
  createdAt: field('created_at', 'date-time', optionalReference),
  createdBy: field('created_by', 'string', optionalReference),
  updatedAt: field('updated_at', 'date-time', optionalReference),
  publishedAt: field('published_at', 'date-time', optionalReference),
  publishedBy: field('published_by', 'string', optionalReference),
};
const decodeRow = rowDecoder(versionFields, ['profileId', 'versionNumber']);

/**
 * Decodes a version of a profile. `versionNumber` tells which one it must be, where the version itself leaves that out: the
 * curated reply to an update has `version` for `version_number`, and no id of the profile (API notes §9.4).
 */
export function versionDecoder(profileId: string, versionNumber: () => number | null): Decoder<Version> {
  return (value, at) => {
    const version = jsonObject(value, at);
    const owner = member(version, 'access_profile_id', optionalReference, at) ?? profileId;
    const number = versionNumberOf(version, at) ?? versionNumber() ?? version['version_number'];
    const isComplete = version['access_profile_id'] === owner && version['version_number'] === number;
    return decodeRow(isComplete ? version : { ...version, access_profile_id: owner, version_number: number }, at);
  };
}

/** The number that a version gives itself. */
export function versionNumberOf(version: JsonObject, at: Place): number | null {
  return member(version, 'version_number', optionalInteger, at) ?? member(version, 'version', optionalInteger, at);
}

/** A member, in E7's list and in a profile's `member_details` (API notes §1.6). */
export const memberFields: Fields<Member> = {
  identityId: field('identity_id', 'string', id),
  identityName: field('identity_name', 'string', optionalReference),
  createdFrom: field('created_from', 'enum', openEnum),
  workflow: field('workflow', 'string', optionalReference),
};
export const decodeMember = rowDecoder(memberFields, ['identityId']);
const decodeMemberPage = page(decodeMember);

/** E7's reply. Throws what `Place.unexpected` gives, also where its rows name another profile than the one that was asked for. */
export function decodeMembers(value: unknown, at: Place, profileId: string): Page<Member> {
  const members = decodeMemberPage(value, at);
  const rows = objectsIn(isJsonObject(value) ? value['values'] : value);
  const named = rows.map((row) => row['access_profile_id']).filter((each) => typeof each === 'string' && each !== '');
  if (named.length > 0 && !named.includes(profileId)) throw at.reply.invalid('it lists the members of another profile');
  return members;
}

/** E8's reply: a 200 may still carry an error message. */
export const decodeMembershipChange: Decoder<MembershipChange> = (value, at) => {
  const change = jsonObject(value, at);
  return {
    accessRequestId: member(change, 'access_request_id', optionalReference, at),
    accessRequestErrorMessage: member(change, 'access_request_error_message', optionalReference, at),
  };
};
