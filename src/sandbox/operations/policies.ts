import { notFound } from '../errors.ts';
import { filterRecords } from '../json-filter.ts';
import { type Operation, param, type Tenant } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { enumWriter } from '../present.ts';
import {
  actionTypes,
  type PolicyRecord,
  type PolicyVersionRecord,
  profileStates,
  versionStates,
  type WorkflowRecord,
} from '../record.ts';

/** S5, the list. `page_size` and `page_token` are INF from the token of the generated reply; the curated one has other names. */
export const listPolicies: Operation = (tenant, { query }) => {
  const { settings, store } = tenant;
  const all = [...store.directory.policies.values()];
  const present = (policy: PolicyRecord) => presentPolicy(tenant, policy);
  if (settings.curatedShapes) return curatedPage(all.map(present), query);
  const filter = query.get('filter') ?? '';
  const found = filterRecords(all, filter, settings, ({ id, name, state, datasource_ids }) => {
    return { id, name, state, datasource_ids };
  });
  return pageOf(query, settings, { all: found, boundTo: ['policies', filter], present });
};

/** S5, one of them. */
export const getPolicy: Operation = (tenant, request) => {
  const value = presentPolicy(tenant, policyOf(tenant, param(request, 'id')));
  return tenant.settings.curatedShapes ? { data: value } : { value };
};

export function policyOf(tenant: Tenant, id: string): PolicyRecord {
  const policy = tenant.store.directory.policies.get(id);
  if (policy === undefined) throw notFound('policy', id);
  return policy;
}

/** `data` and `pagination`, by limit and offset (API notes §8.9: distrusted there). */
function curatedPage(all: readonly { readonly state: unknown }[], query: URLSearchParams): object {
  const state = query.get('state');
  const found = all.filter((policy) => state === null || policy.state === state);
  const limit = Math.min(Number(query.get('limit') ?? '50') || 50, 100);
  const offset = Number(query.get('offset') ?? '0') || 0;
  return {
    data: found.slice(offset, offset + limit),
    pagination: { total: found.length, limit, offset, has_more: offset + limit < found.length },
  };
}

function presentPolicy(tenant: Tenant, { versions, ...policy }: PolicyRecord) {
  const { settings, store } = tenant;
  const current = versions.find(({ state }) => state === 'PUBLISHED');
  const used = current?.workflows.flatMap((workflow) => workflow.access_profile_ids) ?? [];
  const sources = policy.datasource_ids.flatMap((id) => store.datasource(id)?.provider_external_id ?? []);
  return {
    ...policy,
    // The curated pages have a word of their own.
    state:
      settings.curatedShapes && policy.state === 'RUNNING'
        ? 'active'
        : enumWriter(settings)(profileStates, policy.state),
    current_version_number: current?.version_number ?? 0,
    draft_version_number: versions.find(({ state }) => state === 'DRAFT')?.version_number ?? 0,
    // Those that the current version names (INF).
    access_profiles_used: settings.policiesHideProfiles ? [] : [...new Set(used)],
    provider_external_ids: [...new Set(sources)],
    current_version: current === undefined ? null : presentVersion(tenant, policy, current),
  };
}

function presentVersion(
  { settings }: Tenant,
  policy: Omit<PolicyRecord, 'versions'>,
  version: PolicyVersionRecord,
): object {
  const enumOf = enumWriter(settings);
  const type = enumOf(actionTypes, 'MANAGE_RELATIONSHIPS');
  const workflow = (record: WorkflowRecord, index: number) => ({
    name: record.name,
    description: '',
    state: enumOf(profileStates, record.enabled === false ? 'PAUSED' : 'RUNNING'),
    priority: index + 1,
    trigger_type: 'FILTER',
    trigger_string: record.trigger_string,
    continuous_sync: true,
    conditions_on_success: [
      {
        name: 'Always',
        condition_type: 'FILTER',
        condition_string: '',
        actions_to_run: [{ name: actionName(record), type }],
        continue_actions_if_any_error: false,
        state: enumOf(profileStates, 'RUNNING'),
      },
    ],
    grace_period_in_sec: 0,
    skip_trigger_recheck_after_grace_period: false,
  });
  return {
    policy_id: policy.id,
    version_number: version.version_number,
    state: enumOf(versionStates, version.state),
    config_version: '1',
    config: {
      workflows: version.workflows.map(workflow),
      actions: version.workflows.map((record) => ({
        name: actionName(record),
        description: '',
        type,
        // Its members are UNK (notes on neighbours §5): only that the ids stand somewhere in it.
        config: {
          '@type': 'type.googleapis.com/lifecyclemanagement.v1.ManageRelationshipsConfig',
          grants: record.access_profile_ids.map((id) => ({ access_profile_id: id, remove_on_move: true })),
        },
      })),
    },
    created_by: policy.created_by,
    created_at: policy.created_at,
    updated_at: policy.updated_at,
    published_by: policy.created_by,
    published_at: policy.updated_at,
  };
}

function actionName({ name }: WorkflowRecord): string {
  return `Give access: ${name}`;
}
