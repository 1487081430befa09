import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import type { Decoder } from '../../src/wire/decode.ts';
import {
  actionFields,
  conditionFields,
  decodeEntitlement,
  decodeGrantCondition,
  decodeSyncIdentityAction,
  entitlementFields,
} from '../../src/wire/entitlement.ts';
import { page } from '../../src/wire/envelope.ts';
import { catalogItemFields, decodeProfile, profileFields } from '../../src/wire/profile.ts';
import {
  createEntitlementFields,
  decodeProfileType,
  profileTypeFields,
  transformerFields,
} from '../../src/wire/profile-type.ts';
import { type DocumentedType, type Fields, rowDecoder } from '../../src/wire/row.ts';
import { decodeMember, memberFields, versionDecoder, versionFields } from '../../src/wire/version.ts';
import { root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import { runs } from '../support/runs.ts';
import { businessRoleType, developerId, generatedVersionReply, listedProfile, salesforceRole } from './documented.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A resource with all its fields filled. `ids` are the keys without which there is no row. */
interface Resource {
  readonly fields: Fields<JsonObject>;
  readonly decode: Decoder<unknown>;
  readonly json: JsonObject;
  readonly ids: readonly string[];
}

const condition = { type: 1, condition_string: 'active eq true' };
const action = { policy_id: 'p', name: 'Sync' };
const transformer = {
  destination_attribute: 'a',
  destination_value_formatter: 'b',
  continuous_sync: true,
  additional_value_formatter: ['c'],
  pipeline_functions: 'd',
  unique_identifier: false,
};
const entitlement = {
  ...salesforceRole,
  assigned_to_entity_type: 'Org',
  assigned_to_entity_id: 'org',
  grant_by: 'ENTITY',
  created_by_access_profile: true,
  custom_properties: { a: 'b' },
  sync_identity_action: action,
  condition,
  entity_name: 'Developer',
  native_id: '00E5',
  provider_id: 'provider',
  provider_external_id: 'external',
  extraction_datasource_id: 'extraction',
  create_entitlement_detail_id: 'detail',
  created_at: '2024-04-12T19:00:00Z',
};
const version = {
  ...generatedVersionReply.value,
  entities_to_create_relationships_to: [entitlement],
  inherit_entities_from_access_profiles: ['parent'],
  members: ['identity'],
  rbac_id: 'rbac',
  access_request_policy_id: 'policy',
  application_datasource_id: 'datasource',
  application_sync_identity_action: action,
  created_at: '2024-04-12T19:00:00Z',
  created_by: 'jane@example.com',
  published_at: '2024-04-12T19:00:00Z',
  published_by: 'jane@example.com',
};
const member = { identity_id: 'i', identity_name: 'Jane', created_from: 'BIRTHRIGHT', workflow: 'w' };
const catalogItem = { name: 'a', description: 'b', markdown_description: 'c', icon: 'd', recommended: true };
const createEntitlement = {
  datasource_id: 'd',
  entity_type: 'Role',
  attribute_transformers: { values: [transformer] },
  add_member_condition: condition,
  created_entity_id: 'e',
  access_request_id: 'r',
  id: 'c',
  last_sync_job_id: 'j',
};
const profile = {
  ...listedProfile,
  datasource_ids: ['d'],
  requestable: true,
  require_approval_to_start: false,
  catalog_item_info: catalogItem,
  access_request_policy_id: 'policy',
  custom_properties: { team: 'crm' },
  started_at: '2024-04-12T19:00:00Z',
  started_by: 'jane@example.com',
  last_synced_at: '2024-04-12T19:00:00Z',
  last_sync_error_message: 'quota',
  last_sync_job_ids: ['j'],
  sync_allowed: true,
  rbac_id: 'rbac',
  profile_type_rbac_id: 'type-rbac',
  identity_created_by: 'identity',
  created_entitlements: [createEntitlement],
  draft_version_number: 2,
  current_version: { ...version, version_number: 1 },
  member_details: [member],
};
const profileType = {
  ...businessRoleType,
  add_integration_prefix_to_access_profile_names: true,
  create_entitlements: [createEntitlement],
  enabled: true,
  name_transformer: transformer,
  integrations: ['OKTA'],
  rbac_id: 'rbac',
  access_request_policy_id: 'policy',
};

const key = ['entity_type', 'datasource_id', 'entity_id', 'assigned_to_entity_type', 'assigned_to_entity_id'];
const resources: Readonly<Record<string, Resource>> = {
  profile: { fields: profileFields, decode: decodeProfile, json: profile, ids: ['id'] },
  version: {
    fields: versionFields,
    decode: versionDecoder(developerId, () => 1),
    json: version,
    ids: ['access_profile_id', 'version_number'],
  },
  entitlement: { fields: entitlementFields, decode: decodeEntitlement, json: entitlement, ids: key },
  member: { fields: memberFields, decode: decodeMember, json: member, ids: ['identity_id'] },
  'catalog item': { fields: catalogItemFields, decode: rowDecoder(catalogItemFields), json: catalogItem, ids: [] },
  action: { fields: actionFields, decode: decodeSyncIdentityAction, json: action, ids: [] },
  condition: { fields: conditionFields, decode: decodeGrantCondition, json: condition, ids: [] },
  type: { fields: profileTypeFields, decode: decodeProfileType, json: profileType, ids: ['id'] },
  transformer: { fields: transformerFields, decode: rowDecoder(transformerFields), json: transformer, ids: [] },
  'created entitlement': {
    fields: createEntitlementFields,
    decode: rowDecoder(createEntitlementFields),
    json: createEntitlement,
    ids: [],
  },
};

/** JSON of kinds that a field of a type can't have. */
const wrong: Readonly<Record<DocumentedType, readonly unknown[]>> = {
  string: [7, true, [], ['a'], {}],
  'date-time': [7, true, [], ['a'], {}],
  bool: [7, 'yes', 'NaN', [], {}],
  int32: [1.5, 2 ** 31, -(2 ** 31), 1e300, 'NaN', '1e3', '', '9223372036854775807', true, [], {}],
  int64: [1.5, 2 ** 31, 1e300, 'NaN', 'Infinity', '', '9223372036854775807', true, [], {}],
  enum: [true, [], {}],
  'string[]': ['a', 7, true, {}, [7], [{}], [['a']], ['a', null]],
  map: ['a', 7, true, [], { a: {} }, { a: [] }],
  object: ['a', true, [7], [[]]],
  'object[]': ['a', 7, true, {}, [7], [null], [[]]],
};

const cases = Object.entries(resources).flatMap(([name, resource]) =>
  Object.entries(resource.fields).map(([property, field]) => ({ name, property, field, resource })),
);

/** All that a row says; an error stands as its message. */
function said(decode: Decoder<unknown>, json: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(plain(decode(json, root().at('values').at(3)), messageOf) ?? {}));
}

function messageOf(error: unknown): unknown {
  if (error instanceof UpstreamError && error.code === 'UPSTREAM_INVALID_RESPONSE') return { error: error.message };
  throw error;
}

describe.each(cases)('$property of a $name', ({ field, property, resource: { decode, json, ids } }) => {
  it('is documented, and the tests have one', () => {
    expect(json).toHaveProperty([field.key]);
  });

  it.each(wrong[field.type].map((value) => [JSON.stringify(value), value]))('can not be %s', (_, value) => {
    const broken = { ...json, [field.key]: value };
    if (ids.includes(field.key)) {
      expect(() => said(decode, broken)).toThrow(`values[3].${field.key}: expected a`);
      return;
    }
    const { [property]: before, wire: _before, ...others } = said(decode, json);
    const { [property]: after, wire: _after, ...unharmed } = said(decode, broken);
    expect(unharmed).toEqual(others);
    // It only saves calls: without it, all profiles are asked for their parents.
    if (property === 'inheritedByIds') expect(after).toBeNull();
    else expect(after).toEqual({ error: expect.stringMatching(new RegExp(`^values\\[3\\]\\.${field.key}\\b`)) });
    expect(before).not.toEqual(after);
  });
});

describe('a page in which any one value is another', () => {
  const rows = [{ ...profile, id: 'a' }, profile, { ...profile, id: 'c' }];

  it('says the same of all other rows, and each error names a place at or around that value', () => {
    const places = placesIn(profile);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), (place, value) => {
        const values = [rows[0], put(profile, place, value), rows[2]];
        const read = () => page(decodeProfile)({ values }, root()).values;
        if (place[0] === 'id' && (typeof value !== 'string' || value === '')) {
          expect(read).toThrow('values[1].id: expected a non-empty string');
          return;
        }
        const errors: string[] = [];
        const answer = read().map((each) =>
          plain(each, (error) => {
            errors.push(error instanceof UpstreamError ? error.message : `${error}`);
            return null;
          }),
        );
        const whole = page(decodeProfile)({ values: rows }, root()).values.map((each) => plain(each));
        expect([answer[0], answer[2]]).toEqual([whole[0], whole[2]]);
        const path = `values[1]${place.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
        for (const message of errors) {
          const [named = ''] = message.split(':');
          expect(named.startsWith(path) || path.startsWith(named), `${message} after a change of ${path}`).toBe(true);
        }
      }),
      { numRuns: runs(1000) },
    );
  });
});

type Step = string | number;

/** The path of each value in some JSON. */
function placesIn(json: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] {
  if (typeof json !== 'object' || json === null) return [path];
  const inner = Object.entries(json).flatMap(([key, value]) =>
    placesIn(value, [...path, Array.isArray(json) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function put(json: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(json)) return json.map((each, i) => (i === step ? put(each, rest, value) : each));
  const entries = Object.entries(Object(json));
  return Object.fromEntries(entries.map(([key, each]) => [key, key === step ? put(each, rest, value) : each]));
}
