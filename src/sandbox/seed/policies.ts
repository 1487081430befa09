import { stableId } from '../random.ts';
import type { AccessRequestRecord } from '../record.ts';
import type { WorldPolicy } from '../world.ts';
import { instant, profileId } from './company.ts';
import { personId } from './people.ts';
import { systems } from './systems.ts';

export const policyIds = {
  employees: stableId('policy', 'Employee lifecycle'),
  contractors: stableId('policy', 'Contractor lifecycle'),
  pilot: stableId('policy', 'Sales development pilot'),
} as const;

const author = 'dana.okafor@evergreen.example';

/** Who gets which profiles for being who they are. */
export const policies: readonly WorldPolicy[] = [
  {
    id: policyIds.employees,
    name: 'Employee lifecycle',
    description: 'Everyone with an employment contract.',
    datasource_ids: [systems.workday.id],
    versions: [
      { version_number: 1, state: 'RETIRED', workflows: [newHire('Workforce Identity')] },
      {
        version_number: 2,
        state: 'PUBLISHED',
        workflows: [
          newHire('All Employees'),
          {
            name: 'Joins IT',
            trigger_string: 'active eq true and department eq "IT"',
            access_profile_ids: [profileId('IT')],
          },
        ],
      },
    ],
    created_by: author,
    created_at: instant(2),
    updated_at: instant(90),
  },
  {
    id: policyIds.contractors,
    name: 'Contractor lifecycle',
    description: 'Everyone who works here for another company.',
    datasource_ids: [systems.workday.id],
    versions: [
      {
        version_number: 1,
        state: 'PUBLISHED',
        workflows: [
          {
            name: 'Contractor start',
            trigger_string: 'active eq true and title eq "Contractor"',
            // Nobody has the second one any more.
            access_profile_ids: [profileId('All Contractors'), profileId('Contractor Onboarding')],
          },
        ],
      },
    ],
    created_by: author,
    created_at: instant(3),
    updated_at: instant(3),
  },
  {
    id: policyIds.pilot,
    name: 'Sales development pilot',
    description: 'Not published yet.',
    state: 'INITIAL',
    datasource_ids: [systems.workday.id],
    versions: [
      {
        version_number: 1,
        state: 'DRAFT',
        workflows: [
          {
            name: 'Joins the pilot',
            trigger_string: 'title eq "Account Executive"',
            access_profile_ids: [profileId('Sales Development Pilot')],
          },
        ],
      },
    ],
    created_by: author,
    created_at: instant(200),
    updated_at: instant(201),
  },
];

function newHire(profile: string) {
  return { name: 'New hire', trigger_string: 'active eq true', access_profile_ids: [profileId(profile)] };
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
