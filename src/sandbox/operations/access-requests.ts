import { liveAncestry } from '../access-graph.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Operation, param, type Tenant } from '../operation.ts';
import { enumWriter, providersOf } from '../present.ts';
import { stableId } from '../random.ts';
import { type AccessRequestRecord, accessRequestStates, actionTypes, type ProfileRecord } from '../record.ts';

/** S7. For administrators only (DOC). */
export const getAccessRequest: Operation = (tenant, request) => {
  if (request.caller.role !== 'admin') throw new ApiError('PermissionDenied');
  checkEnabled(tenant);
  const id = param(request, 'id');
  const record = tenant.store.directory.accessRequest(id);
  if (record === undefined) throw notFound('access_request', id);
  return present(tenant, record);
};

/** 400 where requests are switched off: then every call that needs one fails (DOC; the code is a guess). */
export function checkEnabled({ settings }: Tenant): void {
  if (settings.accessRequests !== 'disabled') return;
  throw new ApiError('FailedPrecondition', { message: 'Access requests are not enabled.' });
}

/** Stores the request that a change of members makes (DOC: running profiles and published versions only). */
export function requestAccess(
  tenant: Tenant,
  profile: ProfileRecord,
  change: Pick<AccessRequestRecord, 'request_type' | 'identity_ids'>,
): AccessRequestRecord {
  const systems = liveAncestry(tenant.store, [profile]).flatMap(
    (each) => providersOf(tenant.store, each).datasource_ids,
  );
  const record = {
    id: tenant.newId(),
    created_at: profile.updated_at,
    access_profile_id: profile.id,
    datasource_ids: [...new Set(systems)],
    ...change,
  };
  tenant.store.directory.putAccessRequest(record);
  return record;
}

interface Progress {
  readonly state: string;
  readonly error: string;
}

function progressOf({ settings, clock }: Tenant, record: AccessRequestRecord): Progress {
  if (record.state !== undefined) return { state: record.state, error: record.error_message ?? '' };
  if (settings.accessRequests === 'waits') return { state: 'WAITING_FOR_APPROVAL', error: '' };
  if (settings.accessRequests === 'unknown') return { state: 'SENT_TO_THE_MOON', error: '' };
  const age = Date.parse(clock.now()) - Date.parse(record.created_at);
  if (age < settings.accessRequestSeconds * 1000) return { state: 'INITIAL', error: '' };
  if (settings.accessRequests === 'fails') return { state: 'ERRORED', error: 'The target refused the change.' };
  return { state: 'COMPLETED', error: '' };
}

/** `{value, plans}` (DOC), with one plan for each identity (INF: notes on neighbours §6). */
function present(tenant: Tenant, record: AccessRequestRecord): object {
  const { settings } = tenant;
  const progress = progressOf(tenant, record);
  const known = accessRequestStates.find((name) => name === progress.state);
  const state = known === undefined ? progress.state : enumWriter(settings)(accessRequestStates, known);
  const value = {
    id: record.id,
    state,
    request_type: record.request_type,
    reason: '',
    access_profile_id: record.access_profile_id,
    created_at: record.created_at,
  };
  return {
    value: settings.accessRequests === 'untold' ? {} : value,
    plans: record.identity_ids.map((identityId, index) => ({
      id: stableId('plan', record.id, identityId),
      state,
      request_type: record.request_type,
      request_source: 'ACCESS_PROFILE',
      plan_source: 'ACCESS_PROFILE',
      plan_source_id: record.access_profile_id,
      plan_jobs: record.datasource_ids.map((id) => presentJob(tenant, record, identityId, id)),
      error_message: index === 0 ? progress.error : '',
      request_source_id: record.access_profile_id,
      jit_duration_in_seconds: 0,
      jit_revoke_at: null,
      jit_revoke_jobs: [],
    })),
  };
}

/** With what nobody should see: configuration, and references to secrets (DOC). Nothing of it is real. */
function presentJob(tenant: Tenant, record: AccessRequestRecord, identityId: string, datasourceId: string): object {
  const datasource = tenant.store.datasource(datasourceId);
  return {
    job_id: stableId('job', record.id, identityId, datasourceId),
    data_source: {
      id: datasourceId,
      external_id: datasource?.provider_external_id ?? '',
      agent_type: datasource?.integration ?? '',
      data_provider_id: datasource?.provider_id ?? '',
      data_source_config: { '@type': 'type.googleapis.com/config.v1.Config', client_secret: 'sandbox-secret-of-a-job' },
      data_provider_type: 'APPLICATION',
      data_provider_secret_refs: [
        { id: 'sandbox-secret-ref', secret_id: 'sandbox-secret-id', vault_id: 'sandbox-secret-vault', vault: {} },
      ],
    },
    input_entities: [{ table: 'identities', primary_key: [identityId], constraints: [] }],
    action_type: enumWriter(tenant.settings)(actionTypes, 'MANAGE_RELATIONSHIPS'),
    action_config: { token: 'sandbox-secret-of-an-action' },
    action_job_id: stableId('action job', record.id, identityId, datasourceId),
    action_name: record.request_type === 'GRANT' ? 'Add relationships' : 'Remove relationships',
    identity_id: identityId,
    stop_on_error: false,
    ttl: '86400s',
  };
}
