/**
 * Decoders for JSON that comes from outside. Each takes what `JSON.parse` gave and returns a typed value or throws
 * DecodeError; the path is put together only while the error travels up, so that the good case pays nothing for it.
 */

/** Hears of enum values this gateway doesn't know: they are answered as UNRECOGNIZED, and an operator may want to know. */
export interface DecodeNotes {
  unrecognized(enumeration: string, value: string | number): void;
}

export type Decoder<T> = (value: unknown, notes: DecodeNotes) => T;
export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON does not have the shape the API documents. `path` is a JSON path such as `values[3].labels[0]`. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly #expected: string;
  readonly #segments: (string | number)[] = [];

  constructor(expected: string, found: unknown) {
    super();
    this.#expected = `expected ${expected}, found ${describe(found)}`;
  }

  /** Puts one step in front of the path. */
  under(segment: string | number): this {
    this.#segments.unshift(segment);
    return this;
  }

  get path(): string {
    if (this.#segments.length === 0) return '(root)';
    return this.#segments
      .map((step, i) => (isName(step) ? `${i === 0 ? '' : '.'}${step}` : `[${printStep(step)}]`))
      .join('');
  }

  override get message(): string {
    return `${this.path}: ${this.#expected}`;
  }
}

/** Whether a step is a key as the API makes them; the keys of a map may be anything, and are as little to be shown as values. */
function isName(step: string | number): step is string {
  return typeof step === 'string' && /^\w{1,64}$/.test(step);
}

function printStep(step: string | number): string {
  return typeof step === 'number' ? String(step) : '?';
}

/** The kind of a value, never the value itself: it may be long, secret or hostile. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const jsonObject: Decoder<JsonObject> = (value) => {
  if (!isJsonObject(value)) throw new DecodeError('an object', value);
  return value;
};

/** Decodes one member of an object; an absent member reaches the decoder as undefined. */
export function field<T>(object: JsonObject, key: string, decode: Decoder<T>, notes: DecodeNotes): T {
  try {
    return decode(object[key], notes);
  } catch (error) {
    throw error instanceof DecodeError ? error.under(key) : error;
  }
}

/** A non-empty string that names something. */
export const id: Decoder<string> = (value) => {
  if (typeof value !== 'string' || value === '') throw new DecodeError('a non-empty string', value);
  return value;
};

/** A string; proto3 JSON may leave out an empty one. */
export const text: Decoder<string> = (value) => optionalText(value) ?? '';

/** A string as it was sent, "" included; null where there is none. */
export const optionalText = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  throw new DecodeError('a string', value);
};

/** A reference, instant or note that proto3 JSON prints as "" when it is not set. */
export const optionalReference: Decoder<string | null> = (value) => optionalText(value) || null;

/** An enum whose values this gateway only passes on: its name, or its number as text. */
export const openEnum: Decoder<string | null> = (value) => {
  if (typeof value === 'number') return String(value);
  return optionalReference(value, silent);
};

const silent: DecodeNotes = { unrecognized: () => undefined };

/** Booleans; the pagination guide writes `"has_more": "true"`, so the two words count as well. */
export const optionalBoolean: Decoder<boolean | null> = (value) => {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return null;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new DecodeError('a boolean', value);
};

/** A boolean whose absence means false (proto3). */
export const flag: Decoder<boolean> = (value, notes) => optionalBoolean(value, notes) ?? false;

/** GraphQL's Int; larger counts of seconds or profiles are not to be expected, and could not be answered. */
const maxInteger = 2 ** 31 - 1;

/** An integer, as a number or as the string that proto3 JSON makes of an int64. */
export const optionalInteger: Decoder<number | null> = (value) => {
  if (value === undefined || value === null) return null;
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > maxInteger) {
    throw new DecodeError('a 32-bit integer', value);
  }
  return number;
};

/** An integer of which 0 means that there is none (`draft_version_number`, `max_entitlements`). */
export const positiveInteger: Decoder<number | null> = (value, notes) => {
  const number = optionalInteger(value, notes);
  return number !== null && number > 0 ? number : null;
};

/** An array; an absent one reads as null, which is not the same as an empty one. */
export function optionalArray<T>(decode: Decoder<T>): Decoder<readonly T[] | null> {
  return (value, notes) => {
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value)) throw new DecodeError('an array', value);
    const decoded = new Array<T>(value.length);
    for (let i = 0; i < value.length; i++) {
      try {
        decoded[i] = decode(value[i], notes);
      } catch (error) {
        throw error instanceof DecodeError ? error.under(i) : error;
      }
    }
    return decoded;
  };
}

/** An array whose absence means empty (proto3). */
export function array<T>(decode: Decoder<T>): Decoder<readonly T[]> {
  const optional = optionalArray(decode);
  return (value, notes) => optional(value, notes) ?? [];
}

/** Absent or null, or else what `decode` makes of it. */
export function optional<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value, notes) => (value === undefined || value === null ? null : decode(value, notes));
}

const decodeTexts = array(text);

/** Strings; as they are where there is nothing to change, which is almost always. */
export const texts: Decoder<readonly string[]> = (value, notes) => (isTexts(value) ? value : decodeTexts(value, notes));

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Ids, each once, in the order of their first appearance; null where the list is absent. */
export const optionalIdSet: Decoder<readonly string[] | null> = (value, notes) => {
  if (value === undefined || value === null) return null;
  const ids = texts(value, notes);
  // Most lists are short and clean, and there are five in each profile.
  if (ids.length <= 8 && ids.every((each, i) => each !== '' && ids.indexOf(each) === i)) return ids;
  return [...new Set(ids)].filter((each) => each !== '');
};

/**
 * One of `names`, or UNRECOGNIZED. The API documents names on the wire and its generated specification integers
 * (API notes §9.1): an integer counts in the documented order, from 0.
 */
export function enumeration<const Names extends readonly string[]>(
  label: string,
  names: Names,
): Decoder<Names[number] | 'UNRECOGNIZED'> {
  const byName = new Map<string, Names[number]>(names.map((name) => [name, name]));
  return (value, notes) => {
    if (typeof value === 'string') {
      const known = byName.get(value.toUpperCase()) ?? (/^\d+$/.test(value) ? names[Number(value)] : undefined);
      if (known !== undefined) return known;
      if (value !== '') notes.unrecognized(label, value);
      return 'UNRECOGNIZED';
    }
    if (typeof value === 'number') {
      const known = names[value];
      if (known !== undefined) return known;
      notes.unrecognized(label, value);
      return 'UNRECOGNIZED';
    }
    if (value === undefined || value === null) return 'UNRECOGNIZED';
    throw new DecodeError('an enum name or number', value);
  };
}
