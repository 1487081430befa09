import { ApiError, type FieldViolation, invalidArgument, invalidArguments } from './errors.ts';
import type { OpaqueEnum, StringMap } from './record.ts';

/**
 * A JSON object of a request, read field by field as protojson does: unknown keys are ignored, an absent field is undefined,
 * null is the field's zero value, enums come as names or integers, 64-bit integers as strings or numbers (INF: API notes §0.1). What
 * does not fit is noted, so that one reply names every violation: call `check` when all is read.
 */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #violations: FieldViolation[];

  private constructor(object: Readonly<Record<string, unknown>>, path: string, violations: FieldViolation[]) {
    this.#object = object;
    this.#path = path;
    this.#violations = violations;
  }

  /** The body of a request; 400 unless it is an object. */
  static ofBody(body: unknown): Fields {
    if (!isObject(body)) throw new ApiError('InvalidArgument', { message: 'The request body is not a JSON object.' });
    return new Fields(body, '', []);
  }

  violate(name: string, description: string): void {
    this.#violations.push({ field: `${this.#path}${name}`, description });
  }

  note(violations: readonly FieldViolation[]): void {
    this.#violations.push(...violations);
  }

  /** Throws 400 with everything that was noted. */
  check(): void {
    if (this.#violations.length > 0) throw invalidArguments(this.#violations);
  }

  string(name: string): string | undefined {
    return this.#read(name, '', 'a text', (value) => (typeof value === 'string' ? value : undefined));
  }

  /** A text that may not be empty; absent is a violation too. */
  requiredString(name: string): string {
    const text = this.string(name);
    this.#require(name, text !== '');
    return text ?? '';
  }

  boolean(name: string): boolean | undefined {
    return this.#read(name, false, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  /** A whole number that is not negative. */
  integer(name: string): number | undefined {
    return this.#read(name, 0, 'a number from 0', (value) => {
      const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
    });
  }

  enum<T extends string>(name: string, names: readonly [T, ...T[]]): T | undefined {
    const expected = `one of ${names.join(', ')}`;
    return this.#read(name, names[0], expected, (value) =>
      typeof value === 'number' ? names[value] : names.find((candidate) => candidate === value),
    );
  }

  requiredEnum<T extends string>(name: string, names: readonly [T, ...T[]]): T {
    this.#require(name, true);
    return this.enum(name, names) ?? names[0];
  }

  opaqueEnum(name: string): OpaqueEnum | undefined {
    return this.#read(name, 0, 'a name or a number', (value) =>
      typeof value === 'string' || Number.isSafeInteger(value) ? toOpaque(value) : undefined,
    );
  }

  strings(name: string): readonly string[] | undefined {
    return this.#read(name, [], 'a list of texts', (value) =>
      Array.isArray(value) && value.every((element) => typeof element === 'string') ? value : undefined,
    );
  }

  stringMap(name: string): StringMap | undefined {
    return this.#read(name, {}, 'a map of texts', (value) => {
      if (!isObject(value)) return undefined;
      const entries: [string, string][] = [];
      for (const [key, element] of Object.entries(value)) {
        if (typeof element !== 'string') return undefined;
        entries.push([key, element]);
      }
      return Object.fromEntries(entries);
    });
  }

  /** A message; null when it is sent as null. */
  object<T>(name: string, read: (fields: Fields) => T): T | null | undefined {
    const object = this.#read<Fields | null>(name, null, 'an object', (value) => this.#nested(value, name));
    return object === undefined || object === null ? object : read(object);
  }

  objects<T>(name: string, read: (fields: Fields) => T): readonly T[] | undefined {
    const list = this.#read<readonly unknown[]>(name, [], 'a list', (value) =>
      Array.isArray(value) ? value : undefined,
    );
    return list?.flatMap((element, index) => {
      const nested = this.#nested(element, `${name}[${index}]`);
      if (nested === undefined) this.violate(`${name}[${index}]`, 'Expected an object.');
      return nested === undefined ? [] : [read(nested)];
    });
  }

  #require(name: string, filled: boolean): void {
    if (!filled || !Object.hasOwn(this.#object, name)) this.violate(name, 'This field is required.');
  }

  #nested(value: unknown, name: string): Fields | undefined {
    return isObject(value) ? new Fields(value, `${this.#path}${name}.`, this.#violations) : undefined;
  }

  #read<T>(name: string, zero: T, expected: string, read: (value: unknown) => T | undefined): T | undefined {
    const value = Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
    if (value === undefined) return undefined;
    if (value === null) return zero;
    const result = read(value);
    if (result === undefined) this.violate(name, `Expected ${expected}.`);
    return result;
  }
}

function toOpaque(value: unknown): OpaqueEnum {
  return typeof value === 'number' ? value : String(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Optional<T> = { readonly [K in keyof T]: T[K] | undefined };

/** The object without the keys whose value is undefined: "only what was sent changes". */
export function defined<T extends object>(fields: Optional<T>): Partial<T> {
  const kept: Partial<T> = {};
  for (const key of keysOf(fields)) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

/**
 * The fields that a PATCH changes: all that were sent, or of these the ones that `update_mask` names. `labels` and `value.labels`
 * mean the same (UNK which is right: API notes §1.3); of a nested path the first name counts.
 */
export function changesOf<T extends object>(query: URLSearchParams, fields: Optional<T>): Partial<T> {
  const sent = defined(fields);
  const mask = query.get('update_mask') ?? '';
  if (mask.trim() === '') return sent;
  const names = new Set<PropertyKey>();
  for (const path of mask.split(',').map((each) => each.trim())) {
    const [name = ''] = path.replace(/^value\./, '').split('.');
    if (!Object.hasOwn(fields, name)) {
      throw invalidArgument('update_mask', `"${path}" is not a field that can be updated.`);
    }
    names.add(name);
  }
  for (const key of keysOf(fields)) if (!names.has(key)) delete sent[key];
  return sent;
}

function keysOf<T extends object>(fields: Optional<T>): (keyof T)[] {
  const keys: (keyof T)[] = [];
  for (const key in fields) keys.push(key);
  return keys;
}
