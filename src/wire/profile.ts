import { GatewayError, valueOrError } from '../errors.ts';
import { type CatalogItem, type Profile, profileStates } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import {
  type Decoder,
  enumeration,
  id,
  isJsonObject,
  type JsonObject,
  jsonObject,
  member,
  optional,
  optionalArray,
  optionalBoolean,
  optionalIdSet,
  optionalReference,
  optionalText,
  type Place,
  positiveInteger,
  text,
  texts,
} from './decode.ts';
import { decodeStringMap } from './entitlement.ts';
import { decodeCreateEntitlement } from './profile-type.ts';
import { type Fields, field, rowDecoder } from './row.ts';
import { decodeMember, versionDecoder, versionNumberOf } from './version.ts';

/** The documented order (API notes §2): INITIAL, RUNNING, PAUSED, DRY_RUN, PENDING. */
const decodeProfileState = enumeration('AccessProfileState', profileStates.slice(0, 5));

/** `catalog_item_info` (API notes §1.3). */
export const catalogItemFields: Fields<CatalogItem> = {
  name: field('name', 'string', optionalText),
  description: field('description', 'string', optionalText),
  markdownDescription: field('markdown_description', 'string', optionalText),
  icon: field('icon', 'string', optionalText),
  recommended: field('recommended', 'bool', optionalBoolean),
};

/** An access profile, as every operation that answers one prints it (API notes §1.3). */
export const profileFields: Fields<Profile> = {
  profileId: field('id', 'string', id),
  name: field('name', 'string', text),
  description: field('description', 'string', optionalText),
  state: field('state', 'enum', decodeProfileState),
  typeId: field('profile_type', 'string', optionalReference),
  labels: field('labels', 'string[]', texts),
  integrations: field('integrations', 'string[]', texts),
  providerIds: field('provider_ids', 'string[]', texts),
  providerExternalIds: field('provider_external_ids', 'string[]', texts),
  datasourceIds: field('datasource_ids', 'string[]', texts),
  usedByWorkflow: field('used_by_workflow', 'bool', optionalBoolean),
  requestable: field('requestable', 'bool', optionalBoolean),
  requireApprovalToStart: field('require_approval_to_start', 'bool', optionalBoolean),
  catalogItem: field('catalog_item_info', 'object', optional(rowDecoder(catalogItemFields))),
  accessRequestPolicyId: field('access_request_policy_id', 'string', optionalReference),
  customProperties: field('custom_properties', 'map', optional(decodeStringMap)),
  startedAt: field('started_at', 'date-time', optionalReference),
  startedBy: field('started_by', 'string', optionalReference),
  lastSyncedAt: field('last_synced_at', 'date-time', optionalReference),
  lastSyncErrorMessage: field('last_sync_error_message', 'string', optionalReference),
  lastSyncJobIds: field('last_sync_job_ids', 'string[]', optional(texts)),
  syncAllowed: field('sync_allowed', 'bool', optionalBoolean),
  rbacId: field('rbac_id', 'string', optionalReference),
  profileTypeRbacId: field('profile_type_rbac_id', 'string', optionalReference),
  identityCreatedBy: field('identity_created_by', 'string', optionalReference),
  createdEntitlements: field('created_entitlements', 'object[]', optionalArray(decodeCreateEntitlement)),
  createdAt: field('created_at', 'date-time', optionalReference),
  createdBy: field('created_by', 'string', optionalReference),
  updatedAt: field('updated_at', 'date-time', optionalReference),
  currentVersionNumber: { key: 'current_version_number', type: 'int32', read: currentVersionNumber },
  draftVersionNumber: field('draft_version_number', 'int32', positiveInteger),
  currentVersion: { key: 'current_version', type: 'object', read: currentVersion },
  inheritedIds: field('access_profiles_inherited', 'string[]', optionalIdSet),
  inheritedByIds: { key: 'access_profiles_inherited_by', type: 'string[]', read: inheritedByIds },
  memberDetails: field('member_details', 'object[]', optionalArray(decodeMember)),
};
/** A profile: only its id is checked at once. */
export const decodeProfile = rowDecoder(profileFields, ['profileId']);

/** Only saves calls: one that can't be read is as good as none, and so is an empty one unless the profile says that it has no children. */
function inheritedByIds(profile: JsonObject, at: Place): readonly string[] | null {
  const ids = valueOrError(() => member(profile, 'access_profiles_inherited_by', optionalIdSet, at));
  if (ids instanceof GatewayError) return null;
  return ids?.length === 0 && profile['inherited_by_other_profiles'] !== false ? null : ids;
}

/** A profile without the number has it in its version. */
function currentVersionNumber(profile: JsonObject, at: Place): number | null {
  const number = member(profile, 'current_version_number', positiveInteger, at);
  return number ?? member(profile, 'current_version', versionNumber, at);
}

const versionNumber: Decoder<number | null> = (version, at) => {
  if (!isJsonObject(version)) return positiveInteger(version, at);
  return isUnset(version) ? null : versionNumberOf(version, at);
};

/** `current_version` is the version's body in lists and its bare number in the curated label reply (API notes §9.3). */
function currentVersion(profile: JsonObject, at: Place): Version | null {
  const version = profile['current_version'];
  if (!isJsonObject(version)) {
    member(profile, 'current_version', positiveInteger, at);
    return null;
  }
  return isUnset(version) ? null : versionOf(profile, at)(version, at.at('current_version'));
}

function versionOf(profile: JsonObject, at: Place): Decoder<Version> {
  const number = () => member(profile, 'current_version_number', positiveInteger, at);
  return versionDecoder(member(profile, 'id', id, at), number);
}

/** proto3 JSON may print an unset message as one whose fields are all empty; its enum then still has a name. */
function isUnset(message: JsonObject): boolean {
  // Asked of every profile of every page, and answered by the first field that says something.
  for (const key in message) if (key !== 'state' && message[key] && !isEmptyObject(message[key])) return false;
  return true;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** E3's reply: the profile and, by the generated documentation, its first version beside it (API notes §1.2). */
export const decodeCreatedProfile: Decoder<Profile> = (value, at) => {
  const body = jsonObject(value, at);
  const isWrapped = isJsonObject(body['value']);
  const profile = isWrapped ? body['value'] : body;
  const version = body['version'];
  const own = isJsonObject(profile) ? profile['current_version'] : null;
  const hasOwn = isJsonObject(own) && !isUnset(own);
  const decode = hasOwn || !isJsonObject(version) ? decodeProfile : withVersion(version, at.at('version'));
  return decode(profile, isWrapped ? at.at('value') : at);
};

/** A profile whose version stands elsewhere. */
function withVersion(version: JsonObject, versionAt: Place): Decoder<Profile> {
  const read = (profile: JsonObject, at: Place): Version => versionOf(profile, at)(version, versionAt);
  return rowDecoder<Profile>(
    {
      ...profileFields,
      currentVersion: { key: 'version', type: 'object', read },
      currentVersionNumber: { key: 'version', type: 'int32', read: (...row) => read(...row).versionNumber },
    },
    ['profileId'],
  );
}
