import { compileFilter } from '../../scim/evaluate.ts';
import { resolverOf } from '../../scim/value.ts';
import { notFound } from '../errors.ts';
import { Fields } from '../input.ts';
import { readFilter } from '../json-filter.ts';
import { type Operation, param } from '../operation.ts';
import type { IdentityRecord, WorkflowRecord } from '../record.ts';
import { policyOf } from './policies.ts';

/** S6: which workflows of a version would take the identity, and which profiles they give. Changes nothing (DOC). */
export const dryRun: Operation = (tenant, request) => {
  const policy = policyOf(tenant, param(request, 'policy'));
  const identity = tenant.store.identity(param(request, 'id'));
  if (identity === undefined || identity.policy_id !== policy.id) throw notFound('identity', param(request, 'id'));
  const fields = Fields.ofBody(request.body);
  const number = fields.integer('version_number') ?? 0;
  const skipsDisabled = fields.boolean('skip_disabled_workflows') ?? false;
  fields.check();
  const version = policy.versions.find((each) =>
    number === 0 ? each.state === 'PUBLISHED' : each.version_number === number,
  );
  if (version === undefined) throw notFound('policy_version', `${policy.id}/${number}`);

  const considered = version.workflows.filter(({ enabled }) => !skipsDisabled || enabled !== false);
  const matched = considered.filter((workflow) => takes(workflow, identity));
  return {
    workflows_matched: matched.map(({ name }) => name),
    messages: matched.length === 0 ? ['No workflow matches.'] : [],
    access_profile_ids: [...new Set(matched.flatMap((workflow) => workflow.access_profile_ids))],
    job_requests: [],
  };
};

function takes({ trigger_string: trigger }: WorkflowRecord, identity: IdentityRecord): boolean {
  if (trigger === '') return true;
  const { name, email, title, department, active, entity_type, entity_id } = identity;
  const attributes = { name, email, title, department, active, entity_type, entity_id };
  return compileFilter(readFilter(trigger))(resolverOf(attributes));
}
