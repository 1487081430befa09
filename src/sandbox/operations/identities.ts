import { accessOf, ancestry } from '../access-graph.ts';
import { invalidArgument, notFound } from '../errors.ts';
import { type Operation, param, type Tenant } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { enumWriter } from '../present.ts';
import { stableId } from '../random.ts';
import { type Entity, type IdentityRecord, memberOrigins, type ProfileRecord } from '../record.ts';
import { currentVersion } from '../store.ts';
import { lifecycleOf } from './datasources.ts';

/** S3. Profiles that the caller may not see are named, too (a guess, as with `access_profiles_inherited`). */
export const getIdentity: Operation = (tenant, request) => {
  const id = param(request, 'id');
  const identity = tenant.store.identity(id);
  if (identity === undefined) throw notFound('identity', id);
  return { value: presentIdentity(tenant, identity) };
};

function presentIdentity({ store, settings }: Tenant, identity: IdentityRecord): object {
  const enumOf = enumWriter(settings);
  const held = store.profilesOf(identity.id);
  const ids = held.map(({ id }) => id);
  const memberships = held.flatMap((profile) => {
    const member = currentVersion(profile)?.members.find(({ identity_id }) => identity_id === identity.id);
    return member === undefined ? [] : [{ profile, member }];
  });
  const workflows = memberships.map(({ member }) => member.workflow).filter((name) => name !== '');
  const { name, details_told, granted_elsewhere: _elsewhere, not_yet_in_graph: _missing, ...shown } = identity;
  return {
    ...shown,
    entity_name: name,
    access_profiles: settings.inheritedInIdentities ? [...ancestry(store, ids)] : ids,
    access_profile_details: memberships.slice(0, details_told).map(({ profile, member }) => ({
      access_profile_id: profile.id,
      access_profile_name: profile.name,
      created_from: enumOf(memberOrigins, member.created_from),
    })),
    workflows_triggered: [...new Set(workflows)],
    // Announced in prose only (notes on neighbours §3); not for everybody.
    ...(settings.identityNode ? { primary_node: { properties: { home_address: 'sandbox-private-detail' } } } : {}),
  };
}

/** S4. The parameter takes the id in the source, not that of the path (DOC). Paging is UNK, and off unless asked for. */
export const listEntitlements: Operation = (tenant, request) => {
  const { store, graph, settings } = tenant;
  const id = param(request, 'id');
  const entityId = request.query.get('identity_entity_id') ?? '';
  if (entityId === '') throw invalidArgument('identity_entity_id', 'This field is required.');
  const identity = store.identity(id);
  if (identity === undefined || identity.policy_id !== param(request, 'policy') || identity.entity_id !== entityId) {
    throw notFound('identity', id);
  }
  const { profiles, entities } = accessOf(graph, identity);
  const rows = [
    ...profiles.map((profile) => profileRow(identity, profile)),
    ...entities.map((entity) => entityRow(tenant, identity, entity)),
  ].map((row) => ({
    policy_id: identity.policy_id,
    policy_identity_id: identity.id,
    ...row,
    created_from: enumWriter(settings)(memberOrigins, 'OTHER'),
    sync_relationship: null,
  }));
  if (!settings.pagedEntitlements) return { values: rows, next_page_token: '', has_more: false };
  return pageOf(request.query, settings, { all: rows, boundTo: ['entitlements', id], present: (row) => row });
};

/** Profiles are entities of the graph, in a data source of Veza's own (DOC). */
function profileRow(identity: IdentityRecord, profile: ProfileRecord): object {
  return {
    lifecycle_management_datasource_id: stableId('data source', 'veza-internal'),
    provider_external_id: 'veza-internal',
    local_user_entity_type: identity.entity_type,
    local_user_entity_id: identity.entity_id,
    entity_type: 'VezaAccessProfile',
    entity_id: profile.id,
    entity_name: profile.name,
    lifecycle_management_enabled: true,
  };
}

function entityRow({ store }: Tenant, identity: IdentityRecord, entity: Entity): object {
  const target = store.datasource(entity.datasource_id);
  const lifecycle = target === undefined ? null : lifecycleOf(target);
  return {
    lifecycle_management_datasource_id: entity.datasource_id,
    provider_external_id: target?.provider_external_id ?? '',
    local_user_entity_type: lifecycle?.account_type ?? 'User',
    local_user_entity_id: stableId('account', entity.datasource_id, identity.entity_type, identity.entity_id),
    entity_type: entity.entity_type,
    entity_id: entity.entity_id,
    entity_name: { ...store.nameOf(entity), ...entity }.entity_name ?? '',
    lifecycle_management_enabled: lifecycle?.enabled ?? false,
  };
}
