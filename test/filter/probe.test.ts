import { describe, expect, it } from 'vitest';
import type { ProofNeed } from '../../src/filter/plan.ts';
import { buildProbe } from '../../src/filter/probe.ts';
import { endOf, innerPart, startOf, varied } from '../../src/filter/probe-value.ts';
import { parseFilter } from '../../src/scim/parser.ts';
import { conditionsOf } from '../../src/scim/walk.ts';
import { profileOf } from '../support/profile.ts';

const need = (keys: readonly string[], alternatives = 1, comparisons = alternatives): ProofNeed => ({
  keys,
  alternatives,
  comparisons,
});

const sales = profileOf({ id: 'p-1', name: 'Sales US', labels: ['a', 'b'], state: 'RUNNING' });
const support = profileOf({ id: 'p-2', name: 'Support', labels: ['c'], state: 'PAUSED' });
const legal = profileOf({ id: 'p-3', name: 'Legal 7', labels: ['d', 'a'], state: 'DRY_RUN' });
const three = [sales, support, legal];

describe('the values of a probe', () => {
  it.each<[text: string, inner: string | null, start: string | null, end: string | null]>([
    ['Profile 12', 'rofile 1', 'Profile 1', 'rofile 12'],
    ['Profile 1', 'rofil', 'Profil', 'rofile 1'],
    ['Sales', 'ale', 'Sale', 'ales'],
    ['US', null, 'U', 'S'],
    ['A B', null, null, null],
    ['', null, null, null],
    ['(ab) (cd)', 'b) (c', '(ab) (c', 'b) (cd)'],
    ['売上部門', '上部', '売上部', '上部門'],
    ['a😀b', null, null, null],
  ])('of %s lie within its words', (text, inner, start, end) => {
    expect([innerPart(text), startOf(text), endOf(text)]).toEqual([inner, start, end]);
  });

  it('are not long', () => {
    const text = 'x'.repeat(500);
    expect([innerPart(text), startOf(text), endOf(text)].map((each) => each?.length)).toEqual([24, 24, 24]);
  });

  it('keep their form where they are to match nothing', () => {
    const id = '3a2371b6-95ec-4d9e-b95c-d75d51daa39b';
    for (const other of varied(id, 3)) {
      expect(other).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(other).not.toBe(id);
    }
    expect([...varied('Sales', 0)]).toContain('Tbmft');
  });
});

describe('a probe', () => {
  it.each<[key: string, filter: string]>([
    ['id eq', 'id eq "p-1"'],
    ['name eq', 'name eq "Sales US"'],
    ['name co', 'name co "ales U"'],
    ['name sw', 'name sw "Sales U"'],
    ['name ew', 'name ew "ales US"'],
    ['state eq', 'state eq "RUNNING"'],
  ])('of %s asks for a profile by a part of its value that only the right reading finds', (key, filter) => {
    expect(buildProbe(need([key]), three)).toMatchObject({ filter, witnesses: ['p-1'] });
  });

  it('asks for instants right before or after that of a profile', () => {
    const dated = profileOf({ id: 'p', created_at: '2024-07-15T20:00:00.5Z' });
    expect(buildProbe(need(['created_at ge']), [dated])?.filter).toBe('created_at ge "2024-07-15T19:59:59Z"');
    expect(buildProbe(need(['created_at le']), [dated])?.filter).toBe('created_at le "2024-07-15T20:00:02Z"');
  });

  it('asks for the first and the last element of a list', () => {
    const child = profileOf({
      id: 'p',
      current_version: { version_number: 1, inherit_entities_from_access_profiles: ['x', 'y', 'z'] },
    });
    expect(buildProbe(need(['access_profiles_inherited co']), [child])?.filter).toBe(
      'access_profiles_inherited co "x" and access_profiles_inherited co "z"',
    );
  });

  it('holds all attributes that are to be shown', () => {
    expect(buildProbe(need(['name co', 'state eq'], 1, 2), three)?.filter).toBe(
      'name co "ales U" and state eq "RUNNING"',
    );
  });

  it('accepts what any reading of it may bring, and nothing else', () => {
    const probe = buildProbe(need(['name co']), three);
    expect(probe?.accepts(profileOf({ name: 'SALES USA' }))).toBe(true);
    expect(probe?.accepts(support)).toBe(false);
  });

  it('of two alternatives has a witness for each', () => {
    expect(buildProbe(need(['name co'], 2), three)).toMatchObject({
      filter: 'name co "ales U" or name co "uppor"',
      witnesses: ['p-1', 'p-2'],
    });
  });

  it('of more alternatives has witnesses at its start, in its middle and at its end, and is as long', () => {
    const probe = buildProbe(need(['name co'], 25, 27), three);
    const values = conditionsOf(parseFilter(probe?.filter ?? '')).map(({ value }) => value);
    expect(values).toHaveLength(28);
    expect([values[0], values[14], values.at(-1)]).toEqual(['ales U', 'ega', 'uppor']);
    for (const [i, value] of values.entries()) {
      if (i > 0 && i !== 14 && i < 27) expect(three.some(({ name }) => name.includes(String(value)))).toBe(false);
    }
  });

  it('without an or is as long by saying the same again', () => {
    expect(buildProbe(need(['name eq'], 1, 3), three)?.filter).toBe(
      'name eq "Sales US" and name eq "Sales US" and name eq "Sales US"',
    );
  });

  it('of states fills up with other states', () => {
    const probe = buildProbe(need(['state eq'], 4), three);
    expect(probe?.filter).toBe('state eq "RUNNING" or state eq "INITIAL" or state eq "DRY_RUN" or state eq "PAUSED"');
  });

  it('of documented lists takes elements that tell the profiles apart', () => {
    expect(buildProbe(need(['labels co'], 3), three)?.filter).toBe(
      'labels co "b" or labels co "e" or labels co "d" or labels co "c"',
    );
  });

  it.each<[name: string, given: ProofNeed]>([
    ['there are too few profiles', need(['name eq'], 4)],
    ['no bound tells two profiles apart', need(['created_at ge'], 2)],
    ['the attribute is not known', need(['colour eq'])],
    ['the operator is not known', need(['name xx'])],
    ['the attribute is no text', need(['requestable eq'])],
    ['none has a value', need(['started_by eq'])],
    ['a list has one element at most', need(['datasource_ids co'])],
    ['it would be too long for a URL', need(['name eq'], 500)],
  ])('is not to be had where %s', (_name, given) => {
    expect(buildProbe(given, given.alternatives === 4 ? three.slice(1) : three)).toBeNull();
  });

  it('passes over values that an API may read in its own way', () => {
    const quoted = profileOf({ id: 'p', name: 'A "quoted" name' });
    expect(buildProbe(need(['name eq']), [quoted, sales])?.witnesses).toEqual(['p-1']);
  });
});
