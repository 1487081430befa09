import type { Deviant, Json, JsonObject } from '../upstream.ts';
import { isList, isObject, isTypeList, mapObjects, rewriting, rewritingProfiles, without } from './rewrite.ts';

/** How the same things may be written down. */
export const encodingDeviants: readonly Deviant[] = [
  { name: 'the sandbox', readsFilters: true },
  { name: 'enums are integers', sandbox: { integerEnums: true }, numbersEnums: true },
  { name: '64-bit integers are numbers', sandbox: { int64AsNumber: true } },
  {
    name: '32-bit integers are strings',
    answer: rewriting((json) =>
      mapObjects(json, (object) => map(object, (value) => (typeof value === 'number' ? String(value) : value))),
    ),
  },
  // Its lists end with an empty page, so that their first page is read twice.
  {
    name: 'zero values are left out',
    answer: rewriting(withoutZeroValues),
    losesZeroValues: true,
    callBudget: { list: 5, rounds: 4, byId: 4 },
  },
  {
    name: 'null values are left out',
    answer: rewriting((json) => mapObjects(json, (object) => filter(object, (value) => value !== null))),
  },
  {
    name: 'unset messages are empty objects',
    answer: rewritingProfiles((profile) =>
      mapObjects(profile, (object) => {
        const unset = ['condition', 'sync_identity_action', 'application_sync_identity_action'];
        return map(object, (value, key) => (value === null && unset.includes(key) ? {} : value));
      }),
    ),
  },
  {
    name: 'every object has fields that nobody knows',
    answer: rewriting((json) =>
      mapObjects(json, (object) => ({ ...object, a_new_field: { values: [1, null, { id: 'base' }] }, kind: 7 })),
    ),
  },
  { name: 'has_more is a word', answer: rewriting((json) => mapObjects(json, spellHasMore)) },
  { name: 'member_details is filled', sandbox: { memberDetails: true } },
  { name: 'versions do not name members', sandbox: { membersInVersion: false } },
  { name: 'members stand in member_details only', sandbox: { membersInVersion: false, memberDetails: true } },
  {
    name: 'current_version_number is missing',
    answer: rewritingProfiles((profile) => without(profile, 'current_version_number')),
  },
  {
    name: 'the version has no numbers and names of its own',
    answer: rewritingProfiles((profile) =>
      changeVersion(profile, (it) => without(it, 'version_number', 'access_profile_id')),
    ),
  },
  {
    name: 'access_profiles_inherited and _by are missing',
    answer: rewritingProfiles((profile) =>
      without(profile, 'access_profiles_inherited', 'access_profiles_inherited_by'),
    ),
  },
  {
    name: 'access_profiles_inherited and _by are transitive',
    answer: rewritingProfiles((profile, facts) => ({
      ...profile,
      access_profiles_inherited: facts.above(String(profile['id'])),
      access_profiles_inherited_by: facts.below(String(profile['id'])),
    })),
  },
  {
    name: 'access_profiles_inherited_by is empty',
    answer: rewritingProfiles((profile) => ({ ...profile, access_profiles_inherited_by: [] })),
  },
  {
    name: 'the version does not say whom it inherits from',
    answer: rewritingProfiles((profile) =>
      changeVersion(profile, (it) => without(it, 'inherit_entities_from_access_profiles')),
    ),
  },
  {
    name: 'types come without paging fields',
    answer: rewriting((json, request) =>
      isTypeList(request) && isObject(json) ? { values: json['values'] ?? [] } : json,
    ),
  },
  {
    name: 'lists other than that of profiles are bare',
    answer: rewriting((json, request) => {
      if (isList(request) || !isObject(json)) return json;
      return json['values'] ?? json['integrations'] ?? json;
    }),
  },
  {
    name: 'integrations are wrapped',
    answer: rewriting((json) => (isObject(json) && 'integrations' in json ? { value: json } : json)),
  },
];

function withoutZeroValues(json: Json): Json {
  return mapObjects(json, (object) =>
    filter(object, (value) => !(value === null || value === '' || value === 0 || value === false || isEmpty(value))),
  );
}

function isEmpty(value: Json): boolean {
  return (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

function spellHasMore(object: JsonObject): JsonObject {
  return 'has_more' in object ? { ...object, has_more: String(object['has_more']) } : object;
}

function changeVersion(profile: JsonObject, change: (version: JsonObject) => Json): JsonObject {
  const version = profile['current_version'];
  return isObject(version) ? { ...profile, current_version: change(version) } : profile;
}

function map(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function filter(object: JsonObject, keeps: (value: Json) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => keeps(value)));
}
