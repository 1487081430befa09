import type { Profile } from '../model/profile.ts';
import type { Comparison } from '../scim/ast.ts';

/** One thing that is asked of a profile. */
export interface Test {
  readonly kind: 'test';
  /** The exact meaning, checked in the gateway on every profile. */
  readonly matches: (profile: Profile) => boolean;
  /** What the API may be asked for instead: true of at least the profiles that match. null: nothing it knows. */
  readonly pushdown: Comparison | null;
  /** The test that this one negates; null: it negates none. */
  readonly negates: Test | null;
}

/**
 * What a filter asks, whichever language it came in. There is no `not`: negation is carried down to the tests, so that
 * leaving out a part of an `all` can only widen the answer.
 */
export type Condition =
  | Test
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] };

/** Holds for every profile. */
export const everything: Condition = { kind: 'all', of: [] };
/** Holds for none, so that nothing need be asked. */
export const nothing: Condition = { kind: 'any', of: [] };

export function all(conditions: readonly Condition[]): Condition {
  return conditions.some(isNothing) ? nothing : join('all', conditions);
}

export function any(conditions: readonly Condition[]): Condition {
  return conditions.some(isEverything) ? everything : join('any', conditions);
}

function join(kind: 'all' | 'any', conditions: readonly Condition[]): Condition {
  const parts = conditions.filter((each) => each.kind !== kind || each.of.length > 0);
  const [first] = parts;
  // The same object, so that what has been worked out for it serves again.
  if (first !== undefined && parts.length === 1) return first;
  const of: Condition[] = [];
  for (const each of parts) {
    if (each.kind !== kind) of.push(each);
    else for (const inner of each.of) of.push(inner);
  }
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
}

export function test(matches: (profile: Profile) => boolean, pushdown: Comparison | null = null): Test {
  return { kind: 'test', matches, pushdown, negates: null };
}

/**
 * The opposite, by De Morgan. A negated test is never pushed down: the opposite of a superset is a subset. Negated again, it is
 * the first test, so that no nesting of negations makes a test dearer.
 */
export function negate(condition: Condition): Condition {
  switch (condition.kind) {
    case 'all':
      return any(condition.of.map(negate));
    case 'any':
      return all(condition.of.map(negate));
    case 'test':
      return condition.negates ?? negated(condition);
  }
}

function negated(positive: Test): Test {
  return { kind: 'test', matches: (profile) => !positive.matches(profile), pushdown: null, negates: positive };
}

export function isNothing(condition: Condition): boolean {
  return condition.kind === 'any' && condition.of.length === 0;
}

export function isEverything(condition: Condition): boolean {
  return condition.kind === 'all' && condition.of.length === 0;
}

/** How many tests a condition is made of. */
export function countTests(condition: Condition): number {
  if (condition.kind === 'test') return 1;
  let count = 0;
  for (const each of condition.of) count += countTests(each);
  return count;
}

/** Whether a profile satisfies a condition; `holds` may put another judgement in the place of a test's own. */
export function satisfies(
  condition: Condition,
  profile: Profile,
  holds: (test: Test) => boolean = (each) => each.matches(profile),
): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((each) => satisfies(each, profile, holds));
    case 'any':
      return condition.of.some((each) => satisfies(each, profile, holds));
    case 'test':
      return holds(condition);
  }
}
