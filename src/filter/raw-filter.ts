import { UserInputError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import type { Comparison, Filter, Presence } from '../scim/ast.ts';
import { compileFilter } from '../scim/evaluate.ts';
import { parseFilter } from '../scim/parser.ts';
import { ScimSyntaxError } from '../scim/syntax-error.ts';
import { idAttributes, profileAttributes, textAttributes } from './attributes.ts';
import { all, any, type Condition, negate, test } from './condition.ts';
import { isDocumented, supportKey } from './support.ts';

/** Characters; more would not fit into a URL anyway. */
const maxLength = 8000;

/**
 * A SCIM filter as a condition, with RFC 7644 meaning: an array satisfies a comparison if one of its values does, `co` is
 * a substring, letter case does not count save in ids. Throws UserInputError naming `field`, with the column of a syntax error.
 */
export function conditionOfScim(text: string, field: string): Condition {
  if (text.length > maxLength) {
    throw new UserInputError(field, `${field}: a filter has at most ${maxLength} characters, this one ${text.length}.`);
  }
  return translate(parse(text, field), field);
}

function parse(text: string, field: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!(error instanceof ScimSyntaxError)) throw error;
    throw new UserInputError(field, `${field}, column ${error.column}: ${error.message}.`, { cause: error });
  }
}

/** Negation is carried down on the way, as negating what is made would look at each test once for each `not` around it. */
function translate(filter: Filter, field: string, isNegated = false): Condition {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const join = (filter.kind === 'and') === isNegated ? any : all;
      return join(filter.operands.map((operand) => translate(operand, field, isNegated)));
    }
    case 'not':
      return translate(filter.operand, field, !isNegated);
    case 'compare': {
      const comparison = { ...filter, attribute: canonical(filter.attribute, field) };
      const compared = test(check(comparison), isAskable(comparison) ? comparison : null);
      return isNegated ? negate(compared) : compared;
    }
    case 'present': {
      const present = test(check({ ...filter, attribute: canonical(filter.attribute, field) }));
      return isNegated ? negate(present) : present;
    }
    case 'some':
      throw unknownAttribute(filter.attribute, field);
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
  const upper = value.toUpperCase();
  return idAttributes.has(attribute) || value.toLowerCase() === upper || (attribute === 'state' && value === upper);
}

function check(filter: Comparison | Presence): (profile: Profile) => boolean {
  const read = profileAttributes.get(filter.attribute);
  const satisfies = compileFilter(filter, { caseExact: (attribute) => idAttributes.has(attribute) });
  return (profile) => satisfies(() => read?.(profile));
}

/** SCIM attribute names have no case (RFC 7643 §2.1); the API's may have. */
function canonical(attribute: string, field: string): string {
  const name = attribute.toLowerCase();
  if (!profileAttributes.has(name)) throw unknownAttribute(attribute, field);
  return name;
}

function unknownAttribute(attribute: string, field: string): UserInputError {
  const known = [...profileAttributes.keys()].join(', ');
  return new UserInputError(field, `${field}: "${attribute}" is not an attribute to filter by. Those are: ${known}.`);
}
