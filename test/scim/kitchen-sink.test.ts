import { expect, test } from 'vitest';
import { and, compare, not, or } from '../../src/scim/ast.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { printFilter } from '../../src/scim/printer.ts';

const written = `
  urn:ietf:params:scim:schemas:core:2.0:User:userName SW "J" AND NOT(active eq False)
    and (meta.lastModified gt "2011-05-13T04:42:34Z" Or ((emails[ type eq "work" and (value co "@example.com" or $ref Pr) ])))
  or x-y_z le -1.5e+2 or title eq null or name.givenName ne "\\u00e9\\ud83d\\ude00 \\"quoted\\" \\\\ \\/"
`;

const printed =
  'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J" and not (active eq false)' +
  ' and (meta.lastModified gt "2011-05-13T04:42:34Z" or emails[type eq "work" and (value co "@example.com" or $ref pr)])' +
  ' or x-y_z le -150 or title eq null or name.givenName ne "é😀 \\"quoted\\" \\\\ /"';

const tree = or(
  and(
    compare('urn:ietf:params:scim:schemas:core:2.0:User:userName', 'sw', 'J'),
    not(compare('active', 'eq', false)),
    or(compare('meta.lastModified', 'gt', '2011-05-13T04:42:34Z'), {
      kind: 'some',
      attribute: 'emails',
      filter: and(
        compare('type', 'eq', 'work'),
        or(compare('value', 'co', '@example.com'), { kind: 'present', attribute: '$ref' }),
      ),
    }),
  ),
  compare('x-y_z', 'le', -150),
  compare('title', 'eq', null),
  compare('name.givenName', 'ne', 'é😀 "quoted" \\ /'),
);

test('a filter with everything in it is read', () => {
  expect(parseFilter(written)).toStrictEqual(tree);
});

test('a filter with everything in it is printed', () => {
  expect(printFilter(tree)).toBe(printed);
});
