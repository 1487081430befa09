import { isJsonObject, type JsonObject } from '../../../src/wire/decode.ts';

/** Kept at any size, since the query or the benchmark needs them. */
const needed = ['id', 'name', 'profile_type', 'access_profiles_inherited', 'updated_at'];

/**
 * A reply whose profiles take `bytes` each as JSON: fields are left out of a larger one, its version last; a smaller one
 * gets entitlements, and a longer description for the rest. Other replies stay as they are.
 */
export function resized(text: string, bytes: number): string {
  const reply: unknown = JSON.parse(text);
  if (!isJsonObject(reply) || !Array.isArray(reply['values'])) return text;
  return JSON.stringify({
    ...reply,
    values: reply['values'].map((row: unknown) =>
      isJsonObject(row) && 'access_profiles_inherited' in row ? profileOf(row, bytes) : row,
    ),
  });
}

function profileOf(row: JsonObject, bytes: number): JsonObject {
  const entries = Object.entries(row);
  const profile: Record<string, unknown> = Object.fromEntries(entries.filter(([key]) => needed.includes(key)));
  let size = JSON.stringify(profile).length;
  const add = (key: string, value: unknown) => {
    const addition = JSON.stringify({ [key]: value }).length - 1;
    if (key in profile || size + addition > bytes) return;
    profile[key] = value;
    size += addition;
  };
  const version = row['current_version'];
  if (isJsonObject(version)) {
    const more = Math.floor((bytes - JSON.stringify(row).length) / entitlementBytes);
    const granted = Array.isArray(version[grants]) ? version[grants] : [];
    const added = Array.from({ length: Math.max(0, more) }, (_, i) => entitlement(i));
    add('current_version', { ...version, [grants]: [...granted, ...added] });
  }
  for (const [key, value] of entries) if (key !== 'description') add(key, value);
  add('description', 'x'.repeat(Math.max(0, bytes - size - '"description":"",'.length)));
  return profile;
}

const grants = 'entities_to_create_relationships_to';

function entitlement(number: number): JsonObject {
  return {
    entity_type: 'OktaGroup',
    datasource_id: 'd14d85e9-342a-4670-b5ec-000000000000',
    entity_id: `00g${String(number).padStart(17, '0')}`,
    name: `Group ${number}`,
    type: 'OktaGroup',
    managed: true,
  };
}

const entitlementBytes = JSON.stringify(entitlement(10)).length + 1;
