type Path = readonly (string | number)[];

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: Path; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** The codes that an outage of the API may end in; anything else is a wrong answer. */
const excusable = new Set([
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_INVALID_RESPONSE',
  'WRITE_OUTCOME_UNKNOWN',
  'OVERLOADED',
]);

/**
 * What is wrong with an answer; null: nothing. At the path of an error the value must be null, or the nearest nullable value around
 * it; every other value must be the true one. The order of lists in the fields that are named `unordered` does not count.
 */
export function problemOf(
  { data, errors = [] }: Answer,
  truth: unknown,
  unordered: ReadonlySet<string> = new Set(),
): string | null {
  for (const { extensions } of errors) {
    const code = String(extensions?.['code']);
    if (!excusable.has(code)) return `code ${code}`;
  }
  if (data === undefined || data === null) return errors.length > 0 ? null : 'neither data nor errors';
  const failed = new Set(errors.map(({ path = [] }) => path.join('.')));
  const excused = new Set(errors.flatMap(({ path = [] }) => path.map((_, i) => path.slice(0, i + 1).join('.'))));
  const lie = [...failed].find((path) => valueAt(data, path.split('.')) !== null);
  if (lie !== undefined) return `${lie}: not null although an error stands there`;
  return difference(sorted(data, unordered), sorted(truth, unordered), [], excused);
}

function difference(actual: unknown, truth: unknown, path: Path, excused: ReadonlySet<string>): string | null {
  if (actual === null && excused.has(path.join('.'))) return null;
  if (Array.isArray(actual) && Array.isArray(truth)) {
    if (actual.length !== truth.length) return `${path.join('.')}: ${actual.length} instead of ${truth.length}`;
    return firstOf(truth.keys(), (i) => difference(actual[i], truth[i], [...path, i], excused));
  }
  if (isObject(actual) && isObject(truth)) {
    const names = new Set([...Object.keys(actual), ...Object.keys(truth)]);
    return firstOf(names, (name) => difference(actual[name], truth[name], [...path, name], excused));
  }
  return Object.is(actual, truth)
    ? null
    : `${path.join('.')}: ${JSON.stringify(actual)} instead of ${JSON.stringify(truth)}`;
}

/** With a fixed order in the lists of these fields. Nothing in them fails alone, so that no path of an error leads into them. */
function sorted(value: unknown, fields: ReadonlySet<string>, field = ''): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.map((item) => sorted(item, fields));
    if (!fields.has(field)) return items;
    const texts = items.map((item) => [JSON.stringify(item), item] as const);
    return texts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sorted(each, fields, name)]));
}

/** The value at a path, or the null on the way to it. */
function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : value), data);
}

function firstOf<T>(values: Iterable<T>, look: (value: T) => string | null): string | null {
  for (const value of values) {
    const found = look(value);
    if (found !== null) return found;
  }
  return null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
