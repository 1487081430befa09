import type { CompareValue, Comparison, Filter } from '../../src/scim/ast.ts';

export type Scalar = string | number | boolean;

/** A record in one shape only: attributes in lower case, each with its values; values of complex attributes have parts. */
export interface ReferenceRecord {
  readonly simple: Readonly<Record<string, readonly Scalar[]>>;
  readonly complex: Readonly<Record<string, readonly Readonly<Record<string, readonly Scalar[]>>[]>>;
}

/**
 * The meaning of a filter, written down a second time and as directly as it goes: recursion, lists of values, nanoseconds
 * since 1970 as a bigint. For ASCII, and date-times with at most nine digits and no leap second.
 */
export function referenceEvaluate(filter: Filter, record: ReferenceRecord): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => referenceEvaluate(operand, record));
    case 'or':
      return filter.operands.some((operand) => referenceEvaluate(operand, record));
    case 'not':
      return !referenceEvaluate(filter.operand, record);
    case 'some': {
      const elements = record.complex[filter.attribute] ?? [];
      return elements.some((parts) => referenceEvaluate(filter.filter, { simple: parts, complex: {} }));
    }
    case 'present':
      return valuesOf(filter.attribute, record).some((value) => value !== '');
    case 'compare':
      return holds(filter, valuesOf(filter.attribute, record));
  }
}

function valuesOf(attribute: string, record: ReferenceRecord): readonly Scalar[] {
  return record.simple[attribute] ?? [];
}

function holds({ operator, value }: Comparison, values: readonly Scalar[]): boolean {
  const equal = value === null ? values.length === 0 : values.some((candidate) => order(candidate, value) === 0);
  if (operator === 'eq') return equal;
  if (operator === 'ne') return !equal;
  return values.some((candidate) => {
    if (typeof candidate === 'boolean' || typeof value === 'boolean' || value === null) return false;
    const difference = order(candidate, value);
    if (operator === 'gt') return difference === 1;
    if (operator === 'lt') return difference === -1;
    if (operator === 'ge') return difference === 1 || difference === 0;
    if (operator === 'le') return difference === -1 || difference === 0;
    if (typeof candidate !== 'string' || typeof value !== 'string') return false;
    const [text, part] = [candidate.toUpperCase(), value.toUpperCase()];
    const places = [...text, ''].flatMap((_, start) =>
      text.slice(start, start + part.length) === part ? [start] : [],
    );
    if (operator === 'sw') return places.includes(0);
    if (operator === 'ew') return places.includes(text.length - part.length);
    return places.length > 0;
  });
}

/** -1, 0 or 1; undefined between types. */
function order(a: Scalar, b: CompareValue): number | undefined {
  if (typeof a !== typeof b || b === null) return undefined;
  if (typeof a !== 'string' || typeof b !== 'string') return a === b ? 0 : a < b ? -1 : 1;
  const [left, right] = [nanosecondsOf(a), nanosecondsOf(b)];
  if (left !== undefined && right !== undefined) return left === right ? 0 : left < right ? -1 : 1;
  const [one, other] = [a.toUpperCase(), b.toUpperCase()];
  return one === other ? 0 : one < other ? -1 : 1;
}

function nanosecondsOf(text: string): bigint | undefined {
  const [whole, seconds, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i.exec(text) === null ? [] : split(text);
  if (whole === undefined) return undefined;
  const milliseconds = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function split(text: string): readonly (string | undefined)[] {
  return /^(.{19})(?:\.(\d+))?(.+)$/.exec(text.toUpperCase()) ?? [];
}
