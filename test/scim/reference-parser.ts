import type { CompareValue, Filter } from '../../src/scim/ast.ts';
import { and, compare, compareOperators, not, or } from '../../src/scim/ast.ts';

const token =
  /[ \t\r\n]*(?:([()[\]])|("(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|([^\s()[\]"]+))/uy;
const path = /^(urn:[\w.~%$+-]+(:[\w.~%$+-]+)+:)?[a-z$][\w$-]*(\.[a-z$][\w$-]*)*$/i;

/**
 * A second reading of RFC 7644 §3.4.2.2 to compare the parser with: by recursion over a list of tokens, with the grammar's
 * productions as functions. undefined if the text is no filter. Only for short texts.
 */
export function referenceParse(text: string): Filter | undefined {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (/[^ \t\r\n]/.test(text.slice(token.lastIndex))) {
    const match = token.exec(text);
    if (match === null) return undefined;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  const result = disjunction(tokens, false);
  return result !== undefined && result.rest.length === 0 ? result.filter : undefined;
}

interface Reading {
  readonly filter: Filter;
  readonly rest: readonly string[];
}

function disjunction(tokens: readonly string[], inValuePath: boolean): Reading | undefined {
  const left = conjunction(tokens, inValuePath);
  if (left?.rest[0]?.toLowerCase() !== 'or') return left;
  const right = disjunction(left.rest.slice(1), inValuePath);
  return right && { filter: or(left.filter, right.filter), rest: right.rest };
}

function conjunction(tokens: readonly string[], inValuePath: boolean): Reading | undefined {
  const left = factor(tokens, inValuePath);
  if (left?.rest[0]?.toLowerCase() !== 'and') return left;
  const right = conjunction(left.rest.slice(1), inValuePath);
  return right && { filter: and(left.filter, right.filter), rest: right.rest };
}

function factor(tokens: readonly string[], inValuePath: boolean): Reading | undefined {
  const [first = '', second = '', third = ''] = tokens;
  if (first === '(') return closed(disjunction(tokens.slice(1), inValuePath), ')');
  if (first.toLowerCase() === 'not' && second === '(') {
    const inner = closed(disjunction(tokens.slice(2), inValuePath), ')');
    return inner && { filter: not(inner.filter), rest: inner.rest };
  }
  if (!path.test(first)) return undefined;
  if (second === '[' && !inValuePath) {
    const inner = closed(disjunction(tokens.slice(2), true), ']');
    return inner && { filter: { kind: 'some', attribute: first, filter: inner.filter }, rest: inner.rest };
  }
  if (second.toLowerCase() === 'pr') return { filter: { kind: 'present', attribute: first }, rest: tokens.slice(2) };
  const operator = compareOperators.find((name) => name === second.toLowerCase());
  const value = literal(third);
  if (operator === undefined || value === undefined) return undefined;
  return { filter: compare(first, operator, value), rest: tokens.slice(3) };
}

function closed(reading: Reading | undefined, bracket: string): Reading | undefined {
  return reading?.rest[0] === bracket ? { filter: reading.filter, rest: reading.rest.slice(1) } : undefined;
}

function literal(text: string): CompareValue | undefined {
  try {
    const value: unknown = JSON.parse(text.startsWith('"') ? text : text.toLowerCase());
    if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
    return typeof value === 'string' || typeof value === 'boolean' || value === null ? value : undefined;
  } catch {
    return undefined;
  }
}
