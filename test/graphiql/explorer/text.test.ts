import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle, tidy, wrap } from '../../../src/graphiql/explorer/text/cut.ts';
import { bySystem, entitlementName, splitEntityType } from '../../../src/graphiql/explorer/text/entitlement-name.ts';
import { looksLikeId, rankByName } from '../../../src/graphiql/explorer/text/order.ts';
import {
  answerSentence,
  chainSentence,
  counted,
  effectSentence,
  listed,
  placeSentence,
  stateName,
} from '../../../src/graphiql/explorer/text/sentences.ts';
import { hostileNames } from '../../inheritance/hostile-names.ts';

const measure = (text: string) => [...text].length * 7;

describe('names in boxes', () => {
  it('are cut in the middle, so that the end stays', () => {
    expect(cutMiddle('Enterprise Account 00806', 100, measure)).toBe('Enterpr…00806');
    expect(cutMiddle('Sales', 100, measure)).toBe('Sales');
  });

  it('break between words into two lines', () => {
    expect(wrap('Engineering Management', 120, 2, measure)).toEqual(['Engineering', 'Management']);
    expect(wrap('Sales', 120, 2, measure)).toEqual(['Sales']);
    expect(wrap('Abcdefghijklmnopqrstuvwxyz', 70, 2, measure)).toEqual(['Abcdefghij', 'klmno…wxyz']);
    expect(wrap('営業部門の担当者向けアクセス', 56, 2, measure)).toEqual(['営業部門の担当者', '向けアクセス']);
  });

  it('fit, lose no half character, and keep no mark that turns the direction', () => {
    const name = fc.oneof(fc.constantFrom(...hostileNames), fc.string({ unit: 'grapheme', maxLength: 300 }));
    fc.assert(
      fc.property(name, fc.integer({ min: 21, max: 300 }), (text, width) => {
        const lines = wrap(text, width, 2, measure);
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) {
          // A single character, however many code points it has, is never cut apart.
          if ([...new Intl.Segmenter().segment(line)].length > 2) expect(measure(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        }
      }),
    );
    const family = '👨‍👩‍👧‍👦'.repeat(9);
    expect(cutMiddle(family, 200, measure).replaceAll('👨‍👩‍👧‍👦', '')).toBe('…');
  });

  it('have one line, however they were written', () => expect(tidy(' a\n\tb\u202e ')).toBe('a b'));
});

describe('names of entitlements', () => {
  const entitlement = {
    entityType: 'OktaGroup',
    datasourceId: 'd',
    entityId: 'x',
    entityName: undefined,
    datasourceName: undefined,
  };

  it.each([
    [{ entityName: 'Everyone' }, 'Everyone'],
    [{ entityId: 'CN=Domain Staff,OU=Groups,DC=x' }, 'Domain Staff'],
    [{ entityId: 'CN=Smith\\, Anne,OU=Groups' }, 'Smith, Anne'],
    [{ entityId: 'arn:aws:iam::1111:role/ReadOnly' }, 'ReadOnly'],
    [{ entityId: '///' }, '///'],
    [{ entityName: ' ', entityId: '00g1' }, '00g1'],
  ])('%j is called %s', (more, name) => expect(entitlementName({ ...entitlement, ...more })).toBe(name));

  it.each([
    ['ActiveDirectoryGroup', 'Active Directory', 'group'],
    ['AzureADRole', 'Azure AD', 'role'],
    ['AwsIamRole', 'AWS IAM', 'role'],
    ['SalesforcePermissionSet', 'Salesforce', 'permission set'],
    ['GoogleWorkspaceGroup', 'Google Workspace', 'group'],
    ['WorkdaySecurityGroup', 'Workday', 'security group'],
    ['snowflake_role', 'snowflake', 'role'],
    ['Thing', 'Thing', 'entitlement'],
    ['', '', 'entitlement'],
  ])('%s is of %s, a %s', (type, system, kind) => expect(splitEntityType(type)).toEqual({ system, kind }));

  it('are grouped by system', () => {
    const items = [
      entitlement,
      { ...entitlement, entityType: 'AwsIamRole' },
      { ...entitlement, datasourceName: 'Okta' },
    ];
    expect(bySystem(items, (item) => item).map(({ system, items: members }) => [system, members.length])).toEqual([
      ['Okta', 2],
      ['AWS IAM', 1],
    ]);
  });
});

describe('the search', () => {
  const named = (...names: readonly string[]) => names.map((name) => ({ id: name, name }));

  it('has hits at the start first, then at the start of a word, then inside; numbers by value', () => {
    const found = rankByName(named('Refined', 'Team Fin 10', 'Team Fin 9', 'Finance', 'Other'), 'FIN');
    expect(found.map(({ item }) => item.name)).toEqual(['Finance', 'Team Fin 9', 'Team Fin 10', 'Refined']);
    expect(found.map(({ start }) => start)).toEqual([0, 5, 5, 2]);
  });

  it('marks what was typed, in any name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (name, words) => {
        for (const { start, length } of rankByName([{ id: '1', name }], words)) {
          expect(name.slice(start, start + length).toLowerCase().length).toBeGreaterThan(0);
          expect(start + length).toBeLessThanOrEqual(name.length);
        }
      }),
    );
  });

  it('knows a pasted id', () => {
    expect(looksLikeId('3f3587a2-22d7-4ab8-a5fc-f23bf63d966a')).toBe(true);
    expect(looksLikeId('AccessProfile:x')).toBe(true);
    expect(looksLikeId('Finance')).toBe(false);
  });
});

describe('sentences', () => {
  it('count in singular and plural, with separators', () => {
    expect([counted(1, 'profile'), counted(10_000, 'profile'), counted(2, 'child', 'children')]).toEqual([
      '1 profile',
      '10,000 profiles',
      '2 children',
    ]);
    expect(listed(['a', 'b', 'c', 'd'])).toBe('a, b and 2 more');
    expect(placeSentence(2, 31)).toBe('inherits from 2 profiles · 31 profiles inherit from it');
    expect(placeSentence(0, 1)).toBe('inherits from no profile · 1 profile inherits from it');
    expect(answerSentence(1, 34, 65)).toBe('35 profiles of 65: 1 by itself, 34 by inheritance');
    expect(answerSentence(2, 0, undefined)).toBe('2 profiles: 2 by themselves, 0 by inheritance');
  });

  it('say what a change does', () => {
    expect(effectSentence({ gained: 0, lost: 3, profiles: 32, people: undefined })).toBe(
      '3 entitlements lost by 32 profiles',
    );
    expect(effectSentence({ gained: 1, lost: 1, profiles: 1, people: 1 })).toBe(
      '1 entitlement lost and 1 entitlement gained by 1 profile, 1 person',
    );
    expect(effectSentence({ gained: 0, lost: 0, profiles: 0, people: 0 })).toBe("Nobody's access changes");
  });

  it('say a way and a state', () => {
    expect(chainSentence(['A', 'B', 'C'])).toBe('A inherits from B, which inherits from C.');
    expect(chainSentence(['Chief Financial Officer', 'Executive Leadership', 'All Employees', 'Identity'])).toBe(
      'Chief Financial Officer inherits from Identity by way of 2 profiles.',
    );
    const long = 'Regional Operations and Compliance Oversight '.repeat(5);
    expect(chainSentence([`${long}1`, long, `${long}2`])).toMatch(
      /^Regional.*….* 1 inherits from Regional.*….* 2 by way/,
    );
    expect(chainSentence([`${long}1`, long, `${long}2`]).length).toBeLessThanOrEqual(90);
    expect([stateName('DRY_RUN'), stateName('SOMETHING_NEW'), stateName('constructor')]).toEqual([
      'Dry run',
      'Something new',
      'Constructor',
    ]);
  });
});
