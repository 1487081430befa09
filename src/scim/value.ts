import type { AttributePath } from './ast.ts';

export type ScalarValue = string | number | boolean | null | undefined;

/** A SCIM complex value: plain JSON, own properties only. */
export interface ComplexValue {
  readonly [name: string]: AttributeValue;
}

/** The value of an attribute of a record. No value is undefined, null, an empty array, or an array of those. */
export type AttributeValue = ScalarValue | ComplexValue | readonly AttributeValue[];

/**
 * Reads an attribute of one record. Gets the path as the filter spells it: SCIM names are case-insensitive (RFC 7643
 * §2.1), so look it up in lower case, and refuse unknown attributes while parsing (`Review`), not here.
 */
export type Resolve = (attribute: AttributePath) => AttributeValue;

/**
 * The `Resolve` of plain JSON: names in any case, dots into objects, and through arrays (`emails.value` of three emails is
 * three values). A property spelt exactly so wins over one that differs in case. URN prefixes find nothing.
 */
export function resolverOf(record: ComplexValue): Resolve {
  return (attribute) => {
    let value: AttributeValue = record;
    for (const name of attribute.split('.')) {
      value = isMany(value) ? elementsOf(value).map((element) => propertyOf(element, name)) : propertyOf(value, name);
    }
    return value;
  };
}

/** The values of an attribute as a flat list without null and undefined. */
export function elementsOf(value: AttributeValue): readonly Element[] {
  if (!isMany(value)) return value === undefined || value === null ? [] : [value];
  const elements: Element[] = [];
  // The stack keeps nested arrays from recursing; resolverOf makes them, JSON may hold them.
  const pending: AttributeValue[] = value.toReversed();
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined || next === null) continue;
    if (!isMany(next)) elements.push(next);
    else for (const element of next.toReversed()) pending.push(element);
  }
  return elements;
}

export type Element = string | number | boolean | ComplexValue;

/**
 * The scalar of an element that a comparison uses: the element itself, or the `value` of a complex one (RFC 7644 §3.4.2.2 compares `emails co
 * "example.com"`). undefined if there is no scalar in it.
 */
export function scalarOf(element: Element): string | number | boolean | undefined {
  const scalar = typeof element === 'object' ? propertyOf(element, 'value') : element;
  return typeof scalar === 'object' || scalar === undefined ? undefined : scalar;
}

/** `pr`: somewhere in the value there is a number, a boolean or a string other than "" (RFC 7644 table 3). */
export function isPresent(value: AttributeValue): boolean {
  const pending: AttributeValue[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined || next === null || next === '') continue;
    if (typeof next !== 'object') return true;
    for (const inner of Object.values(next)) pending.push(inner);
  }
  return false;
}

/** The `Resolve` inside a value path. A scalar is what its `value` would be: `labels[value sw "a"]`. */
export function resolverOfElement(element: Element): Resolve {
  return resolverOf(typeof element === 'object' ? element : { value: element });
}

function propertyOf(value: AttributeValue, name: string): AttributeValue {
  if (typeof value !== 'object' || value === null || isMany(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const folded = name.toLowerCase();
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === folded);
  return key === undefined ? undefined : value[key];
}

// Array.isArray doesn't narrow a readonly array.
function isMany(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
