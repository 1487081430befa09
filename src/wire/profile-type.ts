import type { AttributeTransformer, CreateEntitlement, ProfileType } from '../model/profile-type.ts';
import {
  array,
  type Decoder,
  flag,
  id,
  idSet,
  isJsonObject,
  member,
  openEnum,
  optional,
  optionalBoolean,
  optionalInteger,
  optionalReference,
  optionalText,
  positiveInteger,
  text,
  texts,
} from './decode.ts';
import { decodeGrantCondition } from './entitlement.ts';
import { type Fields, field, rowDecoder } from './row.ts';

/** A naming rule, or one for an attribute of a created entitlement (API notes §1.5). */
export const transformerFields: Fields<AttributeTransformer> = {
  destinationAttribute: field('destination_attribute', 'string', optionalText),
  destinationValueFormatter: field('destination_value_formatter', 'string', optionalText),
  continuousSync: field('continuous_sync', 'bool', optionalBoolean),
  additionalValueFormatter: field('additional_value_formatter', 'string[]', texts),
  pipelineFunctions: field('pipeline_functions', 'string', optionalText),
  uniqueIdentifier: field('unique_identifier', 'bool', optionalBoolean),
};
const decodeTransformer = rowDecoder(transformerFields);
const decodeTransformers = array(decodeTransformer);

/** Documented as `{ "values": [...] }` (API notes §1.5); a bare array reads the same. */
const decodeWrappedTransformers: Decoder<readonly AttributeTransformer[]> = (value, at) =>
  isJsonObject(value) ? member(value, 'values', decodeTransformers, at) : decodeTransformers(value, at);

/** An entitlement that the API creates for each profile of a type (API notes §1.5). */
export const createEntitlementFields: Fields<CreateEntitlement> = {
  datasourceId: field('datasource_id', 'string', optionalReference),
  entityType: field('entity_type', 'string', optionalReference),
  attributeTransformers: field('attribute_transformers', 'object', decodeWrappedTransformers),
  addMemberCondition: field('add_member_condition', 'object', optional(decodeGrantCondition)),
  createdEntityId: field('created_entity_id', 'string', optionalReference),
  accessRequestId: field('access_request_id', 'string', optionalReference),
  createEntitlementId: field('id', 'string', optionalReference),
  lastSyncJobId: field('last_sync_job_id', 'string', optionalReference),
};

export const decodeCreateEntitlement = rowDecoder(createEntitlementFields);

/** An access profile type (API notes §1.5). */
export const profileTypeFields: Fields<ProfileType> = {
  typeId: field('id', 'string', id),
  name: field('name', 'string', text),
  description: field('description', 'string', optionalText),
  allowInheritEntities: field('allow_inherit_entities', 'bool', flag),
  allowInheritedFromTypeIds: field('allow_inherited_from_types', 'string[]', idSet),
  allowCreateRelationships: field('allow_create_relationships', 'bool', flag),
  requireSingleDatasource: field('require_single_datasource', 'bool', flag),
  requireSingleIntegration: field('require_single_integration', 'bool', flag),
  addIntegrationPrefixToAccessProfileNames: field('add_integration_prefix_to_access_profile_names', 'bool', flag),
  maxEntitlements: field('max_entitlements', 'int32', positiveInteger),
  createEntitlementBasedOnProfile: field('create_entitlement_based_on_profile', 'bool', flag),
  createEntitlements: field('create_entitlements', 'object[]', array(decodeCreateEntitlement)),
  noEntitlements: field('no_entitlements', 'bool', flag),
  enabled: field('enabled', 'bool', optionalBoolean),
  onCreateBehavior: field('on_create_behavior', 'enum', openEnum),
  instructions: field('instructions', 'string', optionalText),
  timeBeforeSyncCheckInSeconds: field('time_before_sync_check_in_seconds', 'int64', optionalInteger),
  accessRequestPolicyId: field('access_request_policy_id', 'string', optionalReference),
  allowOverwriteOfAccessRequestPolicy: field('allow_overwrite_of_access_request_policy', 'bool', flag),
  nameTransformer: field('name_transformer', 'object', optional(decodeTransformer)),
  removeEntitlementOnMemberUponUpdate: field('remove_entitlement_on_member_upon_update', 'bool', flag),
  integrations: field('integrations', 'string[]', texts),
  rbacId: field('rbac_id', 'string', optionalReference),
  profilesCount: field('profiles_count', 'int32', optionalInteger),
  createdAt: field('created_at', 'date-time', optionalReference),
  updatedAt: field('updated_at', 'date-time', optionalReference),
};
export const decodeProfileType = rowDecoder(profileTypeFields, ['typeId']);
