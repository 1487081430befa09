/** The reply that is being decoded. It outlives its call: rows are decoded when somebody reads them. */
export interface Reply {
  /** The error for a reply that can't be used; `problem` names the JSON path and never a value. */
  invalid(problem: string): Error;
  /** Hears of enum values that this gateway doesn't know: they are answered as UNRECOGNIZED, and an operator may want to know. */
  unrecognized(enumeration: string, value: string | number): void;
  /** What the replies of this API have shown; absent: nothing is learnt from them. */
  readonly style?: ReplyStyle;
}

/** How an API prints its replies. Once it is known, a reply that differs is not taken for an empty one. */
export interface ReplyStyle {
  /** Whether values such as false, 0 and empty lists are left out, as proto3 JSON may; null: unknown. */
  leavesOutZeroValues: boolean | null;
  /** Whether a page has said if there are more. */
  saysHasMore: boolean;
  /** Whether a list has come as a bare array that held something. */
  answersArrays: boolean;
}

/** A place in the JSON of a reply. Its path is put together only for an error, so that the good case pays little for it. */
export class Place {
  readonly reply: Reply;
  readonly #parent: Place | null;
  readonly #step: string | number;

  private constructor(reply: Reply, parent: Place | null, step: string | number) {
    this.reply = reply;
    this.#parent = parent;
    this.#step = step;
  }

  static root(reply: Reply): Place {
    return new Place(reply, null, '');
  }

  /** The place of a member or an element. */
  at(step: string | number): Place {
    return new Place(this.reply, this, step);
  }

  /** A JSON path such as `values[3].labels[0]`. */
  get path(): string {
    if (this.#parent === null) return '(root)';
    const step = this.#step;
    if (!isName(step)) return `${this.#parent.#prefix}[${typeof step === 'number' ? step : '?'}]`;
    return this.#parent.#parent === null ? step : `${this.#parent.path}.${step}`;
  }

  get #prefix(): string {
    return this.#parent === null ? '' : this.path;
  }

  /** The error for JSON that does not have the documented shape here. It tells the kind of what was found, never the value. */
  unexpected(expected: string, found: unknown): Error {
    return this.reply.invalid(`${this.path}: expected ${expected}, found ${describe(found)}`);
  }
}

/** Returns a typed value for what `JSON.parse` gave, or throws what `at.unexpected` gives. */
export type Decoder<T> = (value: unknown, at: Place) => T;
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a step is a key as the API makes them; the keys of a map may be anything, and are as little to be shown as values. */
function isName(step: string | number): step is string {
  return typeof step === 'string' && /^\w{1,64}$/.test(step);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const jsonObject: Decoder<JsonObject> = (value, at) => {
  if (!isJsonObject(value)) throw at.unexpected('an object', value);
  return value;
};

/** Decodes one member of an object; an absent member reaches the decoder as undefined. */
export function member<T>(object: JsonObject, key: string, decode: Decoder<T>, at: Place): T {
  return decode(object[key], at.at(key));
}

/** A non-empty string that names something. */
export const id: Decoder<string> = (value, at) => {
  if (typeof value !== 'string' || value === '') throw at.unexpected('a non-empty string', value);
  return value;
};

/** A string as it was sent, "" included; null where there is none. */
export const optionalText: Decoder<string | null> = (value, at) => {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  throw at.unexpected('a string', value);
};

/** A string; proto3 JSON may leave out an empty one. */
export const text: Decoder<string> = (value, at) => optionalText(value, at) ?? '';

/** A reference, instant or note that proto3 JSON prints as "" when it is not set. */
export const optionalReference: Decoder<string | null> = (value, at) => optionalText(value, at) || null;

/** An enum whose values this gateway only passes on: its name, or its number as text. */
export const openEnum: Decoder<string | null> = (value, at) =>
  typeof value === 'number' ? String(value) : optionalReference(value, at);

/** Booleans; the pagination guide writes `"has_more": "true"`, so the two words count as well. */
export const optionalBoolean: Decoder<boolean | null> = (value, at) => {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return null;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw at.unexpected('a boolean', value);
};

/** A boolean whose absence means false (proto3). */
export const flag: Decoder<boolean> = (value, at) => optionalBoolean(value, at) ?? false;

/** GraphQL's Int can hold no larger number. */
const maxInteger = 2 ** 31 - 1;

/** An integer, as a number or as the string that proto3 JSON makes of an int64. */
export const optionalInteger: Decoder<number | null> = (value, at) => {
  if (value === undefined || value === null) return null;
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > maxInteger) {
    throw at.unexpected('a 32-bit integer', value);
  }
  return number;
};

export const integer: Decoder<number> = (value, at) => {
  const number = optionalInteger(value, at);
  if (number === null) throw at.unexpected('an integer', value);
  return number;
};

/** An integer of which 0 means that there is none (`draft_version_number`, `max_entitlements`). */
export const positiveInteger: Decoder<number | null> = (value, at) => {
  const number = optionalInteger(value, at);
  return number !== null && number > 0 ? number : null;
};

/** An array; an absent one reads as null, which is not the same as an empty one. */
export function optionalArray<T>(decode: Decoder<T>): Decoder<readonly T[] | null> {
  return (value, at) => {
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value)) throw at.unexpected('an array', value);
    return value.map((each, i) => decode(each, at.at(i)));
  };
}

/** An array whose absence means empty (proto3). */
export function array<T>(decode: Decoder<T>): Decoder<readonly T[]> {
  const decodeArray = optionalArray(decode);
  return (value, at) => decodeArray(value, at) ?? [];
}

/** Absent or null, or else what `decode` makes of it. */
export function optional<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value, at) => (value === undefined || value === null ? null : decode(value, at));
}

const string: Decoder<string> = (value, at) => {
  if (typeof value !== 'string') throw at.unexpected('a string', value);
  return value;
};
const decodeTexts = array(string);

/** Strings; an absent list is empty, and a null among them is no string. A list is returned as it is: most are sound. */
export const texts: Decoder<readonly string[]> = (value, at) => (isTexts(value) ? value : decodeTexts(value, at));

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Ids, each once, in the order of their first appearance; null where the list is absent. */
export const optionalIdSet: Decoder<readonly string[] | null> = (value, at) => {
  if (value === undefined || value === null) return null;
  const ids = texts(value, at);
  // Most lists are short and clean, and there are several in each profile.
  if (ids.length <= 8 && ids.every((each, i) => each !== '' && ids.indexOf(each) === i)) return ids;
  return [...new Set(ids)].filter((each) => each !== '');
};

/** Ids, each once; an absent list is empty. */
export const idSet: Decoder<readonly string[]> = (value, at) => optionalIdSet(value, at) ?? [];

/**
 * One of `names`, or UNRECOGNIZED. The API documents names on the wire and its generated specification integers
 * (API notes §9.1): an integer counts in the documented order, from 0.
 */
export function enumeration<const Names extends readonly string[]>(
  label: string,
  names: Names,
): Decoder<Names[number] | 'UNRECOGNIZED'> {
  const byName = new Map<string, Names[number]>(names.map((name) => [name, name]));
  return (value, at) => {
    if (value === undefined || value === null || value === '') return 'UNRECOGNIZED';
    if (typeof value !== 'string' && typeof value !== 'number') throw at.unexpected('an enum name or number', value);
    const number = typeof value === 'number' || /^\d+$/.test(value) ? Number(value) : null;
    const known = number === null ? byName.get(String(value).toUpperCase()) : names[number];
    if (known === undefined) at.reply.unrecognized(label, value);
    return known ?? 'UNRECOGNIZED';
  };
}
