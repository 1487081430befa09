import { type Decoder, isJsonObject, type JsonObject } from './decode.ts';
import { type Field, type Fields, rowDecoder } from './row.ts';

/** The members of an object that are kept: `true` as they are, else only what the shape within names. */
export interface Shape {
  readonly [key: string]: true | Shape | ((value: unknown) => unknown);
}

/**
 * Copies the named members of JSON and drops all others, so that secrets which the API sends along are in no memory of the
 * gateway. Lists are copied element by element. A value of another kind than its shape is kept if it holds no members: the
 * decoder then says what is wrong with it.
 */
export function keepOnly(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) return value.map((each) => keepOnly(each, shape));
  if (!isJsonObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, within] of Object.entries(shape)) {
    if (!Object.hasOwn(value, key)) continue;
    kept[key] = keptOf(value[key], within);
  }
  return kept;
}

function keptOf(value: unknown, within: Shape[string]): unknown {
  if (typeof within === 'function') return within(value);
  if (within !== true) return keepOnly(value, within);
  return isJsonObject(value) ? {} : value;
}

/** Decodes rows as `rowDecoder` does, of which only the members are kept that the fields read; `within`: those of their objects. */
export function keptRowDecoder<T>(fields: Fields<T>, ids: readonly (keyof T)[], within: Shape = {}): Decoder<T> {
  const keys = Object.values<Field<unknown>>(fields).map(({ key }) => [key, true] as const);
  const shape: Shape = { ...Object.fromEntries(keys), ...within };
  const decode = rowDecoder(fields, ids);
  return (value, at) => decode(keepOnly(value, shape), at);
}

/** The member of an object that is an object itself; empty where it is none. */
export function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

/** The objects in a list; empty where it is no list. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
