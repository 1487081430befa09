import type { WorldIdentity } from '../world.ts';
import { instant } from './company.ts';
import { type Department, everyone, people, personId, starter } from './people.ts';
import { policyIds } from './policies.ts';
import { permissionSet, snowflakeRole } from './systems.ts';

/** Key, name and title. */
const departments: readonly (readonly [Department, string, string])[] = [
  ['executives', 'Executive', 'Chief Officer'],
  ['sales', 'Sales', 'Account Executive'],
  ['engineering', 'Engineering', 'Software Engineer'],
  ['finance', 'Finance', 'Accountant'],
  ['people', 'People', 'HR Partner'],
  ['it', 'IT', 'Systems Administrator'],
  ['marketing', 'Marketing', 'Marketing Manager'],
  ['contractors', 'Engineering', 'Contractor'],
];

/** An oddity of an identity that queries can find. */
const oddities: Readonly<Record<string, Partial<WorldIdentity>>> = {
  // Has left, and is still a member of "Accounts Payable".
  'Marcus Webb': { active: false },
  // A member of three profiles, of which the details tell one.
  'Wei Zhang': { details_told: 1 },
  // Has a role that no profile grants, and one that only profiles of others grant.
  'Robin Example': { granted_elsewhere: [snowflakeRole('SANDBOX_OWNER'), snowflakeRole('LOADER')] },
  // "Sales Engineering" grants it, and the access graph does not show it yet.
  'Kofi Mensah': { not_yet_in_graph: [permissionSet('Developer')] },
};

/** Sixty identities of fifty-nine people. */
export const identities: readonly WorldIdentity[] = departments.flatMap(([key, department, title]) =>
  people[key].flatMap((name) => {
    const number = everyone.indexOf(name);
    const identity: WorldIdentity = {
      id: personId(name),
      name,
      policy_id: key === 'contractors' ? policyIds.contractors : policyIds.employees,
      entity_type: 'WorkdayWorker',
      entity_id: `W-${10_001 + number}`,
      email: emailOf(name),
      title,
      department,
      last_checked_at: instant(540, number * 61),
      ...oddities[name],
    };
    const second = { ...identity, id: starter.identityId, policy_id: policyIds.employees };
    return name === starter.name ? [identity, second] : [identity];
  }),
);

/** `robin.example@evergreen.example`: without accents, as mail addresses are. */
function emailOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll('ø', 'o');
  return `${plain.toLowerCase().replaceAll(' ', '.')}@evergreen.example`;
}
