import type { AttributeTransformer, CreateEntitlement, ProfileType } from '../model/profile-type.ts';
import {
  array,
  type Decoder,
  field,
  flag,
  id,
  isJsonObject,
  jsonObject,
  openEnum,
  optional,
  optionalBoolean,
  optionalIdSet,
  optionalInteger,
  optionalReference,
  optionalText,
  positiveInteger,
  text,
  texts,
} from './decode.ts';
import { decodeGrantCondition } from './entitlement.ts';

const decodeTransformer: Decoder<AttributeTransformer> = (value, notes) => {
  const transformer = jsonObject(value, notes);
  return {
    destinationAttribute: field(transformer, 'destination_attribute', optionalText, notes),
    destinationValueFormatter: field(transformer, 'destination_value_formatter', optionalText, notes),
    continuousSync: field(transformer, 'continuous_sync', optionalBoolean, notes),
    additionalValueFormatter: field(transformer, 'additional_value_formatter', texts, notes),
    pipelineFunctions: field(transformer, 'pipeline_functions', optionalText, notes),
    uniqueIdentifier: field(transformer, 'unique_identifier', optionalBoolean, notes),
  };
};

const decodeTransformers = array(decodeTransformer);

const decodeCreateEntitlement: Decoder<CreateEntitlement> = (value, notes) => {
  const entitlement = jsonObject(value, notes);
  return {
    datasourceId: field(entitlement, 'datasource_id', optionalReference, notes),
    entityType: field(entitlement, 'entity_type', optionalReference, notes),
    attributeTransformers: field(entitlement, 'attribute_transformers', decodeWrappedTransformers, notes),
    addMemberCondition: field(entitlement, 'add_member_condition', optional(decodeGrantCondition), notes),
  };
};

/** Documented as `{ "values": [...] }` (§1.5); a bare array reads the same. */
const decodeWrappedTransformers: Decoder<readonly AttributeTransformer[]> = (value, notes) =>
  isJsonObject(value) ? field(value, 'values', decodeTransformers, notes) : decodeTransformers(value, notes);

const decodeCreateEntitlements = array(decodeCreateEntitlement);

/** An access profile type (§1.5). */
export const decodeProfileType: Decoder<ProfileType> = (value, notes) => {
  const type = jsonObject(value, notes);
  return {
    typeId: field(type, 'id', id, notes),
    name: field(type, 'name', text, notes),
    description: field(type, 'description', optionalText, notes),
    allowInheritEntities: field(type, 'allow_inherit_entities', flag, notes),
    allowInheritedFromTypeIds: field(type, 'allow_inherited_from_types', optionalIdSet, notes) ?? [],
    allowCreateRelationships: field(type, 'allow_create_relationships', flag, notes),
    requireSingleDatasource: field(type, 'require_single_datasource', flag, notes),
    requireSingleIntegration: field(type, 'require_single_integration', flag, notes),
    addIntegrationPrefixToAccessProfileNames: field(
      type,
      'add_integration_prefix_to_access_profile_names',
      flag,
      notes,
    ),
    maxEntitlements: field(type, 'max_entitlements', positiveInteger, notes),
    createEntitlementBasedOnProfile: field(type, 'create_entitlement_based_on_profile', flag, notes),
    createEntitlements: field(type, 'create_entitlements', decodeCreateEntitlements, notes),
    noEntitlements: field(type, 'no_entitlements', flag, notes),
    enabled: field(type, 'enabled', optionalBoolean, notes),
    onCreateBehavior: field(type, 'on_create_behavior', openEnum, notes),
    instructions: field(type, 'instructions', optionalText, notes),
    timeBeforeSyncCheckInSeconds: field(type, 'time_before_sync_check_in_seconds', optionalInteger, notes),
    accessRequestPolicyId: field(type, 'access_request_policy_id', optionalReference, notes),
    allowOverwriteOfAccessRequestPolicy: field(type, 'allow_overwrite_of_access_request_policy', flag, notes),
    nameTransformer: field(type, 'name_transformer', optional(decodeTransformer), notes),
    removeEntitlementOnMemberUponUpdate: field(type, 'remove_entitlement_on_member_upon_update', flag, notes),
    integrations: field(type, 'integrations', texts, notes),
    profilesCount: field(type, 'profiles_count', optionalInteger, notes),
    createdAt: field(type, 'created_at', optionalReference, notes),
    updatedAt: field(type, 'updated_at', optionalReference, notes),
  };
};
