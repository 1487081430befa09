/**
 * The abstract syntax of a SCIM filter (RFC 7644 §3.4.2.2), with plain data for nodes so that it can be compared,
 * printed and generated without classes.
 */

/** The comparison operators of RFC 7644 table 3, without `pr`. */
export const compareOperators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type CompareOperator = (typeof compareOperators)[number];

/** RFC 7644's `compValue`: a JSON scalar. */
export type CompareValue = string | number | boolean | null;

/** `labels`, `name.familyName`, `urn:…:User:userName`: kept as it was written. Attribute names compare case-insensitively. */
export type AttributePath = string;

export interface Comparison {
  readonly kind: 'compare';
  readonly attribute: AttributePath;
  readonly operator: CompareOperator;
  readonly value: CompareValue;
}

/** `attribute pr`: the attribute has a non-empty value. */
export interface Presence {
  readonly kind: 'present';
  readonly attribute: AttributePath;
}

/** At least two operands; `a and b and c` is one node with three. */
export interface And {
  readonly kind: 'and';
  readonly operands: readonly Filter[];
}

/** At least two operands. */
export interface Or {
  readonly kind: 'or';
  readonly operands: readonly Filter[];
}

export interface Not {
  readonly kind: 'not';
  readonly operand: Filter;
}

/** `emails[type eq "work"]`: some element of the complex attribute satisfies the inner filter, which holds no `some`. */
export interface ValuePath {
  readonly kind: 'some';
  readonly attribute: AttributePath;
  readonly filter: Filter;
}

export type Filter = Comparison | Presence | And | Or | Not | ValuePath;

/** `attribute operator value`. */
export function compare(attribute: AttributePath, operator: CompareOperator, value: CompareValue): Comparison {
  return { kind: 'compare', attribute, operator, value };
}

/** All operands; nested `and`s are flattened, so that equal filters have equal trees. Throws RangeError on none. */
export function and(...operands: readonly Filter[]): Filter {
  return join('and', operands);
}

/** Any operand; nested `or`s are flattened. Throws RangeError on none. */
export function or(...operands: readonly Filter[]): Filter {
  return join('or', operands);
}

/** The opposite of a filter. */
export function not(operand: Filter): Not {
  return { kind: 'not', operand };
}

function join(kind: 'and' | 'or', operands: readonly Filter[]): Filter {
  const flat = operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
  const [first, ...rest] = flat;
  if (first === undefined) throw new RangeError(`a SCIM "${kind}" needs at least one operand`);
  return rest.length === 0 ? first : { kind, operands: flat };
}

const attributeName = /^[A-Za-z$][\w$-]*$/;
const urnPart = /^[\w.~%$+-]+$/;

/**
 * Whether a text is an `attrPath` (RFC 7644 §3.4.2.2, with `$` as in RFC 7643 §2.1 so that `$ref` is one): names joined
 * by dots, after an optional `urn:<namespace>:<specific>:` prefix. More than one dot is accepted although SCIM has one
 * level of sub-attributes; brackets, quotes and blanks in a URN are not, as they would end the path.
 */
export function isAttributePath(text: string): boolean {
  // Split, as one regular expression with a repeated group overflows V8's stack on megabytes of dots.
  const parts = text.split(':');
  const names = parts.pop() ?? '';
  return names.split('.').every((name) => attributeName.test(name)) && (parts.length === 0 || isUrn(parts));
}

function isUrn(parts: readonly string[]): boolean {
  return parts.length >= 3 && parts[0]?.toLowerCase() === 'urn' && parts.every((part) => urnPart.test(part));
}
