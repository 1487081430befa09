import { readInstant } from '../scim/instant.ts';
import { quote, ScimSyntaxError } from '../scim/lexer.ts';
import type { Expression } from '../scim/parser.ts';
import { attributeNamed, type FilterAttribute, filterAttributes } from './attributes.ts';

const orderedOperators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const allOperators = [...orderedOperators, 'co', 'sw', 'ew'];

/**
 * What RFC 7644 §3.4.2.2 allows for each type: no order and no parts of booleans. Parts of an instant are refused as well: they
 * would be parts of the API's spelling of it, which is no property of the instant.
 */
const operatorsOf: Readonly<Record<FilterAttribute['type'], readonly string[]>> = {
  id: allOperators,
  text: allOperators,
  enum: allOperators,
  boolean: ['eq', 'ne'],
  instant: orderedOperators,
};

/** Equality with nothing is the opposite of `pr`; there is no order among what is not there. */
const operatorsOfNull: readonly string[] = ['eq', 'ne'];

/**
 * Throws ScimSyntaxError where an expression names no attribute of a profile, or an operator or value that does not fit it: it
 * would match nobody, or compare by chance.
 */
export function checkTypes({ attribute, within, operator, value, columns }: Expression): void {
  const name = within ?? attribute;
  const known = attributeNamed(name.toLowerCase());
  if (known === undefined) {
    const names = filterAttributes.map(({ scim }) => scim).join(', ');
    throw new ScimSyntaxError(
      `${quote(name)} is not an attribute to filter by. Those are: ${names}`,
      columns.attribute,
    );
  }
  if (within !== null && attribute.toLowerCase() !== 'value') {
    throw new ScimSyntaxError(
      `the values of ${quote(name)} have no part ${quote(attribute)}, only "value"`,
      columns.attribute,
    );
  }
  if (operator === 'pr') return;
  if (operator === '[') {
    if (known.isList) return;
    throw new ScimSyntaxError(`no value path here: ${quote(name)} holds one value, not a list`, columns.operator);
  }
  const fitting = value === null ? operatorsOfNull : operatorsOf[known.type];
  if (!fitting.includes(operator)) {
    const kind = value === null ? 'null' : kindOf[known.type];
    throw new ScimSyntaxError(
      `"${operator}" does not compare with ${kind}; use ${fitting.join(', ')} or pr`,
      columns.operator,
    );
  }
  if (!fits(known, value)) {
    const shown = typeof value === 'string' ? quote(value) : String(value);
    throw new ScimSyntaxError(
      `${quote(name)} is compared with ${kindOf[known.type]}, not with ${shown}`,
      columns.value,
    );
  }
}

const kindOf: Readonly<Record<FilterAttribute['type'], string>> = {
  id: 'a string in double quotes',
  text: 'a string in double quotes',
  enum: 'a string in double quotes',
  boolean: 'true or false',
  instant: 'an instant with a time zone, such as "2024-07-15T20:01:56Z", or a date, such as "2024-07-15"',
};

function fits({ type }: FilterAttribute, value: Expression['value']): boolean {
  if (value === null) return true;
  if (type === 'boolean') return typeof value === 'boolean';
  return typeof value === 'string' && (type !== 'instant' || readInstant(value) !== undefined);
}
