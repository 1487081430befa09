import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from '../../src/scim/ast.ts';
import { compare, compareOperators } from '../../src/scim/ast.ts';
import { compileFilter } from '../../src/scim/evaluate.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import type { AttributeValue } from '../../src/scim/value.ts';
import { resolverOf } from '../../src/scim/value.ts';
import { runs } from '../support/runs.ts';
import { filterOf } from './arbitrary.ts';
import type { ReferenceRecord, Scalar } from './reference-evaluator.ts';
import { referenceEvaluate } from './reference-evaluator.ts';

// Few attributes and values, so that they meet.
const attributes = ['a', 'b', 'c'];
const scalar: fc.Arbitrary<Scalar> = fc.constantFrom<Scalar[]>(
  ...['', 'a', 'A', 'ab', 'BA', 'aBa', '10', '9', 'true'],
  ...['2024-01-01T00:00:00Z', '2024-01-01t01:00:00.000+01:00', '2024-01-01T00:00:00.000000001Z', '2024-01-01'],
  ...[0, 1, -1, 9, 10, 9.5, true, false],
);

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 5, arbitrary: comparisonOf(fc.constantFrom(...attributes)) },
  { weight: 1, arbitrary: fc.constantFrom(...attributes).map((attribute): Filter => ({ kind: 'present', attribute })) },
);
const filter = filterOf(leaf, fc.constantFrom('x', 'y'));

const simple = fc.dictionary(fc.constantFrom(...attributes), fc.array(scalar, { maxLength: 3 }), { maxKeys: 3 });
const record: fc.Arbitrary<ReferenceRecord> = fc.record({
  simple,
  complex: fc.dictionary(fc.constantFrom('x', 'y'), fc.array(simple, { maxLength: 3 }), { maxKeys: 2 }),
});

test('a filter holds where a direct reading of its definition says so', () => {
  const count = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      filter,
      fc.array(record, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.nat(2)),
      (tree, records, shapes) => {
        const compiled = compileFilter(tree);
        for (const one of records) {
          const expected = referenceEvaluate(tree, one);
          count[`${expected}`]++;
          expect(compiled(resolverOf(jsonOf(one, () => shapes.next().value)))).toBe(expected);
        }
      },
    ),
    { numRuns: runs(3000) },
  );
  // Or the property would hold for a constant.
  expect(Math.min(count.true, count.false)).toBeGreaterThan(runs(1000));
});

test('printing and parsing a filter does not change what it holds for', () => {
  fc.assert(
    fc.property(filter, record, (tree, one) => {
      const resolve = resolverOf(jsonOf(one, () => 0));
      expect(compileFilter(parseFilter(printFilter(tree)))(resolve)).toBe(compileFilter(tree)(resolve));
    }),
    { numRuns: runs(500) },
  );
});

function comparisonOf(attribute: fc.Arbitrary<string>): fc.Arbitrary<Filter> {
  const value = fc.oneof({ weight: 9, arbitrary: scalar }, { weight: 1, arbitrary: fc.constant(null) });
  return fc.tuple(attribute, fc.constantFrom(...compareOperators), value).map((parts) => compare(...parts));
}

/** The record as JSON, with the ways that JSON has to say the same: lone values without a list, null, case of names. */
function jsonOf({ simple, complex }: ReferenceRecord, choose: () => number): Record<string, AttributeValue> {
  const json: Record<string, AttributeValue> = {};
  const nameOf = (name: string) => (choose() === 0 ? name.toUpperCase() : name);
  for (const [name, values] of Object.entries(simple)) json[nameOf(name)] = listOf(values, choose);
  for (const [name, elements] of Object.entries(complex)) {
    json[nameOf(name)] = listOf(
      elements.map((parts) => jsonOf({ simple: parts, complex: {} }, choose)),
      choose,
    );
  }
  return json;
}

function listOf(values: readonly AttributeValue[], choose: () => number): AttributeValue {
  if (values.length === 0) return [[], null, undefined][choose()];
  if (values.length === 1 && choose() === 0) return values[0];
  return choose() === 0 ? [null, ...values, undefined] : values;
}
