import { describe, expect, it } from 'vitest';
import { UserInputError } from '../../src/errors.ts';
import { profileAttributes } from '../../src/filter/attributes.ts';
import { satisfies } from '../../src/filter/condition.ts';
import { conditionOfScim } from '../../src/filter/raw-filter.ts';
import { profileOf } from '../support/profile.ts';

const sales = profileOf({
  id: 'sales',
  name: 'Sales US',
  description: '',
  state: 'RUNNING',
  profile_type: 'role',
  labels: ['production', 'sales'],
  integrations: ['SALESFORCE', 'AWS'],
  requestable: true,
  used_by_workflow: false,
  created_at: '2024-04-12T19:02:11.783190321Z',
  inherits: ['base'],
});
const matches = (text: string) => satisfies(conditionOfScim(text, 'scimFilter'), sales);

function problem(text: string): { field: string; message: string } | null {
  try {
    conditionOfScim(text, 'scimFilter');
  } catch (error) {
    if (error instanceof UserInputError) return { field: error.field, message: error.message };
    throw error;
  }
  return null;
}

describe('what a raw filter means', () => {
  it.each<[text: string, holds: boolean]>([
    ['name eq "sales us"', true],
    ['NAME EQ "Sales US"', true],
    ['name sw "Sales" and name ew "US"', true],
    ['name ne "Sales US"', false],
    ['labels co "prod"', true],
    ['labels eq "production"', true],
    ['labels eq "prod"', false],
    ['labels ne "production"', false],
    ['integrations eq "AWS"', true],
    ['requestable eq true', true],
    ['used_by_workflow eq false', true],
    ['require_approval_to_start eq null', true],
    ['description pr', false],
    ['labels pr', true],
    ['started_at pr', false],
    ['created_at gt "2024-04-12T19:02:11.78319032Z"', true],
    ['created_at gt "2024-04-12T21:02:11.783190321+02:00"', false],
    ['access_profiles_inherited eq "base"', true],
    ['profile_type eq "role" and not (labels co "x" or state eq "PAUSED")', true],
    ['not (name pr)', false],
    ['labels[value eq "sales"]', true],
    ['LABELS[VALUE eq "SALES"]', true],
    ['labels[value sw "s" and value ew "n"]', false],
    ['labels[value sw "s" and value ew "s"]', true],
    ['labels[not (value co "prod")]', true],
    ['labels[value ne "sales"]', true],
    ['integrations[value eq "AWS" or value eq "GCP"]', true],
    ['integrations[value pr]', true],
    ['provider_ids[value pr]', false],
    ['access_profiles_inherited[value eq "base"]', true],
    ['access_profiles_inherited[value eq "BASE"]', false],
    ['not (labels[value eq "x"])', true],
    ['created_at ge "2024-04-12"', true],
    ['created_at lt "2024-04-12"', false],
    ['created_at lt "2024-04-13"', true],
    ['created_at eq "2024-04-12T21:02:11.783190321+02:00"', true],
    ['created_at eq "2024-04-12t19:02:11.7831903210z"', true],
    ['created_at ne "2024-04-12"', true],
    ['created_at eq null', false],
    ['started_at eq null', true],
    ['started_at ne "2024-04-12"', true],
    ['started_at le "2024-04-12"', false],
    ['name eq "x" or name co "US" and state eq "PAUSED"', false],
  ])('%s: %j', (text, holds) => {
    expect(matches(text)).toBe(holds);
    expect(matches(`not (${text})`)).toBe(!holds);
  });

  it('reads every attribute that it says it knows', () => {
    for (const attribute of profileAttributes.keys()) {
      expect(() => matches(`${attribute} pr`), attribute).not.toThrow();
    }
  });
});

describe('what is no filter', () => {
  it.each<[text: string, column: number]>([
    ['', 1],
    ['name', 5],
    ['name eq', 8],
    ['name eq "x', 11],
    ['name xx "y"', 6],
    ['(name pr', 9],
    ['name pr)', 8],
    ['name eq "x" and', 16],
    ["labels co 'a'", 11],
  ])('%j has its fault in column %i', (text, column) => {
    const told = problem(text);
    expect(told?.field).toBe('scimFilter');
    expect(told?.message).toMatch(new RegExp(`^scimFilter, column ${column}: .+\\.$`));
  });

  it('names an unknown attribute with its column, and lists the known ones', () => {
    expect(problem('labels co "a" and colour eq "red"')?.message).toBe(
      'scimFilter, column 19: "colour" is not an attribute to filter by. Those are: id, name, description, state, profile_type, ' +
        'labels, integrations, provider_ids, provider_external_ids, datasource_ids, used_by_workflow, requestable, ' +
        'require_approval_to_start, access_request_policy_id, access_profiles_inherited, started_at, started_by, ' +
        'last_synced_at, last_sync_error_message, created_at, created_by, updated_at.',
    );
    expect(problem('name.first eq "x"')?.message).toContain('"name.first"');
    expect(problem('not (colour pr)')?.message).toContain('column 6: "colour"');
    expect(problem('colour[value eq "a"]')?.message).toContain('column 1: "colour"');
    expect(problem('__proto__ pr')).not.toBeNull();
    expect(problem('constructor pr')?.message).toContain('"constructor"');
  });

  it.each<[text: string, message: string]>([
    ['name[value eq "a"]', 'column 5: no value path here: "name" holds one value, not a list.'],
    [
      'labels pr and requestable[value eq true]',
      'column 26: no value path here: "requestable" holds one value, not a list.',
    ],
    ['labels[type eq "a"]', 'column 8: the values of "labels" have no part "type", only "value".'],
    ['labels[(value pr) and not (x pr)]', 'column 28: the values of "labels" have no part "x", only "value".'],
    ['labels[value eq 7]', 'column 17: "labels" is compared with a string in double quotes, not with 7.'],
  ])('has no value path %s', (text, message) => {
    expect(problem(text)?.message).toBe(`scimFilter, ${message}`);
  });

  const ordered = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
  const operators = [...ordered, 'co', 'sw', 'ew'];
  const booleans = ['used_by_workflow', 'requestable', 'require_approval_to_start'];
  const instants = ['started_at', 'last_synced_at', 'created_at', 'updated_at'];

  /** What an attribute may be compared with, worked out from RFC 7644 alone. */
  function isAllowed(attribute: string, operator: string, literal: string): boolean {
    if (literal === 'null') return operator === 'eq' || operator === 'ne';
    if (booleans.includes(attribute)) return /^(?:true|false)$/.test(literal) && ['eq', 'ne'].includes(operator);
    if (instants.includes(attribute)) return /^"2025/.test(literal) && ordered.includes(operator);
    return literal.startsWith('"');
  }

  it.each([...profileAttributes.keys()])('refuses what does not fit %s, with the column', (attribute) => {
    for (const operator of operators) {
      for (const literal of [
        'true',
        'false',
        'null',
        '7',
        '-1.5e3',
        '"x"',
        '"true"',
        '"2025-06-01"',
        '"2025-06-01T02:00:00+02:00"',
      ]) {
        const text = `(${attribute} ${operator} ${literal})`;
        const told = problem(text);
        expect(told === null, text).toBe(isAllowed(attribute, operator, literal));
        const column = Number(/^scimFilter, column (\d+): /.exec(told?.message ?? '')?.[1] ?? 0);
        const starts = [attribute.length + 3, attribute.length + operator.length + 4];
        if (told !== null) expect(starts, `${text}: ${told.message}`).toContain(column);
      }
    }
  });

  it.each([
    '2025-06-01T02:00:00+0200',
    '2025-01-01T00:00:00',
    'Jun 1 2025',
    '2025-02-30',
    '2025-13-01',
    '2025-6-1',
    '2025',
    '20250601T020000Z',
    '2025-06-01 02:00:00Z',
    '',
    ' 2025-06-01',
    'now',
    '1748736000',
  ])('takes %j for no instant, whatever the operator', (text) => {
    for (const attribute of instants) {
      for (const operator of ordered) {
        expect(problem(`${attribute} ${operator} ${JSON.stringify(text)}`)?.message).toBe(
          `scimFilter, column ${attribute.length + operator.length + 3}: "${attribute}" is compared with an instant with a time ` +
            `zone, such as "2024-07-15T20:01:56Z", or a date, such as "2024-07-15", not with ${JSON.stringify(text)}.`,
        );
      }
    }
  });

  it('compares no instant that the API sent in another form', () => {
    const odd = profileOf({ id: 'odd', created_at: '2024-04-12 19:02' });
    for (const operator of ordered) {
      const holds = satisfies(conditionOfScim(`created_at ${operator} "2024-01-01"`, 'scimFilter'), odd);
      expect(holds, operator).toBe(operator === 'ne');
    }
  });

  it('has a length', () => {
    const filter = (length: number) => `name eq "${'x'.repeat(length - 10)}"`;
    expect(problem(filter(8000))).toBeNull();
    expect(problem(filter(8001))?.message).toBe('scimFilter: a filter has at most 8000 characters, this one 8001.');
  });

  it('may be as deep as its length lets it be', () => {
    const depth = 1300;
    expect(matches(`${'not ('.repeat(depth)}name pr${')'.repeat(depth)}`)).toBe(true);
  });
});
