import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from '../../src/scim/ast.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';
import { runs } from '../support/runs.ts';
import { anyFilter } from './arbitrary.ts';

test('what is printed is read as the same tree', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      expect(parseFilter(printFilter(filter))).toStrictEqual(filter);
    }),
    { numRuns: runs(2000) },
  );
});

test('blanks, case, escapes and needless brackets change nothing', () => {
  fc.assert(
    fc.property(anyFilter, fc.infiniteStream(fc.nat(3)), (filter, choices) => {
      const choose = () => choices.next().value;
      expect(parseFilter(spell(filter, choose))).toStrictEqual(filter);
    }),
    { numRuns: runs(1000) },
  );
});

/** A filter as a person might write it; `choose` gives 0 to 3. */
function spell(filter: Filter, choose: () => number): string {
  const blank = () => [' ', '  ', '\n', '\t\r '][choose()] ?? ' ';
  const word = (text: string) => (choose() === 0 ? text.toUpperCase() : text);
  const wrap = (text: string) => (choose() === 0 ? `(${blank()}${text}${blank()})` : text);
  const spellOperand = (operand: Filter): string =>
    operand.kind === 'and' || operand.kind === 'or' ? `(${spell(operand, choose)})` : spell(operand, choose);
  switch (filter.kind) {
    case 'compare': {
      const { attribute, operator, value } = filter;
      const literal =
        typeof value === 'string' ? spellString(value, choose) : Object.is(value, -0) ? '-0' : word(`${value}`);
      return wrap(`${attribute}${blank()}${word(operator)}${blank()}${literal}`);
    }
    case 'present':
      return wrap(`${filter.attribute}${blank()}${word('pr')}`);
    case 'not':
      return wrap(`${word('not')}${choose() === 0 ? '' : blank()}(${spell(filter.operand, choose)})`);
    case 'some':
      return wrap(`${filter.attribute}[${spell(filter.filter, choose)}]`);
    default:
      return wrap(filter.operands.map(spellOperand).join(`${blank()}${word(filter.kind)}${blank()}`));
  }
}

function spellString(value: string, choose: () => number): string {
  const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const units = value
    .split('')
    .map((unit) => (choose() === 0 || unit < ' ' || unit === '"' || unit === '\\' ? toEscape(unit) : unit));
  return `"${units.join('')}"`;
}
