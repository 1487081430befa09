/** The records of the sandbox, spelled as the REST API spells them. Records are never changed, only replaced. */

// Names in declaration order; the position is the integer of `integerEnums` (INF, weak: API notes §2).
export const profileStates = ['INITIAL', 'RUNNING', 'PAUSED', 'DRY_RUN', 'PENDING'] as const;
export type ProfileState = (typeof profileStates)[number];
export const versionStates = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const;
export type VersionState = (typeof versionStates)[number];
export const memberOrigins = ['OTHER', 'ACCESS_PROFILE_MEMBERSHIP', 'BIRTHRIGHT'] as const;
export type MemberOrigin = (typeof memberOrigins)[number];
export const memberUpdates = ['ADD', 'REMOVE'] as const;

export type StringMap = Readonly<Record<string, string>>;

/** UNK names (API notes §2: `grant_by`, `condition.type`): what was sent is what is answered. */
export type OpaqueEnum = string | number;

export interface SyncIdentityAction {
  readonly policy_id: string;
  readonly name: string;
}

export interface Condition {
  readonly type: OpaqueEnum;
  readonly condition_string: string;
}

export interface Entity {
  readonly entity_type: string;
  readonly datasource_id: string;
  readonly entity_id: string;
  readonly assigned_to_entity_type?: string;
  readonly assigned_to_entity_id?: string;
  readonly grant_by?: OpaqueEnum;
  readonly created_by_access_profile?: boolean;
  readonly custom_properties?: StringMap;
  readonly sync_identity_action?: SyncIdentityAction;
  readonly condition?: Condition;
  /** Known to the server only, and told with `entity_extra_info`. */
  readonly entity_name?: string;
  readonly native_id?: string;
}

export interface MemberRecord {
  readonly identity_id: string;
  readonly created_from: MemberOrigin;
  readonly workflow: string;
}

export interface VersionRecord {
  readonly version_number: number;
  readonly state: VersionState;
  readonly entities_to_create_relationships_to: readonly Entity[];
  readonly inherit_entities_from_access_profiles: readonly string[];
  readonly members: readonly MemberRecord[];
  readonly access_request_policy_id: string;
  readonly application_datasource_id: string;
  readonly application_sync_identity_action: SyncIdentityAction | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly published_by: string;
  readonly published_at: string | null;
}

export interface CatalogItemInfo {
  readonly name: string;
  readonly description: string;
  readonly markdown_description: string;
  readonly icon: string;
  readonly recommended: boolean;
}

export interface ProfileRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly state: ProfileState;
  readonly profile_type: string;
  readonly current_version_number: number;
  readonly draft_version_number: number;
  readonly versions: readonly VersionRecord[];
  readonly used_by_workflow: boolean;
  readonly labels: readonly string[];
  /** Those written through E5; the data sources of the entities are added when it is presented. */
  readonly datasource_ids: readonly string[];
  readonly requestable: boolean;
  readonly require_approval_to_start: boolean;
  readonly started_at: string | null;
  readonly started_by: string;
  readonly catalog_item_info: CatalogItemInfo | null;
  readonly last_synced_at: string | null;
  readonly last_sync_job_ids: readonly string[];
  readonly last_sync_error_message: string;
  readonly identity_created_by: string;
  readonly profile_type_rbac_id: string;
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly custom_properties: StringMap;
}

export interface Transformer {
  readonly destination_attribute: string;
  readonly destination_value_formatter: string;
  readonly continuous_sync: boolean;
  readonly additional_value_formatter: readonly string[];
  readonly pipeline_functions: string;
  readonly unique_identifier: boolean;
}

export interface CreateEntitlement {
  readonly datasource_id: string;
  readonly entity_type: string;
  readonly attribute_transformers: { readonly values: readonly Transformer[] } | null;
  readonly add_member_condition: Condition | null;
}

export interface TypeRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly allow_inherit_entities: boolean;
  readonly allow_inherited_from_types: readonly string[];
  readonly integrations: readonly string[];
  readonly allow_create_relationships: boolean;
  readonly require_single_datasource: boolean;
  readonly require_single_integration: boolean;
  readonly add_integration_prefix_to_access_profile_names: boolean;
  readonly max_entitlements: number | null;
  readonly create_entitlement_based_on_profile: boolean;
  readonly create_entitlements: readonly CreateEntitlement[];
  readonly no_entitlements: boolean;
  readonly enabled: boolean;
  readonly on_create_behavior: ProfileState;
  readonly instructions: string;
  readonly time_before_sync_check_in_seconds: number;
  readonly access_request_policy_id: string | null;
  readonly allow_overwrite_of_access_request_policy: boolean;
  readonly name_transformer: Transformer | null;
  readonly remove_entitlement_on_member_upon_update: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** In the order of the one published table of an enum (DOC: notes on neighbours §2); the last is INF by its position. */
export const actionTypes = [
  'NONE',
  'SYNC_IDENTITIES',
  'MANAGE_RELATIONSHIPS',
  'CREATE_EMAIL',
  'DEPROVISION_IDENTITY',
  'ACCESS_PLAN',
  'WRITE_BACK_EMAIL',
  'PAUSE',
  'SEND_NOTIFICATION',
  'CUSTOM_ACTION',
  'CREATE_ENTITLEMENT',
  'CREATE_ACCESS_REVIEW',
  'RESET_PASSWORD',
  'DELETE_IDENTITY',
  'SEND_REST_PAYLOAD',
] as const;
export type ActionType = (typeof actionTypes)[number];

/** A lifecycle manager data source: entities point at it, and it decides their integration and provider. */
export interface DatasourceRecord {
  readonly id: string;
  readonly name: string;
  readonly integration: string;
  readonly provider_id: string;
  readonly provider_external_id: string;
  readonly extraction_datasource_id: string;
  /** The part that lifecycle management plays in it; null: no call returns it; absent: enabled, and manages relationships. */
  readonly lifecycle?: Lifecycle | null;
}

export interface Lifecycle {
  readonly enabled: boolean;
  readonly actions: readonly ActionType[];
  /** The entity type of an identity there; absent: not a source of identities. */
  readonly identity_type?: string;
  /** The entity type of an account there. */
  readonly account_type?: string;
}

/** A person, as one policy knows them: known to two policies, they are two identities with one source record. */
export interface IdentityRecord {
  readonly id: string;
  readonly name: string;
  readonly policy_id: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly email: string;
  readonly title: string;
  readonly department: string;
  readonly active: boolean;
  readonly last_checked_at: string;
  /** The number of their profiles that `access_profile_details` shows; absent: all (the documents' example: one of two). */
  readonly details_told?: number;
  /** Their entitlements in the targets that no profile of theirs grants. */
  readonly granted_elsewhere: readonly Entity[];
  /** Entitlements of their profiles that the access graph does not show yet. */
  readonly not_yet_in_graph: readonly Entity[];
}

export interface WorkflowRecord {
  readonly name: string;
  /** Chooses its identities by a filter over the members of an identity; empty: everybody. */
  readonly trigger_string: string;
  readonly access_profile_ids: readonly string[];
  /** Absent: true. */
  readonly enabled?: boolean;
}

export interface PolicyVersionRecord {
  readonly version_number: number;
  readonly state: VersionState;
  readonly workflows: readonly WorkflowRecord[];
}

export interface PolicyRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly state: ProfileState;
  /** The entity type of its identities in their source. */
  readonly entity_type: string;
  readonly datasource_ids: readonly string[];
  readonly versions: readonly PolicyVersionRecord[];
  readonly created_by: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The first three are DOC; the rest of the list is not published (notes on neighbours §6). */
export const accessRequestStates = [
  'INITIAL',
  'WAITING_FOR_APPROVAL',
  'NEEDS_MORE_INFORMATION',
  'RUNNING',
  'COMPLETED',
  'ERRORED',
] as const;

export interface AccessRequestRecord {
  readonly id: string;
  readonly created_at: string;
  readonly access_profile_id: string;
  readonly request_type: 'GRANT' | 'REVOKE';
  readonly identity_ids: readonly string[];
  /** The systems in which something is to be done. */
  readonly datasource_ids: readonly string[];
  /** Stays so; absent: it goes on by the clock. */
  readonly state?: string;
  /** Of the first plan. */
  readonly error_message?: string;
}
