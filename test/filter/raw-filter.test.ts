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
    ['requestable eq "true"', false],
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

  it('names an unknown attribute and lists the known ones', () => {
    expect(problem('labels co "a" and colour eq "red"')?.message).toBe(
      'scimFilter: "colour" is not an attribute to filter by. Those are: id, name, description, state, profile_type, labels, ' +
        'integrations, provider_ids, provider_external_ids, datasource_ids, used_by_workflow, requestable, ' +
        'require_approval_to_start, access_request_policy_id, access_profiles_inherited, started_at, started_by, ' +
        'last_synced_at, last_sync_error_message, created_at, created_by, updated_at.',
    );
    expect(problem('name.first eq "x"')?.message).toContain('"name.first"');
    expect(problem('not (colour pr)')?.message).toContain('"colour"');
    expect(problem('__proto__ pr')).not.toBeNull();
    expect(problem('constructor pr')?.message).toContain('"constructor"');
  });

  it('has no value paths: no attribute of a profile has parts', () => {
    expect(problem('labels[value eq "a"]')?.message).toContain('"labels" is not an attribute to filter by');
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
