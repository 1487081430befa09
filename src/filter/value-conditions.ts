import type { Maybe } from '../model/change-input.ts';
import type { Profile, ProfileState } from '../model/profile.ts';
import { type CompareOperator, compare } from '../scim/ast.ts';
import { foldCase, isCaseless } from '../scim/fold-case.ts';
import { orderInstants, parseInstant } from '../scim/instant.ts';
import { rememberLast } from '../scim/remember-last.ts';
import { all, any, type Condition, negate, nothing, test } from './condition.ts';
import { wholeSecond } from './whole-second.ts';

export interface StringFilter {
  readonly eq?: Maybe<string>;
  readonly ne?: Maybe<string>;
  readonly in?: Maybe<readonly string[]>;
  readonly contains?: Maybe<string>;
  readonly startsWith?: Maybe<string>;
  readonly endsWith?: Maybe<string>;
  readonly caseSensitive?: Maybe<boolean>;
}

export interface StringListFilter {
  readonly has?: Maybe<string>;
  readonly hasAny?: Maybe<readonly string[]>;
  readonly hasAll?: Maybe<readonly string[]>;
  readonly isEmpty?: Maybe<boolean>;
}

export interface StateFilter {
  readonly eq?: Maybe<ProfileState>;
  readonly ne?: Maybe<ProfileState>;
  readonly in?: Maybe<readonly ProfileState[]>;
}

export interface DateTimeFilter {
  readonly gt?: Maybe<string>;
  readonly gte?: Maybe<string>;
  readonly lt?: Maybe<string>;
  readonly lte?: Maybe<string>;
}

/** The filter that the API is asked for a member of the filters above; null: none. */
export function operatorOf(member: string): CompareOperator | null {
  switch (member) {
    case 'eq':
    case 'in':
      return 'eq';
    case 'contains':
    case 'has':
    case 'hasAny':
    case 'hasAll':
      return 'co';
    case 'startsWith':
      return 'sw';
    case 'endsWith':
      return 'ew';
    case 'gt':
    case 'gte':
      return 'ge';
    case 'lt':
    case 'lte':
      return 'le';
    default:
      return null;
  }
}

/** The condition of a member of a filter, if it is given. */
export function given<T>(value: Maybe<T>, condition: (value: T) => Condition): readonly Condition[] {
  return value === null || value === undefined ? [] : [condition(value)];
}

/** One text of a row is compared with each operand of a filter. */
const foldOnce = rememberLast(foldCase);

export function textCondition(
  filter: StringFilter,
  attribute: string,
  read: (profile: Profile) => string | null,
): Condition {
  const isExact = filter.caseSensitive ?? false;
  const fold = isExact ? (text: string) => text : foldOnce;
  const textTest = (operator: CompareOperator, value: string, holds: (text: string, value: string) => boolean) => {
    const wanted = isExact ? value : foldCase(value);
    return test(
      (profile) => {
        const text = read(profile);
        return text !== null && holds(fold(text), wanted);
      },
      // How the API takes letter case is not documented (API notes §3.1).
      isExact || isCaseless(value) ? pushable(attribute, operator, value) : null,
    );
  };
  const equals = (value: string) => textTest('eq', value, (text, wanted) => text === wanted);
  return all([
    ...given(filter.eq, equals),
    ...given(filter.ne, (value) => negate(equals(value))),
    ...given(filter.in, (values) => any([...new Set(values)].map(equals))),
    ...given(filter.contains, (value) => textTest('co', value, (text, wanted) => text.includes(wanted))),
    ...given(filter.startsWith, (value) => textTest('sw', value, (text, wanted) => text.startsWith(wanted))),
    ...given(filter.endsWith, (value) => textTest('ew', value, (text, wanted) => text.endsWith(wanted))),
  ]);
}

/** Only `co` is asked of arrays: whether `eq` means one element or the whole list is not documented (API notes §3.1). */
export function listCondition(
  filter: StringListFilter,
  attribute: string,
  read: (profile: Profile) => readonly string[],
): Condition {
  const has = (value: string) => test((profile) => read(profile).includes(value), pushable(attribute, 'co', value));
  return all([
    ...given(filter.has, has),
    ...given(filter.hasAny, (values) => any([...new Set(values)].map(has))),
    ...given(filter.hasAll, (values) => all([...new Set(values)].map(has))),
    ...given(filter.isEmpty, (empty) => test((profile) => (read(profile).length === 0) === empty)),
  ]);
}

export function stateCondition(filter: StateFilter): Condition {
  const is = (state: ProfileState): Condition =>
    // UNRECOGNIZED is this gateway's word, not the API's.
    test((profile) => profile.state === state, state === 'UNRECOGNIZED' ? null : compare('state', 'eq', state));
  return all([
    ...given(filter.eq, is),
    ...given(filter.ne, (state) => negate(is(state))),
    ...given(filter.in, (states) => any([...new Set(states)].map(is))),
  ]);
}

/** Many tests ask one profile after the other of the same instant, which is parsed once for all of them. */
const instantOf = rememberLast(parseInstant);

/**
 * Instants are compared here to the last digit. The API is asked for the whole seconds around them, because how many
 * digits it compares is not documented.
 */
export function rangeCondition(
  filter: DateTimeFilter,
  attribute: string,
  read: (profile: Profile) => string | null,
): Condition {
  const bound = (value: string, operator: 'ge' | 'le', holds: (order: number) => boolean): Condition => {
    const limit = parseInstant(value);
    // The DateTime scalar lets no other text through.
    if (limit === undefined) return nothing;
    return test(
      (profile) => {
        const instant = instantOf(read(profile) ?? '');
        return instant !== undefined && holds(orderInstants(instant, limit));
      },
      pushable(attribute, operator, wholeSecond(value, operator)),
    );
  };
  return all([
    ...given(filter.gt, (value) => bound(value, 'ge', (order) => order > 0)),
    ...given(filter.gte, (value) => bound(value, 'ge', (order) => order >= 0)),
    ...given(filter.lt, (value) => bound(value, 'le', (order) => order < 0)),
    ...given(filter.lte, (value) => bound(value, 'le', (order) => order <= 0)),
  ]);
}

/** An empty value says nothing that an API could narrow by, and some refuse it. */
function pushable(attribute: string, operator: CompareOperator, value: string) {
  return value === '' ? null : compare(attribute, operator, value);
}
