import { isRecord, type JsonObject, strings, text } from '../../json.ts';
import type { Profile } from '../graph/profile-graph.ts';
import type { Entitlement } from '../text/entitlement-name.ts';

/** What every list of profiles asks for. */
export const profileFields = 'profileId name state labels type { typeId name }';

/** Undefined where an answer has no such profile. A type that could not be read leaves the profile without one. */
export function readProfile(value: unknown): Profile | undefined {
  if (!isRecord(value)) return undefined;
  const id = text(value['profileId']);
  if (id === undefined) return undefined;
  const type = isRecord(value['type']) ? value['type'] : {};
  return {
    id,
    name: text(value['name']) ?? '',
    typeId: text(type['typeId']),
    typeName: text(type['name']),
    state: text(value['state']),
    labels: strings(value['labels']),
    heirs: Array.isArray(value['inheritedBy']) ? value['inheritedBy'].length : undefined,
    isMissing: false,
  };
}

export function missingProfile(id: string): Profile {
  return { id, name: '', typeId: undefined, typeName: undefined, state: undefined, labels: [], isMissing: true };
}

export function readProfiles(values: readonly JsonObject[]): readonly Profile[] {
  return values.flatMap((value) => readProfile(value) ?? []);
}

export function idsIn(values: readonly JsonObject[]): readonly string[] {
  return values.flatMap((value) => text(value['profileId']) ?? []);
}

/** What is asked of every entity, so that it can be named. */
export const entityFields = 'entityType datasourceId entityId entityName';
/** What is asked of every entitlement, so that it can be named and told from others. */
export const entitlementFields = 'entityType datasourceId entityId entityName assignedToEntityId';
/** The same with the name of its data source. */
export const namedEntitlementFields = `${entitlementFields} datasource { name }`;

export function readEntitlement(value: unknown): Entitlement | undefined {
  if (!isRecord(value)) return undefined;
  const entityId = text(value['entityId']);
  if (entityId === undefined) return undefined;
  const datasource = isRecord(value['datasource']) ? value['datasource'] : {};
  return {
    entityType: text(value['entityType']) ?? '',
    datasourceId: text(value['datasourceId']) ?? '',
    entityId,
    entityName: text(value['entityName']),
    datasourceName: text(datasource['name']),
    assignedToId: text(value['assignedToEntityId']),
  };
}
