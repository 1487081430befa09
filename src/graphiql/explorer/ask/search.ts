import { isRecord, records } from '../../json.ts';
import type { Profile } from '../graph/profile-graph.ts';
import type { Entitlement } from '../text/entitlement-name.ts';
import { type Ask, rootField } from './ask.ts';
import { entityFields, profileFields, readEntitlement, readProfiles } from './profile-fields.ts';

/** Who inherits from a profile tells it from others of the same name. */
const foundFields = `${profileFields} inheritedBy { profileId }`;

/** Names that begin with the text come first and must not be lost among those that contain it. */
const profileDocument = `query ExplorerSearch($filter: String!, $start: String!) {
  starting: accessProfiles(scimFilter: $start, first: 20) { nodes { ${foundFields} } }
  containing: accessProfiles(scimFilter: $filter, first: 60) { nodes { ${foundFields} } }
}`;

const everywhereDocument = `query ExplorerSearchEverywhere($search: String!) {
  accessProfiles(search: $search, first: 60) { nodes { ${profileFields} } }
}`;

const entityDocument = `query ExplorerEntities($search: String!) {
  entities(search: $search, first: 40) { nodes { ${entityFields} } }
}`;

const idsDocument = `query ExplorerProfilesWithIds($ids: [ID!]!) {
  nodes(ids: $ids) { ... on AccessProfile { ${profileFields} } }
}`;

/** Profiles whose name contains a text, whatever its letter case. */
export async function askProfilesNamed(ask: Ask, words: string): Promise<readonly Profile[]> {
  const value = JSON.stringify(words);
  const answered = await ask(profileDocument, { filter: `name co ${value}`, start: `name sw ${value}` });
  const found = ['starting', 'containing'].flatMap((field) => nodesOf(rootField(answered, field)));
  return [...new Map(readProfiles(found).map((profile) => [profile.id, profile])).values()];
}

/** Profiles that have the words in any of their texts: description, labels, integrations. */
export async function askProfilesEverywhere(ask: Ask, words: string): Promise<readonly Profile[]> {
  return readProfiles(nodesOf(rootField(await ask(everywhereDocument, { search: words }), 'accessProfiles')));
}

/** Entities that some profile grants, by words of their name or id. */
export async function askEntities(ask: Ask, words: string): Promise<readonly Entitlement[]> {
  const nodes = nodesOf(rootField(await ask(entityDocument, { search: words }), 'entities'));
  return nodes.flatMap((node) => readEntitlement(node) ?? []);
}

/** Profiles by their ids, as far as the gateway returns them: one batch. */
export async function askProfilesWithIds(ask: Ask, ids: readonly string[]): Promise<readonly Profile[]> {
  const answered = await ask(idsDocument, {
    ids: ids.map((id) => (id.startsWith('AccessProfile:') ? id : `AccessProfile:${id}`)),
  });
  return readProfiles(records(answered.data['nodes']));
}

function nodesOf(connection: unknown) {
  return isRecord(connection) ? records(connection['nodes']) : [];
}
