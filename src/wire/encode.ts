import type {
  AttributeTransformerInput,
  CatalogItemInput,
  CreateEntitlementInput,
  CreateProfileInput,
  CreateProfileTypeInput,
  EntitlementInput,
  GrantConditionInput,
  Maybe,
} from '../model/change-input.ts';
import type { Entitlement, SyncIdentityAction } from '../model/entitlement.ts';
import type { JsonObject } from './decode.ts';

/**
 * Request bodies. Only what the caller named is in them: a PATCH without `update_mask` most likely takes its keys for the
 * mask (API notes §1.3). Enums go out as names, and nothing the API calls read-only goes out at all.
 */

/** The members that are there; undefined ones were not named. */
function named(members: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function each<T>(values: Maybe<readonly T[]>, encode: (value: T) => unknown): unknown {
  return values === null || values === undefined ? values : values.map(encode);
}

function one<T>(value: Maybe<T>, encode: (value: T) => unknown): unknown {
  return value === null || value === undefined ? value : encode(value);
}

function encodeAction({ policyId, name }: SyncIdentityAction): JsonObject {
  return { policy_id: policyId, name };
}

function encodeCondition({ type, conditionString }: GrantConditionInput): JsonObject {
  return named({ type: enumValue(type), condition_string: conditionString });
}

/** An open enum that was read as a number is written as one again. */
function enumValue(value: Maybe<string>): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

export function encodeEntitlement(entitlement: EntitlementInput): JsonObject {
  return named({
    entity_type: entitlement.entityType,
    datasource_id: entitlement.datasourceId,
    entity_id: entitlement.entityId,
    assigned_to_entity_type: entitlement.assignedToEntityType,
    assigned_to_entity_id: entitlement.assignedToEntityId,
    grant_by: enumValue(entitlement.grantBy),
    created_by_access_profile: entitlement.createdByAccessProfile,
    custom_properties: entitlement.customProperties,
    sync_identity_action: one(entitlement.syncIdentityAction, encodeAction),
    condition: one(entitlement.condition, encodeCondition),
  });
}

/** Answered with an entity, and not accepted with one (§1.4); `entity_extra_info` fills some of them. */
const readOnlyEntityFields = new Set([
  'extraction_datasource_id',
  'provider_id',
  'provider_external_id',
  'entity_name',
  'native_id',
  'create_entitlement_detail_id',
  'created_at',
]);

/** A grant that stays as it is in a list that is sent back: with the fields this gateway doesn't know. */
export function encodeKeptEntitlement({ wire }: Entitlement): JsonObject {
  return Object.fromEntries(Object.entries(wire).filter(([key]) => !readOnlyEntityFields.has(key)));
}

function encodeTransformer(transformer: AttributeTransformerInput): JsonObject {
  return named({
    destination_attribute: transformer.destinationAttribute,
    destination_value_formatter: transformer.destinationValueFormatter,
    continuous_sync: transformer.continuousSync,
    additional_value_formatter: transformer.additionalValueFormatter,
    pipeline_functions: transformer.pipelineFunctions,
    unique_identifier: transformer.uniqueIdentifier,
  });
}

function encodeCreateEntitlement(entitlement: CreateEntitlementInput): JsonObject {
  return named({
    datasource_id: entitlement.datasourceId,
    entity_type: entitlement.entityType,
    attribute_transformers: one(entitlement.attributeTransformers, (values) => ({
      values: values.map(encodeTransformer),
    })),
    add_member_condition: one(entitlement.addMemberCondition, encodeCondition),
  });
}

/** The body of E1. */
export function encodeProfileType(type: CreateProfileTypeInput): JsonObject {
  return named({
    name: type.name,
    description: type.description,
    allow_inherit_entities: type.allowInheritEntities,
    allow_inherited_from_types: type.allowInheritedFromTypes,
    allow_create_relationships: type.allowCreateRelationships,
    require_single_datasource: type.requireSingleDatasource,
    require_single_integration: type.requireSingleIntegration,
    add_integration_prefix_to_access_profile_names: type.addIntegrationPrefixToAccessProfileNames,
    max_entitlements: type.maxEntitlements,
    create_entitlement_based_on_profile: type.createEntitlementBasedOnProfile,
    create_entitlements: each(type.createEntitlements, encodeCreateEntitlement),
    no_entitlements: type.noEntitlements,
    on_create_behavior: enumValue(type.onCreateBehavior),
    instructions: type.instructions,
    // proto3 JSON takes an int64 as a number or a string; the documentation shows both.
    time_before_sync_check_in_seconds: type.timeBeforeSyncCheckInSeconds,
    access_request_policy_id: type.accessRequestPolicyId,
    allow_overwrite_of_access_request_policy: type.allowOverwriteOfAccessRequestPolicy,
    name_transformer: one(type.nameTransformer, encodeTransformer),
    remove_entitlement_on_member_upon_update: type.removeEntitlementOnMemberUponUpdate,
  });
}

/** The body of E3. */
export function encodeProfile(profile: CreateProfileInput): JsonObject {
  return named({
    name: profile.name,
    description: profile.description,
    state: profile.state,
    profile_type: profile.type,
    entities_to_create_relationships_to: each(profile.entitlements, encodeEntitlement),
    inherit_entities_from_access_profiles: profile.inheritsFrom,
    labels: profile.labels,
    access_request_policy_id: profile.accessRequestPolicyId,
    application_datasource_id: profile.applicationDatasourceId,
    application_sync_identity_action: one(profile.applicationSyncIdentityAction, encodeAction),
    custom_properties: profile.customProperties,
  });
}

export interface ProfileChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly state?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly datasourceIds?: readonly string[] | undefined;
  readonly requireApprovalToStart?: boolean | undefined;
  readonly catalogItem?: CatalogItemInput | null | undefined;
  readonly customProperties?: Readonly<Record<string, string>> | undefined;
}

/** The body of E5. */
export function encodeProfileChanges(changes: ProfileChanges): JsonObject {
  return named({
    name: changes.name,
    description: changes.description,
    state: changes.state,
    labels: changes.labels,
    datasource_ids: changes.datasourceIds,
    require_approval_to_start: changes.requireApprovalToStart,
    catalog_item_info: one(changes.catalogItem, (item) =>
      named({
        name: item.name,
        description: item.description,
        markdown_description: item.markdownDescription,
        icon: item.icon,
        recommended: item.recommended,
      }),
    ),
    custom_properties: changes.customProperties,
  });
}

export interface VersionChanges {
  readonly state?: string | undefined;
  /** Each encoded already: kept ones with what this gateway doesn't know of them. */
  readonly entitlements?: readonly JsonObject[] | undefined;
  readonly inheritsFrom?: readonly string[] | undefined;
  readonly accessRequestPolicyId?: string | undefined;
  readonly applicationDatasourceId?: string | undefined;
  readonly applicationSyncIdentityAction?: SyncIdentityAction | null | undefined;
}

/** The body of E6. Its lists replace those of the version (§1.4). */
export function encodeVersionChanges(changes: VersionChanges): JsonObject {
  return named({
    state: changes.state,
    entities_to_create_relationships_to: changes.entitlements,
    inherit_entities_from_access_profiles: changes.inheritsFrom,
    access_request_policy_id: changes.accessRequestPolicyId,
    application_datasource_id: changes.applicationDatasourceId,
    application_sync_identity_action: one(changes.applicationSyncIdentityAction, encodeAction),
  });
}

/**
 * The way in which a change names its fields: by the keys of its body alone, or by an `update_mask` as well, whose paths
 * may have to begin with `value.` (API notes §1.3: unknown).
 */
export type MaskForm = 'none' | 'plain' | 'nested';

/** The `update_mask` for a body; null: none is sent. */
export function encodeUpdateMask(form: MaskForm, body: JsonObject): string | null {
  if (form === 'none') return null;
  return Object.keys(body)
    .map((field) => (form === 'nested' ? `value.${field}` : field))
    .join(',');
}

export interface MembershipChangeRequest {
  readonly profileId: string;
  readonly versionNumber: number;
  readonly type: 'ADD' | 'REMOVE';
  readonly identityIds: readonly string[];
}

/** The body of E8. */
export function encodeMembershipChange(change: MembershipChangeRequest): JsonObject {
  return {
    access_profile_id: change.profileId,
    version_number: change.versionNumber,
    type: change.type,
    identity_ids: change.identityIds,
  };
}
