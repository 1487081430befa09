import { invalidArgument, notFound } from '../errors.ts';
import { filterRecords } from '../json-filter.ts';
import { type Operation, param, type Tenant } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { enumWriter } from '../present.ts';
import { type ActionType, actionTypes, type DatasourceRecord, type Lifecycle } from '../record.ts';

/** The actions of a data source for which the world names none. */
const plain: Lifecycle = { enabled: true, actions: ['SYNC_IDENTITIES', 'MANAGE_RELATIONSHIPS'] };

/** S1, the list. Which attributes can be filtered is UNK: none, unless filters are open. */
export const listDatasources: Operation = (tenant, { query }) => {
  const filter = query.get('filter') ?? '';
  const found = filterRecords([...managed(tenant)], filter, tenant.settings, ([{ id, name, provider_id }]) => {
    return { id, name, provider_id };
  });
  return pageOf(query, tenant.settings, {
    all: found,
    boundTo: ['data sources', filter],
    present: ([record, lifecycle]) => present(tenant, record, lifecycle),
  });
};

/** S1, one of them. */
export const getDatasource: Operation = (tenant, request) => {
  const id = param(request, 'id');
  const record = tenant.store.datasource(id);
  const lifecycle = record === undefined ? null : lifecycleOf(record);
  if (record === undefined || lifecycle === null) throw notFound('datasource', id);
  return { value: present(tenant, record, lifecycle) };
};

/** S2. Action types are integers here (DOC), in the reply they are like all enums. */
export const listDatasourcesByAction: Operation = (tenant, { query }) => {
  const text = query.get('action_type') ?? '';
  const wanted = /^\d+$/.test(text) ? actionTypes[Number(text)] : undefined;
  if (text !== '' && wanted === undefined) throw invalidArgument('action_type', `"${text}" is not an action type.`);
  const entityType = query.get('entity_type') ?? '';
  const values = [...managed(tenant)]
    .filter(([, { actions, account_type }]) => {
      return (wanted === undefined || actions.includes(wanted)) && (entityType === '' || entityType === account_type);
    })
    .map(([record, lifecycle]) => present(tenant, record, lifecycle));
  // The generated reply has no paging members (DOC: notes on neighbours §2).
  return tenant.settings.curatedShapes ? { values, next_page_token: '', has_more: false } : { values };
};

/** E9: not wrapped in `value` or `values` (DOC: API notes §1.7). */
export const listIntegrations: Operation = (tenant) => ({ integrations: tenant.store.integrations() });

/** null for one that no call returns. */
export function lifecycleOf(record: DatasourceRecord): Lifecycle | null {
  return record.lifecycle === undefined ? plain : record.lifecycle;
}

function* managed({ store }: Tenant): Iterable<readonly [DatasourceRecord, Lifecycle]> {
  for (const record of store.directory.datasources.values()) {
    const lifecycle = lifecycleOf(record);
    if (lifecycle !== null) yield [record, lifecycle];
  }
}

function present(tenant: Tenant, record: DatasourceRecord, lifecycle: Lifecycle): object {
  return tenant.settings.curatedShapes ? curated(record, lifecycle) : generated(tenant, record, lifecycle);
}

/** The generated description; the inner data source is as the ordinary ones are described (notes on neighbours §2). */
function generated(tenant: Tenant, record: DatasourceRecord, lifecycle: Lifecycle): object {
  const { identity_type: identityType } = lifecycle;
  return {
    id: record.id,
    enabled: lifecycle.enabled,
    datasource: {
      // Another id: enabling lifecycle management makes one of its own (DOC).
      id: record.extraction_datasource_id,
      name: record.name,
      datasource_type: 'EXTRACTOR',
      agent_type: record.integration,
      status: 'SUCCESS',
      provider_id: record.provider_id,
      path: record.provider_external_id,
      state: 'ENABLED',
      effective_state: 'ENABLED',
      // Not to be passed on. Nothing in it is real.
      datasource_config: { client_secret: 'sandbox-secret-of-a-data-source' },
      // To the second (DOC).
      created_at: '2024-03-01T08:00:00Z',
      updated_at: '2024-03-01T08:00:00Z',
      synced_at: '2025-10-03T16:00:00Z',
      parsed_at: '2025-10-03T16:05:00Z',
    },
    definition: {
      source_of_identity_definition: identityType === undefined ? null : { entity_type: identityType },
      actions: lifecycle.actions.map((type) => action(tenant, type, lifecycle)),
    },
  };
}

function action({ settings }: Tenant, type: ActionType, { account_type: account }: Lifecycle): object {
  return {
    type: enumWriter(settings)(actionTypes, type),
    idempotent: type !== 'RESET_PASSWORD',
    input_entity_types:
      account === undefined ? [] : [{ name: 'account', description: '', available_entity_types: [account] }],
    output_entity_types: [],
    definition: { '@type': 'type.googleapis.com/lifecyclemanagement.v1.ActionDefinition' },
  };
}

/** The same in the shape of the examples (API notes §8.3). */
function curated(record: DatasourceRecord, lifecycle: Lifecycle): object {
  const isTarget = lifecycle.actions.includes('MANAGE_RELATIONSHIPS');
  return {
    id: record.id,
    name: record.name,
    provider_type: record.integration,
    external_id: record.provider_external_id,
    lifecycle_management_enabled: lifecycle.enabled,
    supported_capabilities: [
      ...(lifecycle.identity_type === undefined ? [] : ['IDENTITY_SOURCE']),
      ...(isTarget ? ['ACCESS_TARGET'] : []),
    ],
    available_actions: lifecycle.actions.map((type) => ({
      action_type: type,
      description: '',
      supported_entity_types: lifecycle.account_type === undefined ? [] : [lifecycle.account_type],
      supported_relationship_types: type === 'MANAGE_RELATIONSHIPS' ? ['MemberOf'] : [],
    })),
    syncable_attributes: [],
    grantable_entitlements: isTarget ? [{ entity_type: 'Group', entitlement_type: 'MemberOf', description: '' }] : [],
  };
}
