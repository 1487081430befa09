import type { Entitlement, GrantCondition, StringMap, SyncIdentityAction } from '../model/entitlement.ts';
import {
  type Decoder,
  id,
  jsonObject,
  openEnum,
  optional,
  optionalBoolean,
  optionalReference,
  optionalText,
  text,
} from './decode.ts';
import { exactFormOf } from './exact-numbers.ts';
import { type Fields, field, rowDecoder } from './row.ts';

/** `custom_properties`; numbers and booleans are taken as their text, since some senders don't quote them. */
export const decodeStringMap: Decoder<StringMap> = (value, at) => {
  const properties: Record<string, string> = Object.create(null);
  for (const [key, each] of Object.entries(jsonObject(value, at))) {
    if (typeof each === 'string') properties[key] = each;
    else if (typeof each === 'number' || typeof each === 'boolean') properties[key] = String(each);
    else if (each !== null) throw at.at(key).unexpected('a string', each);
  }
  return properties;
};

export const actionFields: Fields<SyncIdentityAction> = {
  policyId: field('policy_id', 'string', text),
  name: field('name', 'string', text),
};
const decodeAction = rowDecoder(actionFields);

/** null where no field is set: proto3 JSON that emits zero values prints an unset message as one whose fields are empty. */
export const decodeSyncIdentityAction: Decoder<SyncIdentityAction | null> = (value, at) => {
  const action = jsonObject(value, at);
  return isBlank(action['policy_id']) && isBlank(action['name']) ? null : decodeAction(action, at);
};

export const conditionFields: Fields<GrantCondition> = {
  type: field('type', 'enum', openEnum),
  conditionString: field('condition_string', 'string', optionalText),
};
const decodeCondition = rowDecoder(conditionFields);

/** A condition; null where none of its fields is set, as with the sync action above. */
export const decodeGrantCondition: Decoder<GrantCondition | null> = (value, at) => {
  const condition = jsonObject(value, at);
  return isBlank(condition['type']) && isBlank(condition['condition_string']) ? null : decodeCondition(condition, at);
};

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** An element of `entities_to_create_relationships_to` (API notes §1.4). */
export const entitlementFields: Fields<Omit<Entitlement, 'wire'>> = {
  entityType: field('entity_type', 'string', text),
  datasourceId: field('datasource_id', 'string', text),
  entityId: field('entity_id', 'string', id),
  assignedToEntityType: field('assigned_to_entity_type', 'string', optionalReference),
  assignedToEntityId: field('assigned_to_entity_id', 'string', optionalReference),
  grantBy: field('grant_by', 'enum', openEnum),
  createdByAccessProfile: field('created_by_access_profile', 'bool', optionalBoolean),
  customProperties: field('custom_properties', 'map', optional(decodeStringMap)),
  syncIdentityAction: field('sync_identity_action', 'object', optional(decodeSyncIdentityAction)),
  condition: field('condition', 'object', optional(decodeGrantCondition)),
  createEntitlementDetailId: field('create_entitlement_detail_id', 'string', optionalReference),
  createdAt: field('created_at', 'date-time', optionalReference),
  entityName: field('entity_name', 'string', optionalReference),
  nativeId: field('native_id', 'string', optionalReference),
  providerId: field('provider_id', 'string', optionalReference),
  providerExternalId: field('provider_external_id', 'string', optionalReference),
  extractionDatasourceId: field('extraction_datasource_id', 'string', optionalReference),
};

/** An entitlement is known by its key (`entitlementKey`), so one whose key can't be read fails as a whole. */
export const decodeEntitlement = rowDecoder<Entitlement>(
  { ...entitlementFields, wire: { key: '', type: 'object', read: exactFormOf } },
  ['entityType', 'datasourceId', 'entityId', 'assignedToEntityType', 'assignedToEntityId'],
);
