import { directParentIds, type Profile } from '../model/profile.ts';
import type { CompareOperator } from '../scim/ast.ts';
import type { AttributeValue } from '../scim/value.ts';

/** The type of one value of an attribute; letter case counts in ids (RFC 7643 §3.1) and nowhere else. */
export type AttributeType = 'id' | 'text' | 'enum' | 'boolean' | 'instant';

/** One attribute of a profile that a filter may name. */
export interface FilterAttribute {
  /** The API's name for it, which a SCIM filter uses. */
  readonly scim: string;
  /** The member of GraphQL's `AccessProfileFilter`; null: only `scimFilter` has it. */
  readonly field: string | null;
  readonly type: AttributeType;
  /** Whether a profile has any number of values. */
  readonly isList: boolean;
  /** Operators that the documents of `GET access_profiles` offer (API notes §3.1): the API filters, no page is read in vain. */
  readonly documented: readonly CompareOperator[];
  readonly read: (profile: Profile) => AttributeValue;
}

/** The ids of the profiles that a profile inherits from, by the API's spelling. */
export const parentIdsAttribute = 'access_profiles_inherited';

const one = (
  scim: string,
  field: string | null,
  type: AttributeType,
  read: FilterAttribute['read'],
  documented: readonly CompareOperator[] = [],
): FilterAttribute => ({ scim, field, type, isList: false, documented, read });

const list = (
  scim: string,
  field: string | null,
  type: AttributeType,
  read: FilterAttribute['read'],
  documented: readonly CompareOperator[] = [],
): FilterAttribute => ({ scim, field, type, isList: true, documented, read });

/**
 * Everything that is known of the attributes to filter by: the raw filter, the typed filter, the planner, the probe and the
 * cost model read it here. All of them can be checked in the gateway, so no answer depends on what the API makes of one.
 */
export const filterAttributes: readonly FilterAttribute[] = [
  one('id', 'id', 'id', (profile) => profile.profileId),
  one('name', 'name', 'text', (profile) => profile.name),
  one('description', 'description', 'text', (profile) => profile.description),
  one('state', 'state', 'enum', (profile) => profile.state),
  one('profile_type', 'type', 'id', (profile) => profile.typeId, ['eq']),
  list('labels', 'labels', 'text', (profile) => profile.labels, ['co']),
  list('integrations', 'integrations', 'text', (profile) => profile.integrations, ['co', 'eq']),
  list('provider_ids', 'providerIds', 'id', (profile) => profile.providerIds, ['co']),
  list('provider_external_ids', null, 'text', (profile) => profile.providerExternalIds),
  list('datasource_ids', 'datasourceIds', 'id', (profile) => profile.datasourceIds),
  one('used_by_workflow', 'usedByWorkflow', 'boolean', (profile) => profile.usedByWorkflow),
  one('requestable', 'requestable', 'boolean', (profile) => profile.requestable),
  one('require_approval_to_start', null, 'boolean', (profile) => profile.requireApprovalToStart),
  one('access_request_policy_id', null, 'id', (profile) => profile.accessRequestPolicyId),
  list(parentIdsAttribute, 'inheritsFrom', 'id', directParentIds),
  one('started_at', null, 'instant', (profile) => profile.startedAt),
  one('started_by', null, 'text', (profile) => profile.startedBy),
  one('last_synced_at', null, 'instant', (profile) => profile.lastSyncedAt),
  one('last_sync_error_message', null, 'text', (profile) => profile.lastSyncErrorMessage),
  one('created_at', 'createdAt', 'instant', (profile) => profile.createdAt),
  one('created_by', 'createdBy', 'text', (profile) => profile.createdBy),
  one('updated_at', 'updatedAt', 'instant', (profile) => profile.updatedAt),
];

const byName: ReadonlyMap<string, FilterAttribute> = new Map(filterAttributes.map((each) => [each.scim, each]));
const byField: ReadonlyMap<string | null, FilterAttribute> = new Map(
  filterAttributes.map((each) => [each.field, each]),
);

/** An attribute by the API's spelling. */
export function attributeNamed(scim: string): FilterAttribute | undefined {
  return byName.get(scim);
}

/** An attribute by its member of `AccessProfileFilter`. */
export function attributeOfField(field: string): FilterAttribute | undefined {
  return byField.get(field);
}

/** Reads each attribute, by the API's spelling. */
export const profileAttributes: ReadonlyMap<string, FilterAttribute['read']> = new Map(
  filterAttributes.map(({ scim, read }) => [scim, read]),
);

/** Those that hold ids, in which letter case counts everywhere (RFC 7643 §3.1 for `id`). */
export const idAttributes: ReadonlySet<string> = namesOf(({ type }) => type === 'id');

/** Those that hold one text or id, so that there is one way to read `eq`, `co`, `sw` and `ew`, but for letter case. */
export const textAttributes: ReadonlySet<string> = namesOf(
  ({ type, isList }) => !isList && (type === 'id' || type === 'text' || type === 'enum'),
);

function namesOf(has: (attribute: FilterAttribute) => boolean): ReadonlySet<string> {
  return new Set(filterAttributes.filter(has).map(({ scim }) => scim));
}
