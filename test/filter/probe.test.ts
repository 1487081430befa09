import { describe, expect, it } from 'vitest';
import { probeOf } from '../../src/filter/probe.ts';
import { profileOf } from '../support/profile.ts';

const jane = profileOf({ id: '1', name: 'Sales', labels: ['a', 'b'], state: 'RUNNING' });
const joe = profileOf({ id: '2', name: 'Support', labels: ['c'], state: 'RUNNING' });

describe('a probe', () => {
  it('asks for one profile by its own value, and knows which answer is right', () => {
    const probe = probeOf('name eq', [jane, joe]);
    expect(probe?.filter).toBe('name eq "Sales"');
    expect(probe?.isShownBy([jane])).toBe(true);
    expect(probe?.isShownBy([jane, joe])).toBe(false);
    expect(probe?.isShownBy([joe])).toBe(false);
    expect(probe?.isShownBy([])).toBe(false);
  });

  it('takes the first element of a list', () => {
    expect(probeOf('labels co', [jane, joe])?.filter).toBe('labels co "a"');
  });

  it('lets letter case be', () => {
    const shouting = profileOf({ id: '3', name: 'SALES' });
    expect(probeOf('name co', [jane, joe])?.isShownBy([jane, shouting])).toBe(true);
  });

  it('passes over profiles that have no value', () => {
    const nameless = profileOf({ id: '0', name: '', labels: [] });
    expect(probeOf('name sw', [nameless, jane, joe])?.filter).toBe('name sw "Sales"');
    expect(probeOf('labels co', [nameless, jane])?.filter).toBe('labels co "a"');
  });

  it('looks for a value that not all have', () => {
    const paused = profileOf({ id: '4', state: 'PAUSED' });
    expect(probeOf('state eq', [jane, joe, paused])?.filter).toBe('state eq "RUNNING"');
    expect(probeOf('name ge', [jane, joe])?.filter).toBe('name ge "Support"');
  });

  it.each<[name: string, key: string]>([
    ['all are alike', 'state eq'],
    ['nothing is less than itself', 'name gt'],
    ['the attribute is not known', 'colour eq'],
    ['the operator is not known', 'name xx'],
    ['the attribute is no text', 'requestable eq'],
    ['none has a value', 'started_by eq'],
  ])('is not to be had where %s', (_name, key) => {
    expect(probeOf(key, [jane, joe])).toBeNull();
  });

  it('is not to be had of nobody', () => {
    expect(probeOf('id eq', [])).toBeNull();
    expect(probeOf('id eq', [jane])).toBeNull();
  });
});
