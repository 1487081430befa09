import type {
  AccessRequestRecord,
  DatasourceRecord,
  Entity,
  IdentityRecord,
  MemberRecord,
  PolicyRecord,
  PolicyVersionRecord,
  ProfileRecord,
  TypeRecord,
  VersionRecord,
} from './record.ts';

/** A type: everything but id and name has a default that forbids nothing. */
export type WorldType = Pick<TypeRecord, 'id' | 'name'> & Partial<TypeRecord>;

/** A version: number 1, published and empty unless it says otherwise. */
export type WorldVersion = Partial<VersionRecord>;

/**
 * A profile: running unless it says otherwise. `versions` for the whole story, or `inherits`, `entities` and `members`
 * for one published version 1.
 */
export type WorldProfile = Pick<ProfileRecord, 'id' | 'name' | 'profile_type'> &
  Partial<Omit<ProfileRecord, 'versions'>> & {
    readonly versions?: readonly WorldVersion[];
    readonly inherits?: readonly string[];
    readonly entities?: readonly Entity[];
    /** Identity ids stand for members that were added by hand. */
    readonly members?: readonly (string | MemberRecord)[];
  };

/** An identity: known to the first policy, and active, unless it says otherwise. */
export type WorldIdentity = Pick<IdentityRecord, 'id' | 'name'> & Partial<IdentityRecord>;

/** A policy: running unless it says otherwise. `versions` for the whole story, or `workflows` for one published version 1. */
export type WorldPolicy = Pick<PolicyRecord, 'id' | 'name'> &
  Partial<PolicyRecord> &
  Partial<Pick<PolicyVersionRecord, 'workflows'>>;

/** All that a sandbox starts from; its own built-in company is one too. Not checked against the type rules. */
export interface World {
  readonly types: readonly WorldType[];
  readonly profiles: readonly WorldProfile[];
  readonly datasources?: readonly DatasourceRecord[];
  /** The identities that lifecycle management knows; absent: every id that is a member of a profile. */
  readonly identities?: readonly WorldIdentity[];
  readonly policies?: readonly WorldPolicy[];
  readonly accessRequests?: readonly AccessRequestRecord[];
  /** The reply of `access_profiles:available_integrations`; absent: the integrations of the data sources. */
  readonly integrations?: readonly string[];
}

/** When everything in a hand-written world was made, unless it says otherwise. */
export const worldEpoch = '2024-04-12T09:00:00.000000001Z';

export function completeType(type: WorldType): TypeRecord {
  const { id, name, ...rest } = type;
  return {
    id,
    name,
    description: '',
    allow_inherit_entities: true,
    allow_inherited_from_types: [],
    integrations: [],
    allow_create_relationships: true,
    require_single_datasource: false,
    require_single_integration: false,
    add_integration_prefix_to_access_profile_names: false,
    max_entitlements: null,
    create_entitlement_based_on_profile: false,
    create_entitlements: [],
    no_entitlements: false,
    enabled: true,
    on_create_behavior: 'INITIAL',
    instructions: '',
    time_before_sync_check_in_seconds: 0,
    access_request_policy_id: null,
    allow_overwrite_of_access_request_policy: true,
    name_transformer: null,
    remove_entitlement_on_member_upon_update: false,
    created_at: worldEpoch,
    updated_at: worldEpoch,
    ...rest,
  };
}

export function completeProfile(profile: WorldProfile): ProfileRecord {
  const { inherits = [], entities = [], members = [], versions, ...rest } = profile;
  const createdAt = profile.created_at ?? worldEpoch;
  const createdBy = profile.created_by ?? '';
  const shorthand: WorldVersion = {
    inherit_entities_from_access_profiles: inherits,
    entities_to_create_relationships_to: entities,
    members: members.map((member) => (typeof member === 'string' ? addedByHand(member) : member)),
  };
  const complete = (versions ?? [shorthand]).map((version) => completeVersion(version, createdAt, createdBy));
  const running = (profile.state ?? 'RUNNING') === 'RUNNING';
  return {
    description: '',
    state: 'RUNNING',
    current_version_number: complete.find((version) => version.state === 'PUBLISHED')?.version_number ?? 0,
    draft_version_number: complete.find((version) => version.state === 'DRAFT')?.version_number ?? 0,
    used_by_workflow: false,
    labels: [],
    datasource_ids: [],
    requestable: (profile.catalog_item_info ?? null) !== null,
    require_approval_to_start: false,
    started_at: running ? createdAt : null,
    started_by: running ? createdBy : '',
    catalog_item_info: null,
    last_synced_at: null,
    last_sync_job_ids: [],
    last_sync_error_message: '',
    identity_created_by: '',
    profile_type_rbac_id: '',
    created_by: createdBy,
    created_at: createdAt,
    updated_at: createdAt,
    custom_properties: {},
    ...rest,
    versions: complete,
  };
}

function completeVersion(version: WorldVersion, createdAt: string, createdBy: string): VersionRecord {
  const live = (version.state ?? 'PUBLISHED') !== 'DRAFT';
  return {
    version_number: 1,
    state: 'PUBLISHED',
    entities_to_create_relationships_to: [],
    inherit_entities_from_access_profiles: [],
    members: [],
    access_request_policy_id: '',
    application_datasource_id: '',
    application_sync_identity_action: null,
    created_by: createdBy,
    created_at: createdAt,
    updated_at: createdAt,
    published_by: live ? createdBy : '',
    published_at: live ? createdAt : null,
    ...version,
  };
}

export function addedByHand(identityId: string): MemberRecord {
  return { identity_id: identityId, created_from: 'ACCESS_PROFILE_MEMBERSHIP', workflow: '' };
}

export function completeIdentity(identity: WorldIdentity, policyId: string): IdentityRecord {
  return {
    policy_id: policyId,
    entity_type: 'WorkdayWorker',
    entity_id: `worker-${identity.id}`,
    email: '',
    title: '',
    department: '',
    active: true,
    last_checked_at: worldEpoch,
    granted_elsewhere: [],
    not_yet_in_graph: [],
    ...identity,
  };
}

export function completePolicy({ workflows = [], ...policy }: WorldPolicy): PolicyRecord {
  return {
    description: '',
    state: 'RUNNING',
    entity_type: 'WorkdayWorker',
    datasource_ids: [],
    versions: [{ version_number: 1, state: 'PUBLISHED', workflows }],
    created_by: '',
    created_at: worldEpoch,
    updated_at: worldEpoch,
    ...policy,
  };
}
