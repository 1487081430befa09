import { defined, Fields } from '../input.ts';
import type { Operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { type CreateEntitlement, profileStates, type Transformer, type TypeRecord } from '../record.ts';
import { readCondition } from '../version-input.ts';
import { completeType } from '../world.ts';

/** E2. That it takes `page_size` and `page_token` is INF from the paging fields of its reply (API notes §1.5). */
export const listTypes: Operation = (tenant, { query }) => {
  const { store, settings, present } = tenant;
  return pageOf(query, settings, { all: [...store.types()], boundTo: ['types'], present: present.type });
};

/** E1. What is not sent is false, empty or 0, as everywhere in protojson. */
export const createType: Operation = (tenant, { body }) => {
  const { store, clock, present } = tenant;
  const fields = Fields.ofBody(body);
  const name = fields.requiredString('name');
  const createdAt = clock.now();
  const type = completeType({
    id: tenant.newId(),
    name,
    ...readType(fields),
    created_at: createdAt,
    updated_at: createdAt,
  });
  checkType(type, fields);
  for (const [index, id] of type.allow_inherited_from_types.entries()) {
    if (store.type(id) === undefined) {
      fields.violate(`allow_inherited_from_types[${index}]`, `There is no type "${id}".`);
    }
  }
  fields.check();
  store.putType(type);
  return { value: present.type(type) };
};

function readType(fields: Fields): Partial<Omit<TypeRecord, 'id' | 'name' | 'created_at' | 'updated_at'>> {
  // 0 and null both stand for no limit (INF: API notes §6.3).
  const limit = fields.integer('max_entitlements');
  const flags = [
    'allow_inherit_entities',
    'allow_create_relationships',
    'require_single_datasource',
    'require_single_integration',
    'add_integration_prefix_to_access_profile_names',
    'create_entitlement_based_on_profile',
    'no_entitlements',
    'allow_overwrite_of_access_request_policy',
    'remove_entitlement_on_member_upon_update',
  ] as const;
  const read: Partial<Record<(typeof flags)[number], boolean>> = {};
  for (const flag of flags) read[flag] = fields.boolean(flag) ?? false;
  return {
    ...read,
    ...defined({
      description: fields.string('description'),
      allow_inherited_from_types: fields.strings('allow_inherited_from_types'),
      max_entitlements: limit === 0 ? null : limit,
      create_entitlements: fields.objects('create_entitlements', readCreateEntitlement),
      on_create_behavior: fields.enum('on_create_behavior', profileStates),
      instructions: fields.string('instructions'),
      time_before_sync_check_in_seconds: fields.integer('time_before_sync_check_in_seconds'),
      access_request_policy_id: fields.string('access_request_policy_id') || undefined,
      name_transformer: fields.object('name_transformer', readTransformer),
    }),
  };
}

/** Some options need others (DOC). A type without those is refused (a guess; UNK: API notes §6.3). */
function checkType(type: TypeRecord, fields: Fields): void {
  const needs = (has: boolean, field: string, needed: string, given: boolean) => {
    if (has && !given) fields.violate(field, `Needs ${needed}.`);
  };
  const single = type.require_single_integration;
  const creates = type.create_entitlement_based_on_profile;
  needs(creates, 'create_entitlement_based_on_profile', 'require_single_integration', single);
  needs(
    type.add_integration_prefix_to_access_profile_names,
    'add_integration_prefix_to_access_profile_names',
    'require_single_integration',
    single,
  );
  needs(
    type.time_before_sync_check_in_seconds > 0,
    'time_before_sync_check_in_seconds',
    'create_entitlement_based_on_profile',
    creates,
  );
}

function readCreateEntitlement(fields: Fields): CreateEntitlement {
  return {
    datasource_id: fields.string('datasource_id') ?? '',
    entity_type: fields.string('entity_type') ?? '',
    attribute_transformers:
      fields.object('attribute_transformers', (inner) => ({
        values: inner.objects('values', readTransformer) ?? [],
      })) ?? null,
    add_member_condition: fields.object('add_member_condition', readCondition) ?? null,
  };
}

function readTransformer(fields: Fields): Transformer {
  return {
    destination_attribute: fields.string('destination_attribute') ?? '',
    destination_value_formatter: fields.string('destination_value_formatter') ?? '',
    continuous_sync: fields.boolean('continuous_sync') ?? false,
    additional_value_formatter: fields.strings('additional_value_formatter') ?? [],
    pipeline_functions: fields.string('pipeline_functions') ?? '',
    unique_identifier: fields.boolean('unique_identifier') ?? false,
  };
}
