import type { World } from '../../src/sandbox/server.ts';

/**
 * A tenant full of traps: circles, parents that are gone or named twice, drafts, nothing published, names and ids that break out of
 * quotes and paths, labels within labels, empty lists, and more profiles than fit on a page.
 */

type WorldProfile = World['profiles'][number];
type Entity = NonNullable<WorldProfile['entities']>[number];

export const salesforce = 'ds-salesforce';
const salesforceTest = 'ds-salesforce-test';
export const directory = 'ds-directory';

function grant(datasource: string, type: string, id: string, more: Partial<Entity> = {}): Entity {
  const names = { entity_name: `${type} ${id}`, native_id: `native:${id}` };
  return { entity_type: type, datasource_id: datasource, entity_id: id, ...names, ...more };
}

const seller = grant(salesforce, 'SalesforceProfile', 'seller');
const staff = grant(directory, 'ActiveDirectoryGroup', 'cn=staff,ou="all"');
const tester = grant(salesforceTest, 'SalesforceRole', 'tester', {
  assigned_to_entity_type: 'SalesforceUser',
  assigned_to_entity_id: 'u-1',
  created_by_access_profile: true,
  custom_properties: { __proto__x: '1', 'key with "quotes"': 'värde' },
  sync_identity_action: { policy_id: 'policy-1', name: 'Sync "all"' },
  condition: { type: 'SCIM', condition_string: 'department eq "Sales"' },
  grant_by: 'ROLE',
});

const shapes: readonly WorldProfile[] = [
  {
    id: 'base',
    name: 'Base',
    profile_type: 'type-role',
    entities: [staff],
    labels: ['prod'],
    members: ['ada', 'grace'],
  },
  { id: 'left', name: 'Left', profile_type: 'type-role', inherits: ['base'], labels: ['production'] },
  { id: 'right', name: 'Right', profile_type: 'type-role', inherits: ['base'], labels: ['PROD', 'pre-prod'] },
  { id: 'bottom', name: 'Bottom', profile_type: 'type-app', inherits: ['left', 'right'], entities: [seller, staff] },
  { id: 'cycle-a', name: 'Cycle A', profile_type: 'type-role', inherits: ['cycle-b'] },
  { id: 'cycle-b', name: 'Cycle B', profile_type: 'type-role', inherits: ['cycle-a'] },
  { id: 'self', name: 'Self', profile_type: 'type-role', inherits: ['self'], state: 'PAUSED' },
  { id: 'orphan', name: 'Orphan', profile_type: 'type-role', inherits: ['gone', 'base', 'gone-too'] },
  { id: 'twice', name: 'Twice', profile_type: 'type-role', inherits: ['base', 'left', 'base'] },
  {
    id: 'draft-only',
    name: 'Draft only',
    profile_type: 'type-role',
    state: 'INITIAL',
    versions: [{ version_number: 1, state: 'DRAFT', inherit_entities_from_access_profiles: ['base'] }],
  },
  {
    id: 'with-draft',
    name: 'With a draft',
    profile_type: 'type-app',
    versions: [
      { version_number: 1, state: 'RETIRED', inherit_entities_from_access_profiles: ['right'] },
      {
        version_number: 2,
        inherit_entities_from_access_profiles: ['base'],
        entities_to_create_relationships_to: [tester],
        members: [{ identity_id: 'alan', created_from: 'BIRTHRIGHT', workflow: 'Joiners "2024"' }],
        access_request_policy_id: 'policy-2',
        updated_at: '2024-05-01T00:00:00.123456789Z',
      },
      { version_number: 3, state: 'DRAFT', inherit_entities_from_access_profiles: ['left'] },
    ],
  },
  {
    id: 'application',
    name: 'Application',
    profile_type: 'type-app',
    state: 'PENDING',
    versions: [
      {
        application_datasource_id: directory,
        application_sync_identity_action: { policy_id: 'policy-3', name: 'Sync' },
        published_by: 'someone@example.com',
        published_at: '2024-05-02T00:00:00.000000001Z',
      },
    ],
    require_approval_to_start: true,
  },
  { id: 'no-type', name: 'Of a hidden type', profile_type: 'type-hidden', state: 'DRY_RUN', labels: ['sensitive'] },
];

const texts: readonly WorldProfile[] = [
  { id: 'quotes', name: 'He said "hi" or name eq "Base"', profile_type: 'type-role', description: 'co "x" and' },
  { id: 'backslash', name: 'back\\slash\\', profile_type: 'type-role', description: '\\"', labels: ['a\\b', 'c"d'] },
  {
    id: 'unicode',
    name: 'Grüße — 漢字 🎉',
    profile_type: 'type-role',
    description: 'naïve',
    labels: ['étiquette', '標籤'],
  },
  { id: 'url', name: 'a+b & c=d?e#f%20g', profile_type: 'type-role', labels: ['a+b', '100%', 'x&y=z'] },
  { id: 'spaces', name: ' spaces  inside ', profile_type: 'type-role', description: 'line\nbreak\ttab' },
  { id: 'lines', name: 'separators \u2028 and \u2029', profile_type: 'type-role', labels: ['(', ')', 'and', 'or not'] },
  { id: 'markup', name: '<b>markup</b> null', profile_type: 'type-role', description: 'null' },
  { id: 'id "or" id eq "base', name: 'Id with quotes', profile_type: 'type-role', inherits: ['ünï/漢?x=1&y#z%2f'] },
  { id: 'ünï/漢?x=1&y#z%2f', name: 'Id for a URL', profile_type: 'type-role', members: ['ada', 'grâce "g"'] },
  { id: 'urn:x:7', name: 'Id with colons', profile_type: 'type-role', inherits: ['id "or" id eq "base', 'base'] },
  { id: 'Base', name: 'base', profile_type: 'type-role', labels: ['Prod', 'prod', 'requestable'] },
];

const details: readonly WorldProfile[] = [
  {
    id: 'full',
    name: 'Everything set',
    profile_type: 'type-app',
    description: 'All of it',
    labels: ['requestable', 'prod', 'production', 'sensitive'],
    datasource_ids: ['ds-unknown'],
    entities: [seller, staff, tester],
    used_by_workflow: true,
    requestable: true,
    require_approval_to_start: true,
    started_at: '2024-02-01T01:02:03.4Z',
    started_by: 'starter@example.com',
    catalog_item_info: {
      name: 'Full',
      description: 'A card',
      markdown_description: '**bold**',
      icon: 'star',
      recommended: true,
    },
    last_synced_at: '2024-02-02T01:02:03.987654321Z',
    last_sync_error_message: 'It failed: "no"',
    custom_properties: { owner: 'team "x"', constructor: 'y', ключ: '' },
    created_by: 'creator@example.com',
    created_at: '2024-01-01T00:00:00.000000500Z',
    updated_at: '2024-06-01T12:00:00.999999999Z',
  },
  // Instants that differ only below the millisecond, or in the way they are written.
  { id: 'time-1', name: 'Time 1', profile_type: 'type-role', created_at: '2024-01-01T00:00:00.000000499Z' },
  { id: 'time-2', name: 'Time 2', profile_type: 'type-role', created_at: '2024-01-01T00:00:00.000000501Z' },
  { id: 'time-3', name: 'Time 3', profile_type: 'type-role', created_at: '2024-01-01T02:00:00.0000005+02:00' },
  { id: 'time-4', name: 'Time 4', profile_type: 'type-role', created_at: '2023-12-31T23:59:59.999999999Z' },
];

const states = ['RUNNING', 'PAUSED', 'INITIAL'] as const;

/** Enough to need a second page of 100, and something in each of them. */
const fillers: readonly WorldProfile[] = Array.from({ length: 75 }, (_, i) => ({
  id: fillerId(i),
  name: `Filler ${i}`,
  profile_type: i % 4 === 0 ? 'type-app' : 'type-role',
  state: states[i % states.length] ?? 'RUNNING',
  labels: [`tier-${i % 5}`, ...(i % 20 === 0 ? ['requestable'] : [])],
  inherits: [...(i % 3 === 0 ? ['base'] : []), ...(i % 7 === 1 ? [fillerId(i - 1)] : [])],
  entities: i % 10 === 0 ? [grant(salesforce, 'SalesforceProfile', `f${i}`)] : [],
  created_at: new Date(Date.UTC(2025, 0, 1 + i)).toISOString(),
}));

function fillerId(i: number): string {
  return `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
}

export const trickyWorld: World = {
  types: [
    { id: 'type-role', name: 'Role', description: 'A role, "business" or not' },
    {
      id: 'type-app',
      name: 'Application',
      allow_inherited_from_types: ['type-app', 'type-role', 'type-gone'],
      allow_create_relationships: true,
      require_single_datasource: true,
      require_single_integration: true,
      add_integration_prefix_to_access_profile_names: true,
      max_entitlements: 10,
      create_entitlement_based_on_profile: true,
      create_entitlements: [
        {
          datasource_id: directory,
          entity_type: 'ActiveDirectoryGroup',
          attribute_transformers: {
            values: [
              {
                destination_attribute: 'cn',
                destination_value_formatter: '{name}',
                continuous_sync: true,
                additional_value_formatter: ['{name}-2'],
                pipeline_functions: 'LOWER',
                unique_identifier: true,
              },
            ],
          },
          add_member_condition: { type: 'SCIM', condition_string: 'active eq true' },
        },
      ],
      no_entitlements: false,
      instructions: '# Read **this**',
      time_before_sync_check_in_seconds: 3600,
      access_request_policy_id: 'policy-1',
      allow_overwrite_of_access_request_policy: false,
      name_transformer: {
        destination_attribute: 'name',
        destination_value_formatter: '{prefix} {name}',
        continuous_sync: true,
        additional_value_formatter: ['x', 'y'],
        pipeline_functions: 'TRIM',
        unique_identifier: true,
      },
      remove_entitlement_on_member_upon_update: true,
      integrations: ['SALESFORCE'],
      created_at: '2024-01-01T00:00:00.123456789Z',
      updated_at: '2024-01-02T00:00:00.123456789Z',
    },
    { id: 'type/ünused?', name: 'Nobody & nothing', allow_inherit_entities: false, no_entitlements: true },
  ],
  profiles: [...shapes, ...texts, ...fillers, ...details],
  datasources: [
    source(salesforce, 'SALESFORCE', 'p-1', 'acme.salesforce.example'),
    source(salesforceTest, 'SALESFORCE_TEST', 'p-1-test', 'test.salesforce.example'),
    source(directory, 'ACTIVE_DIRECTORY', 'p-2', 'corp.example'),
  ],
  identities: [
    { id: 'ada', name: 'Ada Lovelace' },
    { id: 'grace', name: 'Grace Hopper' },
    { id: 'alan', name: 'Alan Turing' },
    { id: 'grâce "g"', name: 'Grâce' },
  ],
  integrations: ['ACTIVE_DIRECTORY', 'SALESFORCE', 'SALESFORCE_TEST', 'WORKDAY'],
};

function source(id: string, integration: string, provider: string, external: string) {
  return {
    id,
    name: `The ${integration}`,
    integration,
    provider_id: provider,
    provider_external_id: external,
    extraction_datasource_id: `x-${id}`,
  };
}
