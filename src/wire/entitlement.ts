import type { Entitlement, GrantCondition, StringMap, SyncIdentityAction } from '../model/entitlement.ts';
import {
  DecodeError,
  type Decoder,
  field,
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

/** `custom_properties`; numbers and booleans are taken as their text, since some senders don't quote them. */
export const decodeStringMap: Decoder<StringMap> = (value, notes) => {
  const properties: Record<string, string> = Object.create(null);
  for (const [key, member] of Object.entries(jsonObject(value, notes))) {
    if (typeof member === 'string') properties[key] = member;
    else if (typeof member === 'number' || typeof member === 'boolean') properties[key] = String(member);
    else if (member !== null) throw new DecodeError('a string', member).under(key);
  }
  return properties;
};

export const decodeSyncIdentityAction: Decoder<SyncIdentityAction | null> = (value, notes) => {
  const action = jsonObject(value, notes);
  const policyId = field(action, 'policy_id', text, notes);
  const name = field(action, 'name', text, notes);
  // proto3 JSON that emits zero values prints an unset message as one whose fields are empty.
  return policyId === '' && name === '' ? null : { policyId, name };
};

/** A condition; null where none of its fields is set, as with the sync action above. */
export const decodeGrantCondition: Decoder<GrantCondition | null> = (value, notes) => {
  const condition = jsonObject(value, notes);
  const type = field(condition, 'type', openEnum, notes);
  const conditionString = field(condition, 'condition_string', optionalText, notes);
  return type === null && !conditionString ? null : { type, conditionString };
};

/** An element of `entities_to_create_relationships_to` (API notes §1.4). */
export const decodeEntitlement: Decoder<Entitlement> = (value, notes) => {
  const entity = jsonObject(value, notes);
  return {
    entityType: field(entity, 'entity_type', text, notes),
    datasourceId: field(entity, 'datasource_id', text, notes),
    entityId: field(entity, 'entity_id', id, notes),
    assignedToEntityType: field(entity, 'assigned_to_entity_type', optionalReference, notes),
    assignedToEntityId: field(entity, 'assigned_to_entity_id', optionalReference, notes),
    grantBy: field(entity, 'grant_by', openEnum, notes),
    createdByAccessProfile: field(entity, 'created_by_access_profile', optionalBoolean, notes),
    customProperties: field(entity, 'custom_properties', optional(decodeStringMap), notes),
    syncIdentityAction: field(entity, 'sync_identity_action', optional(decodeSyncIdentityAction), notes),
    condition: field(entity, 'condition', optional(decodeGrantCondition), notes),
    entityName: field(entity, 'entity_name', optionalReference, notes),
    nativeId: field(entity, 'native_id', optionalReference, notes),
    providerId: field(entity, 'provider_id', optionalReference, notes),
    providerExternalId: field(entity, 'provider_external_id', optionalReference, notes),
    wire: exactFormOf(entity),
  };
};
