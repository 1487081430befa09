import { defined, type Fields } from './input.ts';
import type { Entity, SyncIdentityAction } from './record.ts';

/** The content of a version that E3 and E6 take; lists replace lists (INF: API notes §1.4). What was not sent is undefined. */
export function readVersionContent(fields: Fields) {
  return {
    entities_to_create_relationships_to: fields.objects('entities_to_create_relationships_to', readEntity),
    inherit_entities_from_access_profiles: fields.strings('inherit_entities_from_access_profiles'),
    access_request_policy_id: fields.string('access_request_policy_id'),
    application_datasource_id: fields.string('application_datasource_id'),
    application_sync_identity_action: fields.object('application_sync_identity_action', readSyncIdentityAction),
  };
}

/** The three required fields are DOC (API notes §1.4). What only replies carry is ignored. */
function readEntity(fields: Fields): Entity {
  return {
    entity_type: fields.requiredString('entity_type'),
    datasource_id: fields.requiredString('datasource_id'),
    entity_id: fields.requiredString('entity_id'),
    ...defined({
      assigned_to_entity_type: fields.string('assigned_to_entity_type'),
      assigned_to_entity_id: fields.string('assigned_to_entity_id'),
      grant_by: fields.opaqueEnum('grant_by'),
      created_by_access_profile: fields.boolean('created_by_access_profile'),
      custom_properties: fields.stringMap('custom_properties'),
      sync_identity_action: fields.object('sync_identity_action', readSyncIdentityAction) ?? undefined,
      condition: fields.object('condition', readCondition) ?? undefined,
    }),
  };
}

export function readCondition(fields: Fields) {
  return { type: fields.opaqueEnum('type') ?? 0, condition_string: fields.string('condition_string') ?? '' };
}

function readSyncIdentityAction(fields: Fields): SyncIdentityAction {
  return { policy_id: fields.requiredString('policy_id'), name: fields.requiredString('name') };
}
