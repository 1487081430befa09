import type { Profile } from '../model/profile.ts';
import type { Comparison } from '../scim/ast.ts';

/** The identities that hold the current version of a profile; null: that takes a call to the API. */
export type MembersOf = (profile: Profile) => ReadonlySet<string> | null;

/** One thing that is asked of a profile. */
export interface Test {
  readonly kind: 'test';
  /** The exact meaning, checked in the gateway on every profile; null: only its members, which are not known, can tell. */
  readonly matches: (profile: Profile, membersOf: MembersOf) => boolean | null;
  /** The filter that the API may be asked instead: true of at least the profiles that match. null: nothing it knows. */
  readonly pushdown: Comparison | null;
  /** The test that this one negates; null: it negates none. */
  readonly negates: Test | null;
  /** The path in the filter of a test of members; null: it asks nothing of them. */
  readonly membersFor: string | null;
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
  return { kind: 'test', matches, pushdown, negates: null, membersFor: null };
}

/**
 * A test of the members of a profile, which `field` of a filter asks for. The profile list may carry them; else they take a call
 * for each profile.
 */
export function memberTest(field: string, holds: (members: ReadonlySet<string>) => boolean): Test {
  const matches: Test['matches'] = (profile, membersOf) => {
    const members = membersOf(profile);
    return members && holds(members);
  };
  return { kind: 'test', matches, pushdown: null, negates: null, membersFor: field };
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
  const matches: Test['matches'] = (profile, membersOf) => {
    const holds = positive.matches(profile, membersOf);
    return holds === null ? null : !holds;
  };
  return { kind: 'test', matches, pushdown: null, negates: positive, membersFor: positive.membersFor };
}

export function isNothing(condition: Condition): boolean {
  return condition.kind === 'any' && condition.of.length === 0;
}

export function isEverything(condition: Condition): boolean {
  return condition.kind === 'all' && condition.of.length === 0;
}

/** The number of tests in a condition. */
export function countTests(condition: Condition): number {
  if (condition.kind === 'test') return 1;
  let count = 0;
  for (const each of condition.of) count += countTests(each);
  return count;
}

/** The path in the filter of the first test of members; null: there is none. */
export function membersFor(condition: Condition): string | null {
  if (condition.kind === 'test') return condition.membersFor;
  for (const each of condition.of) {
    const field = membersFor(each);
    if (field !== null) return field;
  }
  return null;
}

const unknownMembers: MembersOf = () => null;

/**
 * Whether a profile satisfies a condition; null where that depends on members that are not known. The members of a profile
 * are asked for only where nothing else decides.
 */
export function satisfies(
  condition: Condition,
  profile: Profile,
  membersOf: MembersOf = unknownMembers,
): boolean | null {
  if (condition.kind === 'test') return condition.matches(profile, membersOf);
  const deciding = condition.kind === 'any';
  let outcome: boolean | null = !deciding;
  for (const each of condition.of) {
    const holds = satisfies(each, profile, membersOf);
    if (holds === deciding) return deciding;
    if (holds === null) outcome = null;
  }
  return outcome;
}
