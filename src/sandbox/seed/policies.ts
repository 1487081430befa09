import { stableId } from '../random.ts';
import type { AccessRequestRecord, WorkflowRecord } from '../record.ts';
import type { WorldPolicy } from '../world.ts';
import { author, instant, profileId } from './company.ts';
import { personId } from './people.ts';
import { systems } from './systems.ts';

export const policyIds = {
  employees: stableId('policy', 'Employee lifecycle'),
  contractors: stableId('policy', 'Contractor lifecycle'),
  pilot: stableId('policy', 'Sales development pilot'),
} as const;

/** The rules by which people get profiles. */
export const policies: readonly WorldPolicy[] = [
  policy('employees', 'Employee lifecycle', 'Everyone with an employment contract.', {
    versions: [
      { version_number: 1, state: 'RETIRED', workflows: [newHire('Workforce Identity')] },
      {
        version_number: 2,
        state: 'PUBLISHED',
        workflows: [newHire('All Employees'), workflow('Joins IT', 'active eq true and department eq "IT"', 'IT')],
      },
    ],
    created_at: instant(2),
    updated_at: instant(90),
  }),
  policy('contractors', 'Contractor lifecycle', 'Everyone who works here for another company.', {
    workflows: [
      // Nobody has the second one any more.
      workflow(
        'Contractor start',
        'active eq true and title eq "Contractor"',
        'All Contractors',
        'Contractor Onboarding',
      ),
    ],
    created_at: instant(3),
    updated_at: instant(3),
  }),
  policy('pilot', 'Sales development pilot', 'Not published yet.', {
    state: 'INITIAL',
    versions: [
      {
        version_number: 1,
        state: 'DRAFT',
        workflows: [workflow('Joins the pilot', 'title eq "Account Executive"', 'Sales Development Pilot')],
      },
    ],
    created_at: instant(200),
    updated_at: instant(201),
  }),
];

function policy(
  key: keyof typeof policyIds,
  name: string,
  description: string,
  rest: Partial<WorldPolicy>,
): WorldPolicy {
  const id = policyIds[key];
  return { id, name, description, datasource_ids: [systems.workday.id], created_by: author, ...rest };
}

function newHire(profile: string): WorkflowRecord {
  return workflow('New hire', 'active eq true', profile);
}

function workflow(name: string, trigger: string, ...profiles: readonly string[]): WorkflowRecord {
  return { name, trigger_string: trigger, access_profile_ids: profiles.map(profileId) };
}

/** One in each of four states. */
export const accessRequests: readonly AccessRequestRecord[] = [
  request('COMPLETED', 'Account Executive', 'Wei Zhang', [systems.salesforce.id, systems.google.id]),
  request('WAITING_FOR_APPROVAL', 'Snowflake Account Administrator', 'Grace Owusu', [systems.snowflake.id]),
  request('NEEDS_MORE_INFORMATION', 'Salesforce Administrator', 'Omar Farouk', [systems.salesforce.id]),
  {
    ...request('ERRORED', 'Snowflake Data Engineer', 'Grace Owusu', [systems.snowflake.id]),
    error_message: 'role LOADER: insufficient privileges to operate on role',
  },
];

/** The id of the built-in request in this state. */
export function accessRequestId(state: string): string {
  return stableId('access request', state);
}

function request(state: string, profile: string, person: string, datasourceIds: readonly string[]) {
  return {
    id: accessRequestId(state),
    created_at: instant(500),
    access_profile_id: profileId(profile),
    request_type: 'GRANT',
    identity_ids: [personId(person)],
    datasource_ids: datasourceIds,
    state,
  } as const;
}
