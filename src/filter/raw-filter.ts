import { UserInputError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import type { Comparison, Filter, Presence, ValuePath } from '../scim/ast.ts';
import { compileFilter } from '../scim/evaluate.ts';
import { isCaseless } from '../scim/fold-case.ts';
import { isInstant, readInstant } from '../scim/instant.ts';
import { ScimSyntaxError } from '../scim/lexer.ts';
import { parseFilter } from '../scim/parser.ts';
import { attributeNamed, idAttributes, textAttributes } from './attributes.ts';
import { all, any, type Condition, negate, test } from './condition.ts';
import { checkTypes } from './raw-filter-types.ts';
import { isDocumented, supportKey } from './support.ts';

/** Characters; more would not fit into a URL anyway. */
const maxLength = 8000;

/**
 * A SCIM filter as a condition, with RFC 7644 meaning: an array satisfies a comparison if one of its values does, `co` is
 * a substring, letter case does not count save in ids, instants are compared as such. Throws UserInputError naming `field`, with
 * the column of a syntax error, of an unknown attribute, or of an operator or value that does not fit its type.
 */
export function conditionOfScim(text: string, field: string): Condition {
  if (text.length > maxLength) {
    throw new UserInputError(field, `${field}: a filter has at most ${maxLength} characters, this one ${text.length}.`);
  }
  return translate(parse(text, field));
}

function parse(text: string, field: string): Filter {
  try {
    return parseFilter(text, checkTypes);
  } catch (error) {
    if (!(error instanceof ScimSyntaxError)) throw error;
    throw new UserInputError(field, `${field}, column ${error.column}: ${error.message}.`, { cause: error });
  }
}

/** Negation is carried down on the way, as negating what is made would look at each test once for each `not` around it. */
function translate(filter: Filter, isNegated = false): Condition {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const join = (filter.kind === 'and') === isNegated ? any : all;
      return join(filter.operands.map((operand) => translate(operand, isNegated)));
    }
    case 'not':
      return translate(filter.operand, !isNegated);
    case 'compare':
    case 'present':
    case 'some': {
      const expression = canonical(filter);
      const isAsked = expression.kind === 'compare' && isAskable(expression);
      const positive = test(check(expression), isAsked ? expression : null);
      return isNegated ? negate(positive) : positive;
    }
  }
}

const plainOperators = new Set<string>(['eq', 'co', 'sw', 'ew']);

/**
 * Whether the API may be asked. What it documents is its own, read as it reads it. Any other filter is asked for only
 * where no reading of it could miss a match: not where letter case, the elements of a list, the parts of a second or
 * the absence of a value would decide.
 */
function isAskable(comparison: Comparison): boolean {
  const { attribute, operator, value } = comparison;
  if (typeof value !== 'string') return false;
  if (isDocumented(supportKey(comparison))) return true;
  if (!textAttributes.has(attribute) || !plainOperators.has(operator)) return false;
  return idAttributes.has(attribute) || isCaseless(value) || (attribute === 'state' && value === value.toUpperCase());
}

function check(filter: Comparison | Presence | ValuePath): (profile: Profile) => boolean {
  const attribute = attributeNamed(filter.attribute);
  const satisfies = compileFilter(filter, { caseExact: () => attribute?.type === 'id' });
  const comparesInstants = attribute?.type === 'instant' && filter.kind === 'compare';
  return (profile) => {
    const value = attribute?.read(profile);
    // Compared as text, what the API sent in another form would come before or after by chance.
    return satisfies(() => (comparesInstants && typeof value === 'string' && !isInstant(value) ? undefined : value));
  };
}

/** SCIM attribute names have no case (RFC 7643 §2.1); the API's may have. A date alone becomes an instant. */
function canonical<T extends Comparison | Presence | ValuePath>(filter: T): T {
  const attribute = filter.attribute.toLowerCase();
  if (filter.kind !== 'compare' || typeof filter.value !== 'string' || attributeNamed(attribute)?.type !== 'instant') {
    return { ...filter, attribute };
  }
  return { ...filter, attribute, value: readInstant(filter.value) ?? filter.value };
}
