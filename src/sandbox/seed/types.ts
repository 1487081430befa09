import { stableId } from '../random.ts';
import type { WorldType } from '../world.ts';

/**
 * "Profile" and "Business Role" are Veza's built-ins (DOC), the others the company's own. Two ids are those of Veza's examples, so
 * that the documented filters find something.
 */
const ids = {
  Profile: 'a730b9cd-d600-4fb7-a803-8ab5b697c0b9',
  'Business Role': stableId('type', 'Business Role'),
  'Application Access': '13ddf132-0868-4330-a0a3-41b088f6a4dc',
  'Privileged Role': stableId('type', 'Privileged Role'),
} as const;

export type TypeName = keyof typeof ids;

export function typeId(name: TypeName): string {
  return ids[name];
}

const madeAt = '2024-03-01T08:00:00.482913077Z';

/** The rules that every built-in profile keeps (the documents' own list example does not: API notes §9.12). */
const declared: readonly WorldType[] = [
  {
    id: ids.Profile,
    name: 'Profile',
    description: 'Direct grants in any number of applications.',
    allow_inherit_entities: false,
    max_entitlements: 25,
  },
  {
    id: ids['Business Role'],
    name: 'Business Role',
    description: 'A population of the company. Has what the profiles beneath it have, and no grants of its own.',
    allow_create_relationships: false,
    max_entitlements: 50,
  },
  {
    id: ids['Application Access'],
    name: 'Application Access',
    description: 'One level of access in one integration; may build on a lower level.',
    allow_inherited_from_types: [ids['Application Access'], ids.Profile],
    require_single_integration: true,
    add_integration_prefix_to_access_profile_names: true,
    max_entitlements: 10,
    instructions: 'Name it after the **application** and the level, as in "Snowflake Analyst".',
    updated_at: '2024-05-20T13:41:07.905112846Z',
  },
  {
    id: ids['Privileged Role'],
    name: 'Privileged Role',
    description: 'Administration of one data source. Each grant is approved.',
    allow_inherited_from_types: [ids['Privileged Role'], ids['Application Access']],
    require_single_datasource: true,
    require_single_integration: true,
    create_entitlement_based_on_profile: true,
    time_before_sync_check_in_seconds: 3600,
    max_entitlements: 10,
    on_create_behavior: 'PENDING',
    access_request_policy_id: stableId('access request policy', 'Security approval'),
    allow_overwrite_of_access_request_policy: false,
    remove_entitlement_on_member_upon_update: true,
    updated_at: '2024-06-11T07:12:55.300418261Z',
  },
];

export const types = declared.map((type) => ({ created_at: madeAt, updated_at: madeAt, ...type }));

/** The policy that profiles of a type start with; empty for none. */
export function accessRequestPolicyOf(name: TypeName): string {
  return types.find((type) => type.name === name)?.access_request_policy_id ?? '';
}
