import { UserInputError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import type { Comparison, Filter, Presence } from '../scim/ast.ts';
import { compileFilter } from '../scim/evaluate.ts';
import { parseFilter } from '../scim/parser.ts';
import { ScimSyntaxError } from '../scim/syntax-error.ts';
import { profileAttributes } from './attributes.ts';
import { all, any, type Condition, negate, test } from './condition.ts';

/** Characters; more would not fit into a URL anyway. */
const maxLength = 8000;

/**
 * A SCIM filter as a condition, with RFC 7644 meaning: an array satisfies a comparison if one of its values does, `co` is
 * a substring, letter case does not count. Throws UserInputError naming `field`, with the column of a syntax error.
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

function translate(filter: Filter, field: string): Condition {
  switch (filter.kind) {
    case 'and':
      return all(filter.operands.map((operand) => translate(operand, field)));
    case 'or':
      return any(filter.operands.map((operand) => translate(operand, field)));
    case 'not':
      return negate(translate(filter.operand, field));
    case 'compare': {
      const comparison = { ...filter, attribute: canonical(filter.attribute, field) };
      // Only strings are documented to be compared with. `ne` is a negation, of which an API may leave out what has no value.
      const isPushable = typeof filter.value === 'string' && filter.operator !== 'ne';
      return test(check(comparison), isPushable ? comparison : null);
    }
    case 'present':
      return test(check({ ...filter, attribute: canonical(filter.attribute, field) }));
    case 'some':
      throw unknownAttribute(filter.attribute, field);
  }
}

function check(filter: Comparison | Presence): (profile: Profile) => boolean {
  const read = profileAttributes.get(filter.attribute);
  const satisfies = compileFilter(filter);
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
