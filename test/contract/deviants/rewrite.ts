import type { Facts } from '../facts.ts';
import type { ApiReply, ApiRequest, Deviant, Json, JsonObject } from '../upstream.ts';

export const base = '/api/private/lifecycle_management';

export function isList({ path }: ApiRequest): boolean {
  return path === `${base}/access_profiles`;
}

export function isTypeList({ path }: ApiRequest): boolean {
  return path === `${base}/access_profiles_types`;
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The same JSON with every object in it, inner ones first, put through `change`, but for maps of free keys. */
export function mapObjects(json: Json, change: (object: JsonObject) => Json): Json {
  if (Array.isArray(json)) return json.map((each: Json) => mapObjects(each, change));
  if (!isObject(json)) return json;
  const inner = Object.entries(json).map(([key, value]) => [
    key,
    key === 'custom_properties' ? value : mapObjects(value, change),
  ]);
  return change(Object.fromEntries(inner));
}

/** Changes the JSON of successful replies. */
export function rewriting(
  change: (json: Json, request: ApiRequest, facts: Facts) => Json,
): NonNullable<Deviant['answer']> {
  return async (request, next, facts) => changed(await next(request), (json) => change(json, request, facts));
}

/** Changes each profile of a list. */
export function rewritingProfiles(change: (profile: JsonObject, facts: Facts) => Json): NonNullable<Deviant['answer']> {
  return rewriting((json, request, facts) => {
    const values = isObject(json) ? json['values'] : undefined;
    if (!isList(request) || !isObject(json) || !Array.isArray(values)) return json;
    return { ...json, values: values.map((each: Json) => (isObject(each) ? change(each, facts) : each)) };
  });
}

export function changed(reply: ApiReply, change: (json: Json) => Json): ApiReply {
  return reply.status === 200 && reply.json !== undefined ? { ...reply, json: change(reply.json) } : reply;
}

export function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
