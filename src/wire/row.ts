import { type Decoder, type JsonObject, jsonObject, type Place } from './decode.ts';

/** The type that the API documents for a field (API notes §1). */
export type DocumentedType =
  | 'string'
  | 'date-time'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'enum'
  | 'string[]'
  | 'map'
  | 'object'
  | 'object[]';

/** A field of the API, and how a property of the model is read from it. */
export interface Field<T> {
  readonly key: string;
  readonly type: DocumentedType;
  /** `at` is the place of the row. */
  readonly read: (row: JsonObject, at: Place) => T;
}

/** One field for each property of the model. */
export type Fields<T> = { readonly [Name in keyof T]: Field<T[Name]> };

export function field<T>(key: string, type: DocumentedType, decode: Decoder<T>): Field<T> {
  return { key, type, read: (row, at) => decode(row[key], at.at(key)) };
}

const json = Symbol('json');
const place = Symbol('place');
const built = Symbol('built');

interface Source {
  [json]: JsonObject;
  [place]: Place;
  /** Objects and arrays that were built, by their properties. */
  [built]: Record<string, unknown> | null;
}

/**
 * Decodes an object to a row, which decodes a field when its property is read: a value that can't be read fails alone,
 * and a field that nobody reads costs nothing. Such a property throws what `Place.unexpected` gives, each time. Only
 * `ids` are checked at once. An object or array is built once.
 *
 * A row must not be spread, since its properties are getters of its prototype. `JSON.stringify` prints the JSON that it
 * was read from.
 */
export function rowDecoder<T>(fields: Fields<T>, ids: readonly (keyof T)[] = []): Decoder<T> {
  const prototype = prototypeOf(fields);
  return (value, at) => {
    const row: T & Source = Object.create(prototype);
    row[json] = jsonObject(value, at);
    row[place] = at;
    row[built] = null;
    for (const name of ids) fields[name].read(row[json], at);
    return row;
  };
}

/** A row of which some properties are others; those that are undefined are read from the row. Printed as JSON it is as it was. */
export function alteredRow<T extends object>(row: T, changes: { readonly [Name in keyof T]?: T[Name] | undefined }): T {
  const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return Object.create(row, Object.getOwnPropertyDescriptors(named));
}

/**
 * Makes rows of which only some properties are known, as nobody has selected others: their row was not read. Any other
 * property throws TypeError.
 */
export function unreadRow<T>(fields: Fields<T>): (known: Partial<T>) => T {
  const unread = (name: string) => ({
    get: () => {
      throw new TypeError(`${name} was not read`);
    },
  });
  const prototype = Object.defineProperties(
    {},
    Object.fromEntries(Object.keys(fields).map((name) => [name, unread(name)])),
  );
  return (known) => Object.create(prototype, Object.getOwnPropertyDescriptors(known));
}

function prototypeOf<T>(fields: Fields<T>): object {
  const prototype = Object.defineProperty({}, 'toJSON', {
    value(this: Source) {
      return this[json];
    },
  });
  for (const [name, { key, read }] of Object.entries<Field<unknown>>(fields)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: Source): unknown {
        const known = this[built]?.[name];
        if (known !== undefined) return known;
        const value = read(this[json], this[place]);
        // Not by a property of the row itself: to define one is slower than to build most values.
        if (typeof value === 'object' && value !== null && value !== this[json][key]) {
          this[built] ??= {};
          this[built][name] = value;
        }
        return value;
      },
    });
  }
  return prototype;
}
