/**
 * Replies as Veza's documents show them: the curated list, create and label replies, the version update in both of its
 * forms, the types, E9, and the error bodies that Veza's own client tests with. Dates have all nine digits.
 */

export const developerId = '3a2371b6-95ec-4d9e-b95c-d75d51daa39b';

export const salesforceRole = {
  entity_type: 'SalesforceRole',
  datasource_id: '549a4b5e-0328-4c87-a19d-ee8a2926d1aa',
  entity_id: 'veza4-dev-ed:00E5g00000ACyDEEA1',
};

/** A profile of the list: the curated reply writes enums as names and the version as an object. */
export const listedProfile = {
  id: developerId,
  name: 'Salesforce Developer',
  description: '',
  state: 'RUNNING',
  profile_type: 'a730b9cd-d600-4fb7-a803-8ab5b697c0b9',
  current_version_number: 1,
  draft_version_number: 0,
  used_by_workflow: false,
  integrations: ['SALESFORCE'],
  current_version: {
    access_profile_id: developerId,
    version_number: 1,
    state: 'PUBLISHED',
    entities_to_create_relationships_to: [salesforceRole],
    inherit_entities_from_access_profiles: ['be6dd1f5-9753-4896-8d80-cb9d7640f139'],
    rbac_id: '',
    created_by: 'jane@example.com',
    created_at: '2024-04-12T19:02:11.783190321Z',
    updated_at: '2024-04-12T19:02:11.813190321Z',
    published_by: 'jane@example.com',
    published_at: '2024-04-12T19:02:11.813190321Z',
  },
  access_profiles_inherited: ['be6dd1f5-9753-4896-8d80-cb9d7640f139'],
  access_profiles_inherited_by: [],
  inherits_from_other_profiles: true,
  inherited_by_other_profiles: false,
  labels: ['requestable', 'salesforce'],
  provider_ids: ['3cedc292-4014-45e9-b7d9-8cb1695e1454'],
  provider_external_ids: ['veza4-dev-ed'],
  rbac_id: '',
  created_by: 'jane@example.com',
  created_at: '2024-04-12T19:02:11.782190321Z',
  updated_at: '2024-04-12T19:02:11.813190321Z',
};

export const listReply = { values: [listedProfile], next_page_token: '', has_more: false };

/** The curated reply to a change of labels: an enum as a number, and the current version as its bare number. */
export const labelReply = {
  value: {
    id: developerId,
    name: 'Salesforce Developer',
    state: 1,
    current_version: 1,
    labels: ['requestable', 'sensitive'],
    created_at: '2024-07-15T20:01:56.783190321Z',
    updated_at: '2024-07-15T20:01:56.813190321Z',
  },
};

/** The curated reply to a change of a version names neither the profile nor the version as the generated one does. */
export const curatedVersionReply = {
  value: {
    id: developerId,
    version: 1,
    entities_to_create_relationships_to: [salesforceRole],
    inherit_entities_from_access_profiles: [],
    updated_at: '2024-07-15T20:01:56.813190321Z',
  },
};

export const generatedVersionReply = {
  value: {
    access_profile_id: developerId,
    version_number: 1,
    state: 'PUBLISHED',
    entities_to_create_relationships_to: [salesforceRole],
    inherit_entities_from_access_profiles: [],
    updated_at: '2024-07-15T20:01:56.813190321Z',
  },
};

/** The curated complete reply of a type shows nulls where the generated one has plain types. */
export const businessRoleType = {
  id: '13ddf132-0868-4330-a0a3-41b088f6a4dc',
  name: 'Business Role',
  description: 'Combines profiles.',
  allow_inherit_entities: true,
  allow_inherited_from_types: ['a730b9cd-d600-4fb7-a803-8ab5b697c0b9'],
  profiles_count: 0,
  integrations: [],
  allow_create_relationships: false,
  require_single_datasource: false,
  require_single_integration: false,
  max_entitlements: 50,
  create_entitlement_based_on_profile: false,
  create_entitlements: [],
  no_entitlements: false,
  on_create_behavior: 'INITIAL',
  instructions: '',
  time_before_sync_check_in_seconds: 0,
  access_request_policy_id: null,
  allow_overwrite_of_access_request_policy: true,
  name_transformer: null,
  remove_entitlement_on_member_upon_update: false,
  created_at: '2024-04-12T19:00:00.123456789Z',
  updated_at: '2024-04-12T19:00:00.123456789Z',
};

export const integrationsReply = {
  integrations: ['ACTIVE_DIRECTORY', 'AWS', 'AZURE', 'GOOGLE', 'OKTA', 'SALESFORCE'],
};

/** An error of the real service, as its own client's tests have it. */
export const invalidArgumentBody = {
  code: 'InvalidArgument',
  message: 'Invalid Arguments',
  request_id: '1091d23a67ad44a63723fc050280e5ae',
  timestamp: '2022-08-05T19:59:11.508388808Z',
  details: [
    {
      '@type': 'type.googleapis.com/google.rpc.BadRequest',
      field_violations: [{ field: 'name', description: 'Provider with the same name already exists' }],
    },
    {
      '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
      reason: 'INVALID_ARGUMENTS',
      metadata: {},
      message: 'Request includes invalid arguments.',
      resolution: 'Reference error details for the exact field violations.',
    },
  ],
};
