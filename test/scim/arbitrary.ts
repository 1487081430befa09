import * as fc from 'fast-check';
import type { AttributePath, CompareValue, Filter } from '../../src/scim/ast.ts';
import { and, compare, compareOperators, not, or } from '../../src/scim/ast.ts';

/** Names that SCIM's grammar could trip over, among ordinary ones. */
const names = [
  'a',
  'B',
  'labels',
  'profile_type',
  'x-y',
  '$ref',
  'not',
  'and',
  'or',
  'pr',
  'eq',
  'true',
  'null',
  'e1',
  'urn',
];

export const attributePath: fc.Arbitrary<AttributePath> = fc
  .tuple(
    fc.constantFrom('', '', '', 'urn:ietf:params:scim:schemas:core:2.0:User:', 'URN:x:y:'),
    fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
  )
  .map(([urn, path]) => urn + path.join('.'));

/** Any text: code points of every plane, lone surrogates, and what a string literal must escape. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\\',
      '/',
      '(',
      ')',
      '[',
      ']',
      ' ',
      '\u0000',
      '\n',
      '\u2028',
      '\ud800',
      '\udc00',
      'é',
      'a',
    ),
  }),
);

export const compareValue: fc.Arbitrary<CompareValue> = fc.oneof(
  anyText,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

/** Normalised filters over the given comparisons; value paths one level deep, as SCIM has them. */
export function filterOf(leaf: fc.Arbitrary<Filter>, valuePath: fc.Arbitrary<AttributePath>): fc.Arbitrary<Filter> {
  const inner = booleanOf(leaf, 2);
  return booleanOf(fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: someOf(valuePath, inner) }), 4);
}

function someOf(attribute: fc.Arbitrary<AttributePath>, filter: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.tuple(attribute, filter).map(([path, inner]) => ({ kind: 'some', attribute: path, filter: inner }));
}

function booleanOf(leaf: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => {
    const operands = fc.array(tie('tree'), { minLength: 2, maxLength: 3 });
    return {
      tree: fc.oneof(
        { maxDepth, withCrossShrink: true },
        leaf,
        operands.map((list) => and(...list)),
        operands.map((list) => or(...list)),
        tie('tree').map(not),
      ),
    };
  });
  return tree;
}

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(attributePath, fc.constantFrom(...compareOperators), compareValue)
    .map(([attribute, operator, value]) => compare(attribute, operator, value)),
  attributePath.map((attribute): Filter => ({ kind: 'present', attribute })),
);

/** Every normalised filter that the language can say. */
export const anyFilter: fc.Arbitrary<Filter> = filterOf(leaf, attributePath);
