import { isRecord, type JsonObject, records, strings, text } from '../json.ts';

/** Real values from the gateway for the variables of a question, so that it has an answer on the first run. */
export interface Sample {
  readonly profileId: string;
  readonly profileName: string;
  /** A profile that `profileId` inherits from. */
  readonly parentId: string;
  /** A profile that others inherit from; the one that the reader chose. */
  readonly heirsOfId: string;
  /** Neither `profileId` nor `parentId`. */
  readonly otherId: string;
  readonly label: string;
  readonly integration: string;
  readonly entity: { readonly entityType: string; readonly datasourceId: string; readonly entityId: string };
}

/** Stands in the variables where the gateway had nothing to offer; the reader sees what to put there. */
export const placeholders: Sample = {
  profileId: 'id of a profile',
  profileName: 'name of a profile',
  parentId: 'id of a profile it inherits from',
  heirsOfId: 'id of a profile',
  otherId: 'id of another profile',
  label: 'a label',
  integration: 'an integration',
  entity: { entityType: 'type of the entity', datasourceId: 'id of its data source', entityId: 'id of the entity' },
};

export const sampleQuery = `query Sample {
  accessProfiles(first: 25) { nodes { id name labels integrations inheritsFrom { id } } }
}`;

/** Of one profile only, because the gateway must read each profile's version for its entitlements. */
export const oneQuery = `query SampleOfOne($id: ID!) {
  accessProfile(id: $id) {
    id name labels integrations
    entitlements { entityType datasourceId entityId }
    inheritsFrom { id entitlements { entityType datasourceId entityId } }
  }
}`;

/** Takes a profile that inherits from another one where there is one: it has more to show. */
export function readSample(data: unknown): Sample {
  const connection = isRecord(data) ? data['accessProfiles'] : undefined;
  const profiles = isRecord(connection) ? records(connection['nodes']) : [];
  const profile = profiles.find((candidate) => records(candidate['inheritsFrom']).length > 0) ?? profiles[0];
  if (profile === undefined) return placeholders;
  // A label and an integration of the same profile, or the filter on both would match nothing.
  const tagged =
    [profile, ...profiles].find((it) => strings(it['labels']).length > 0 && strings(it['integrations']).length > 0) ??
    profile;
  return {
    profileId: text(profile['id']) ?? placeholders.profileId,
    profileName: text(profile['name']) ?? placeholders.profileName,
    parentId: parentOf(profile),
    heirsOfId: parentOf(profile),
    otherId: otherThan(profile, profiles),
    label: strings(tagged['labels'])[0] ?? placeholders.label,
    integration: strings(tagged['integrations'])[0] ?? placeholders.integration,
    entity: placeholders.entity,
  };
}

/** The sample with an entity that a profile grants; of one that the reader chose everything is taken. */
export function withProfile(sample: Sample, data: unknown, isChosen: boolean): Sample {
  const profile = isRecord(data) ? data['accessProfile'] : undefined;
  const id = isRecord(profile) ? text(profile['id']) : undefined;
  if (!isRecord(profile) || id === undefined) return sample;
  const entity = entityOf(profile);
  if (!isChosen) return { ...sample, entity };
  return {
    ...sample,
    entity,
    profileId: id,
    profileName: text(profile['name']) ?? placeholders.profileName,
    parentId: parentOf(profile),
    heirsOfId: id,
    label: strings(profile['labels'])[0] ?? sample.label,
    integration: strings(profile['integrations'])[0] ?? sample.integration,
  };
}

function parentOf(profile: JsonObject): string {
  return text(records(profile['inheritsFrom'])[0]?.['id']) ?? placeholders.parentId;
}

function otherThan(profile: JsonObject, profiles: readonly JsonObject[]): string {
  const ids = profiles.flatMap((each) => text(each['id']) ?? []);
  return ids.find((id) => id !== profile['id'] && id !== parentOf(profile)) ?? placeholders.otherId;
}

/** An entity that the profile grants itself, else one that a parent of it grants. */
function entityOf(profile: JsonObject): Sample['entity'] {
  const holders = [profile, ...records(profile['inheritsFrom'])];
  const grant = holders.flatMap((holder) => records(holder['entitlements']))[0];
  return {
    entityType: text(grant?.['entityType']) ?? placeholders.entity.entityType,
    datasourceId: text(grant?.['datasourceId']) ?? placeholders.entity.datasourceId,
    entityId: text(grant?.['entityId']) ?? placeholders.entity.entityId,
  };
}
