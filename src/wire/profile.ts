import { type CatalogItem, type Profile, profileStates } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import {
  type DecodeNotes,
  type Decoder,
  enumeration,
  field,
  id,
  isJsonObject,
  type JsonObject,
  jsonObject,
  optional,
  optionalArray,
  optionalBoolean,
  optionalIdSet,
  optionalReference,
  optionalText,
  positiveInteger,
  text,
  texts,
} from './decode.ts';
import { decodeStringMap } from './entitlement.ts';
import { decodeMember } from './member.ts';
import { decodeVersionOf } from './version.ts';

/** The documented order (§2): INITIAL, RUNNING, PAUSED, DRY_RUN, PENDING. */
const decodeProfileState = enumeration('AccessProfileState', profileStates.slice(0, 5));
const decodeMembers = optionalArray(decodeMember);

const decodeCatalogItem: Decoder<CatalogItem> = (value, notes) => {
  const item = jsonObject(value, notes);
  return {
    name: field(item, 'name', optionalText, notes),
    description: field(item, 'description', optionalText, notes),
    markdownDescription: field(item, 'markdown_description', optionalText, notes),
    icon: field(item, 'icon', optionalText, notes),
    recommended: field(item, 'recommended', optionalBoolean, notes),
  };
};

/** An access profile, as every operation that answers one prints it (§1.3). */
export const decodeProfile: Decoder<Profile> = (value, notes) => {
  const profile = jsonObject(value, notes);
  const profileId = field(profile, 'id', id, notes);
  const { currentVersionNumber, currentVersion } = decodeCurrentVersion(profile, profileId, notes);
  return {
    profileId,
    name: field(profile, 'name', text, notes),
    description: field(profile, 'description', optionalText, notes),
    state: field(profile, 'state', decodeProfileState, notes),
    typeId: field(profile, 'profile_type', optionalReference, notes),
    labels: field(profile, 'labels', texts, notes),
    integrations: field(profile, 'integrations', texts, notes),
    providerIds: field(profile, 'provider_ids', texts, notes),
    providerExternalIds: field(profile, 'provider_external_ids', texts, notes),
    datasourceIds: field(profile, 'datasource_ids', texts, notes),
    usedByWorkflow: field(profile, 'used_by_workflow', optionalBoolean, notes),
    requestable: field(profile, 'requestable', optionalBoolean, notes),
    requireApprovalToStart: field(profile, 'require_approval_to_start', optionalBoolean, notes),
    catalogItem: field(profile, 'catalog_item_info', optional(decodeCatalogItem), notes),
    accessRequestPolicyId: field(profile, 'access_request_policy_id', optionalReference, notes),
    customProperties: field(profile, 'custom_properties', optional(decodeStringMap), notes),
    startedAt: field(profile, 'started_at', optionalReference, notes),
    startedBy: field(profile, 'started_by', optionalReference, notes),
    lastSyncedAt: field(profile, 'last_synced_at', optionalReference, notes),
    lastSyncErrorMessage: field(profile, 'last_sync_error_message', optionalReference, notes),
    createdAt: field(profile, 'created_at', optionalReference, notes),
    createdBy: field(profile, 'created_by', optionalReference, notes),
    updatedAt: field(profile, 'updated_at', optionalReference, notes),
    currentVersionNumber,
    draftVersionNumber: field(profile, 'draft_version_number', positiveInteger, notes),
    currentVersion,
    inheritedIds: field(profile, 'access_profiles_inherited', optionalIdSet, notes),
    inheritedByIds: field(profile, 'access_profiles_inherited_by', optionalIdSet, notes),
    memberDetails: field(profile, 'member_details', decodeMembers, notes),
  };
};

/** `current_version` is the version's body in lists and its bare number in the curated label reply (§9.3). */
function decodeCurrentVersion(
  profile: JsonObject,
  profileId: string,
  notes: DecodeNotes,
): { currentVersionNumber: number | null; currentVersion: Version | null } {
  const number = field(profile, 'current_version_number', positiveInteger, notes);
  const sent = profile['current_version'];
  if (isJsonObject(sent) && isUnset(sent)) return { currentVersionNumber: number, currentVersion: null };
  if (!isJsonObject(sent)) {
    const bare = field(profile, 'current_version', positiveInteger, notes);
    return { currentVersionNumber: number ?? bare, currentVersion: null };
  }
  const decode: Decoder<Version> = (value, inner) => decodeVersionOf(value, inner, profileId, number);
  const currentVersion = field(profile, 'current_version', decode, notes);
  return { currentVersionNumber: number ?? currentVersion.versionNumber, currentVersion };
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

/** E3's reply by the generated documentation: the profile and, beside it, its first version (§1.2). */
export const decodeCreatedProfile: Decoder<Profile> = (value, notes) => {
  const body = jsonObject(value, notes);
  const created = isJsonObject(body['value']) ? field(body, 'value', decodeProfile, notes) : decodeProfile(body, notes);
  if (created.currentVersion !== null || !isJsonObject(body['version'])) return created;
  const decode: Decoder<Version> = (version, inner) =>
    decodeVersionOf(version, inner, created.profileId, created.currentVersionNumber);
  const currentVersion = field(body, 'version', decode, notes);
  return { ...created, currentVersion, currentVersionNumber: currentVersion.versionNumber };
};
