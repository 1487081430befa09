import { directParentIds, type Profile } from '../model/profile.ts';
import type { AttributeValue } from '../scim/value.ts';

type Read = (profile: Profile) => AttributeValue;

const attributes: Readonly<Record<string, Read>> = {
  id: (profile) => profile.profileId,
  name: (profile) => profile.name,
  description: (profile) => profile.description,
  state: (profile) => profile.state,
  profile_type: (profile) => profile.typeId,
  labels: (profile) => profile.labels,
  integrations: (profile) => profile.integrations,
  provider_ids: (profile) => profile.providerIds,
  provider_external_ids: (profile) => profile.providerExternalIds,
  datasource_ids: (profile) => profile.datasourceIds,
  used_by_workflow: (profile) => profile.usedByWorkflow,
  requestable: (profile) => profile.requestable,
  require_approval_to_start: (profile) => profile.requireApprovalToStart,
  access_request_policy_id: (profile) => profile.accessRequestPolicyId,
  access_profiles_inherited: directParentIds,
  started_at: (profile) => profile.startedAt,
  started_by: (profile) => profile.startedBy,
  last_synced_at: (profile) => profile.lastSyncedAt,
  last_sync_error_message: (profile) => profile.lastSyncErrorMessage,
  created_at: (profile) => profile.createdAt,
  created_by: (profile) => profile.createdBy,
  updated_at: (profile) => profile.updatedAt,
};

/**
 * The attributes of a profile that a raw SCIM filter may name, by the API's spelling. All of them can be checked in the
 * gateway, so that no answer hangs on whether the API takes the attribute, refuses it or ignores it.
 */
export const profileAttributes: ReadonlyMap<string, Read> = new Map(Object.entries(attributes));

/** Those that hold ids, in which letter case counts everywhere (RFC 7643 §3.1 for `id`). */
export const idAttributes: ReadonlySet<string> = new Set([
  'id',
  'profile_type',
  'provider_ids',
  'datasource_ids',
  'access_profiles_inherited',
  'access_request_policy_id',
]);

/** Those that hold one text or id, so that there is one way to read `eq`, `co`, `sw` and `ew`, but for letter case. */
export const textAttributes: ReadonlySet<string> = new Set([
  'id',
  'profile_type',
  'access_request_policy_id',
  'name',
  'description',
  'state',
]);
