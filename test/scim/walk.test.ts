import { expect, test } from 'vitest';
import { parseFilter } from '../../src/scim/parser.ts';
import { conditionsOf, walkFilter } from '../../src/scim/walk.ts';

const filter = parseFilter(
  'b eq 1 or not (A pr and emails[type eq "work" or not (Value sw "x")]) or a ne null or a.b gt 2',
);

test('nodes are visited parents first, in the order of the text', () => {
  const visited: string[] = [];
  walkFilter(filter, (node, within) => {
    const name = 'attribute' in node ? ` ${node.attribute}` : '';
    visited.push(`${node.kind}${name}${within === undefined ? '' : ` within ${within}`}`);
  });
  expect(visited).toStrictEqual([
    'or',
    'compare b',
    'not',
    'and',
    'present A',
    'some emails',
    'or within emails',
    'compare type within emails',
    'not within emails',
    'compare Value within emails',
    'compare a',
    'compare a.b',
  ]);
});

test('conditions carry the whole path, the operator and the value', () => {
  expect(conditionsOf(filter)).toStrictEqual([
    { attribute: 'b', operator: 'eq', value: 1 },
    { attribute: 'A', operator: 'pr', value: undefined },
    { attribute: 'emails.type', operator: 'eq', value: 'work' },
    { attribute: 'emails.Value', operator: 'sw', value: 'x' },
    { attribute: 'a', operator: 'ne', value: null },
    { attribute: 'a.b', operator: 'gt', value: 2 },
  ]);
});
