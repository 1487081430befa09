import type { Profile } from '../model/profile.ts';
import { and, type Comparison, type Filter, or } from '../scim/ast.ts';
import { compileFilter } from '../scim/evaluate.ts';
import { printFilter } from '../scim/printer.ts';
import { walkFilter } from '../scim/walk.ts';
import { profileAttributes } from './attributes.ts';
import { type Condition, isNothing, satisfies } from './condition.ts';
import {
  documentedComparisons,
  type FilterSupport,
  isDocumented,
  type SupportKey,
  supportKey,
  type Verdict,
} from './support.ts';

/**
 * Bytes that a filter may take in the URL. Proxies commonly refuse a request line of 8 KB; a hundred UUIDs joined by
 * `or` take 5.2 KB.
 */
export const maxEncodedFilterBytes = 6000;

/** Operands of an `or` in the API's documents (API notes §3.1). */
const documentedOperands = 2;

/** A plan to answer a condition: the filter for the API, and the tests that are left here. */
export interface Plan {
  /** SCIM for the API, or null to ask for every profile. Its answer always holds at least the profiles that match. */
  readonly filter: string | null;
  /** Whether all of the condition is in the filter, so that few of the API's rows will be dropped here. */
  readonly covered: boolean;
  /** The attributes and operators in the filter: what a cursor has to remember to ask the same again. */
  readonly assumes: readonly SupportKey[];
  /** The most comparisons that the filter was allowed, for the same purpose. */
  readonly maxComparisons: number;
  /** The proof that an answer to the filter needs; null: the documents offer it. */
  readonly needs: ProofNeed | null;
  /** The one among its attributes and operators that the API has not been asked before. */
  readonly trial: SupportKey | null;
  /** Whether a profile is in the answer; null: that depends on its members. */
  readonly matches: (profile: Profile) => boolean | null;
  /** Whether a profile satisfies the filter in the widest way to read it: an API that sends others answers something else. */
  readonly accepts: (profile: Profile) => boolean;
}

/** The claim that a probe has to show: the API reads these as they are meant, in a filter of this size. */
export interface ProofNeed {
  readonly keys: readonly SupportKey[];
  /** Comparisons under the largest `or`; 1: there is none. */
  readonly alternatives: number;
  readonly comparisons: number;
}

/** The parts that a filter may have. */
interface Allowance {
  readonly takes: (key: SupportKey) => boolean;
  readonly maxComparisons: number;
}

/**
 * Splits a condition into what the API takes and the rest. At most one filter that the API was not asked before is in it, so
 * that a failed proof says which one it was. null where nothing can match, so that the API need not be asked. Linear.
 */
export function plan(condition: Condition, support: Pick<FilterSupport, 'verdict' | 'maxComparisons'>): Plan | null {
  if (isNothing(condition)) return null;
  const maxComparisons = support.maxComparisons('lists');
  const verdicts = new Map<SupportKey, Verdict>();
  visitComparisons(condition, (comparison) => {
    const key = supportKey(comparison);
    if (!verdicts.has(key)) verdicts.set(key, support.verdict(key));
  });
  const allowing = (trial: SupportKey | null): Allowance => ({
    maxComparisons,
    takes: (key) => key === trial || verdicts.get(key) === 'documented' || verdicts.get(key) === 'worked',
  });
  const usual = choose(condition, allowing(null));
  for (const [key, verdict] of verdicts) {
    if (verdict !== 'untried') continue;
    const wider = choose(condition, allowing(key));
    if (wider.bytes !== usual.bytes) return build(condition, wider, maxComparisons, key);
  }
  return build(condition, usual, maxComparisons, null);
}

/** The plan that needs no proof: what the documents offer, in filters as short as theirs. */
export function planByDocuments(condition: Condition): Plan {
  return build(condition, choose(condition, byDocuments), byDocuments.maxComparisons, null);
}

const byDocuments: Allowance = { takes: isDocumented, maxComparisons: documentedComparisons };

/** The plan that was made of a condition before, whatever is known by now: a cursor was cut from it, or all else failed. */
export function planAssuming(
  condition: Condition,
  assumes: readonly SupportKey[],
  maxComparisons = Number.POSITIVE_INFINITY,
): Plan | null {
  if (isNothing(condition)) return null;
  const assumed = new Set(assumes);
  const chosen = choose(condition, { takes: (key) => assumed.has(key), maxComparisons });
  return build(condition, chosen, maxComparisons, null);
}

function build(condition: Condition, chosen: Choice, maxComparisons: number, trial: SupportKey | null): Plan {
  const filter = chosen.conjuncts.length === 0 ? null : and(...chosen.conjuncts);
  const keys = new Set<SupportKey>();
  if (filter !== null) visitFilter(filter, (comparison) => keys.add(supportKey(comparison)));
  return {
    // Whether `and` or `or` binds tighter is not documented (API notes §3.3), so nothing is left to precedence.
    filter: filter && printFilter(filter, { explicit: true }),
    covered: chosen.covered,
    assumes: [...keys],
    maxComparisons,
    needs: filter && needsOf(filter, [...keys], chosen),
    trial,
    matches: (profile) => satisfies(condition, profile),
    accepts: filter === null ? () => true : accepting(filter),
  };
}

/** Reads a filter in the widest way that an API may: letter case does not count, `co` on a list looks into its elements. */
export function accepting(filter: Filter): (row: Profile) => boolean {
  let compiled: ReturnType<typeof compileFilter> | null = null;
  return (row) => {
    compiled ??= compileFilter(filter);
    return compiled((attribute) => profileAttributes.get(attribute)?.(row));
  };
}

function needsOf(filter: Filter, keys: readonly SupportKey[], { comparisons, alternatives }: Choice): ProofNeed | null {
  const undocumented = keys.filter((key) => !isDocumented(key));
  const isLong = comparisons > documentedComparisons || alternatives > documentedOperands;
  if (!isLong) return undocumented.length === 0 ? null : { keys: undocumented, alternatives, comparisons };
  const inOr = alternatives > documentedOperands ? keysInLargestOr(filter, alternatives) : [];
  const shown = new Set([...undocumented, ...inOr]);
  return { keys: shown.size === 0 ? keys : [...shown], alternatives, comparisons };
}

function keysInLargestOr(filter: Filter, size: number): readonly SupportKey[] {
  const keys = new Set<SupportKey>();
  walkFilter(filter, (node) => {
    if (node.kind !== 'or') return;
    const inside: SupportKey[] = [];
    visitFilter(node, (comparison) => inside.push(supportKey(comparison)));
    if (inside.length === size) for (const key of inside) keys.add(key);
  });
  return [...keys];
}

function visitFilter(filter: Filter, visit: (comparison: Comparison) => void): void {
  walkFilter(filter, (node) => {
    if (node.kind === 'compare') visit(node);
  });
}

function visitComparisons(condition: Condition, visit: (comparison: Comparison) => void): void {
  if (condition.kind !== 'test') for (const each of condition.of) visitComparisons(each, visit);
  else if (condition.pushdown !== null) visit(condition.pushdown);
}

/** The part of a condition that the API is asked. */
interface Choice {
  readonly conjuncts: readonly Filter[];
  readonly bytes: number;
  readonly comparisons: number;
  readonly alternatives: number;
  readonly covered: boolean;
}

/** As much of a condition as is allowed and fits into a URL. */
function choose(condition: Condition, allowance: Allowance): Choice {
  const conjuncts: Filter[] = [];
  let bytes = 0;
  let comparisons = 0;
  let alternatives = 1;
  let covered = true;
  for (const operand of condition.kind === 'all' ? condition.of : [condition]) {
    const part = translate(operand, allowance.takes);
    if (part === null || !fits(part, bytes, comparisons, allowance.maxComparisons)) {
      covered = false;
      continue;
    }
    conjuncts.push(part.filter);
    bytes += part.bytes + (conjuncts.length > 1 ? andBytes : 0);
    comparisons += part.comparisons;
    alternatives = Math.max(alternatives, part.alternatives);
    covered &&= part.covered;
  }
  return { conjuncts, bytes, comparisons, alternatives, covered };
}

function fits(part: Translation, bytes: number, comparisons: number, maxComparisons: number): boolean {
  if (bytes + (bytes > 0 ? andBytes : 0) + part.bytes > maxEncodedFilterBytes) return false;
  if (maxComparisons === Number.POSITIVE_INFINITY) return true;
  return comparisons + part.comparisons <= maxComparisons && part.alternatives <= documentedOperands;
}

interface Translation {
  readonly filter: Filter;
  /** At most: parentheses are counted also where they turn out not to be needed. */
  readonly bytes: number;
  readonly comparisons: number;
  readonly alternatives: number;
  readonly covered: boolean;
}

const andBytes = 5;
const orBytes = 4;
const parenthesesBytes = 6;

/** null: nothing of it can be asked, which stands for every profile. */
function translate(condition: Condition, takes: (key: SupportKey) => boolean): Translation | null {
  if (condition.kind === 'test') {
    const { pushdown } = condition;
    if (pushdown === null || !isPlainValue(pushdown) || !takes(supportKey(pushdown))) return null;
    return { filter: pushdown, bytes: bytesOf(pushdown), comparisons: 1, alternatives: 1, covered: true };
  }
  const isAny = condition.kind === 'any';
  const parts: Translation[] = [];
  for (const each of condition.of) {
    const part = translate(each, takes);
    if (part !== null) parts.push(part);
    // An alternative that can't be asked for may match any profile, and so may the whole.
    else if (isAny) return null;
  }
  const [first] = parts;
  if (first === undefined) return null;
  const covered = parts.length === condition.of.length && parts.every((part) => part.covered);
  if (parts.length === 1) return { ...first, covered };
  const comparisons = sum(parts, (part) => part.comparisons);
  const operands = parts.map((part) => part.filter);
  return {
    filter: isAny ? or(...operands) : and(...operands),
    bytes: sum(parts, (part) => part.bytes) + (parts.length - 1) * (isAny ? orBytes : andBytes) + parenthesesBytes,
    comparisons,
    alternatives: isAny ? comparisons : Math.max(...parts.map((part) => part.alternatives)),
    covered,
  };
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}

/**
 * Whether there is one way to read a value. How an API takes quotation marks and backslashes in it is not documented (API notes
 * §3.3), nor whether it looks at spaces at its ends.
 */
export function isPlainValue({ value }: Comparison): boolean {
  return typeof value !== 'string' || (!/["\\\p{Cc}]/u.test(value) && value.trim() === value);
}

const bytesOfComparisons = new WeakMap<Comparison, number>();

function bytesOf(comparison: Comparison): number {
  const known = bytesOfComparisons.get(comparison);
  if (known !== undefined) return known;
  const bytes = encodedBytes(printFilter(comparison));
  bytesOfComparisons.set(comparison, bytes);
  return bytes;
}

/** The length that a filter has in a query string. */
export function encodedBytes(filter: string): number {
  return new URLSearchParams([['', filter]]).toString().length - 1;
}
