import {
  type Entity,
  type MemberRecord,
  memberOrigins,
  type ProfileRecord,
  profileStates,
  type TypeRecord,
  type VersionRecord,
  versionStates,
} from './record.ts';
import type { Settings } from './settings.ts';
import { currentVersion, parentsOf, type Store } from './store.ts';

/**
 * Records as JSON. Zero values are written and unset messages are null (DOC for zeros; INF: protojson's "emit unpopulated"), except
 * the enums whose names nobody knows (`grant_by`, `condition.type`): those appear when they were sent.
 */
export interface Presenter {
  /** `shown` stands in the place of the current version. */
  profile(profile: ProfileRecord, options?: { entityExtraInfo?: boolean; shown?: VersionRecord }): object;
  version(profile: ProfileRecord, version: VersionRecord, options?: { entityExtraInfo?: boolean }): object;
  type(type: TypeRecord): object;
  member(profile: ProfileRecord, member: MemberRecord): object;
}

export function createPresenter(store: Store, settings: Settings): Presenter {
  const enumOf = enumWriter(settings);

  const presentEntity = (entity: Entity, createdAt: string, extra: boolean) => {
    const datasource = extra ? store.datasource(entity.datasource_id) : undefined;
    const name = extra ? { ...store.nameOf(entity), ...entity } : undefined;
    return {
      assigned_to_entity_type: '',
      assigned_to_entity_id: '',
      created_by_access_profile: false,
      custom_properties: {},
      sync_identity_action: null,
      condition: null,
      ...entity,
      // INF (API notes §1.1): these are what `entity_extra_info` fills.
      extraction_datasource_id: datasource?.extraction_datasource_id ?? '',
      provider_id: datasource?.provider_id ?? '',
      provider_external_id: datasource?.provider_external_id ?? '',
      entity_name: name?.entity_name ?? '',
      native_id: name?.native_id ?? '',
      create_entitlement_detail_id: '',
      created_at: createdAt,
    };
  };

  const presentVersion: Presenter['version'] = (profile, { members, ...version }, options = {}) => ({
    access_profile_id: profile.id,
    ...version,
    state: enumOf(versionStates, version.state),
    entities_to_create_relationships_to: version.entities_to_create_relationships_to.map((entity) =>
      presentEntity(entity, version.created_at, options.entityExtraInfo ?? false),
    ),
    members: settings.membersInVersion ? members.map((member) => member.identity_id) : [],
    rbac_id: '',
  });

  const presentMember: Presenter['member'] = (profile, member) => ({
    ...member,
    access_profile_id: profile.id,
    access_profile_name: profile.name,
    created_from: enumOf(memberOrigins, member.created_from),
    identity_name: store.identity(member.identity_id)?.name ?? '',
  });

  const presentProfile: Presenter['profile'] = (profile, options = {}) => {
    const version = currentVersion(profile);
    const shown = options.shown ?? version;
    const inherited = parentsOf(profile);
    const inheritedBy = store.childrenOf(profile.id);
    const { versions: _versions, ...own } = profile;
    return {
      ...own,
      state: enumOf(profileStates, profile.state),
      ...providersOf(store, profile),
      current_version: shown === undefined ? null : presentVersion(profile, shown, options),
      // INF (API notes §6.2): direct parents and children only.
      access_profiles_inherited: inherited,
      access_profiles_inherited_by: inheritedBy,
      inherits_from_other_profiles: inherited.length > 0,
      inherited_by_other_profiles: inheritedBy.length > 0,
      rbac_id: '',
      member_details: settings.memberDetails
        ? (version?.members ?? []).map((member) => presentMember(profile, member))
        : [],
      access_request_policy_id: version?.access_request_policy_id ?? '',
      created_entitlements: [],
      sync_allowed: store.type(profile.profile_type)?.create_entitlement_based_on_profile ?? false,
    };
  };

  const presentType: Presenter['type'] = (type) => ({
    ...type,
    profiles_count: store.profilesCount(type.id),
    rbac_id: '',
    on_create_behavior: enumOf(profileStates, type.on_create_behavior),
    create_entitlements: type.create_entitlements.map((entitlement) => ({
      ...entitlement,
      created_entity_id: '',
      access_request_id: '',
      id: '',
      last_sync_job_id: '',
    })),
    // INF (API notes §0.1): protojson writes int64 as a string.
    time_before_sync_check_in_seconds: settings.int64AsNumber
      ? type.time_before_sync_check_in_seconds
      : String(type.time_before_sync_check_in_seconds),
  });

  return { profile: presentProfile, version: presentVersion, type: presentType, member: presentMember };
}

/** Writes an enum as its name, or as its position among the names. */
export function enumWriter(settings: Settings): <T extends string>(names: readonly T[], name: T) => T | number {
  return (names, name) => (settings.integerEnums ? names.indexOf(name) : name);
}

/** The integrations and providers of the current version's own entities. Inherited entities do not count (a guess). */
export function providersOf(
  store: Store,
  profile: ProfileRecord,
): Readonly<Record<'integrations' | 'provider_ids' | 'provider_external_ids' | 'datasource_ids', readonly string[]>> {
  const ids = new Set(profile.datasource_ids);
  const version = currentVersion(profile);
  if (version !== undefined) {
    for (const entity of version.entities_to_create_relationships_to) ids.add(entity.datasource_id);
    if (version.application_datasource_id !== '') ids.add(version.application_datasource_id);
  }
  const integrations = new Set<string>();
  const providers = new Set<string>();
  const externals = new Set<string>();
  for (const id of ids) {
    const datasource = store.datasource(id);
    if (datasource === undefined) continue;
    integrations.add(datasource.integration);
    providers.add(datasource.provider_id);
    externals.add(datasource.provider_external_id);
  }
  return {
    integrations: [...integrations],
    provider_ids: [...providers],
    provider_external_ids: [...externals],
    datasource_ids: [...ids],
  };
}
