import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Store } from '../../src/sandbox/store.ts';
import { completeProfile } from '../../src/sandbox/world.ts';
import { History, type Period } from './history.ts';

const profile = (id: string, name: string) => ({ id, name, profile_type: 't' });

function begin() {
  const store = new Store({ types: [{ id: 't', name: 'T' }], profiles: [profile('a', 'a1'), profile('b', 'b1')] });
  const history = new History(store, () => {});
  /** The names of all profiles, in each state of a period. */
  const namesIn = (period: Partial<Period>): readonly string[] => {
    const all = {
      from: Number.NEGATIVE_INFINITY,
      typesFrom: Number.NEGATIVE_INFINITY,
      to: performance.now(),
      ...period,
    };
    const states = [...history.states(({ name }) => name !== 'hidden', all)];
    return [...new Set(states.map(({ profiles }) => [...profiles.values()].map(({ name }) => name).join(' ')))].sort();
  };
  return { store, history, namesIn };
}

describe('the history of a store', () => {
  it('has each record as it was at some moment of a period', async () => {
    const { store, namesIn } = begin();
    store.editProfile('a', { name: 'a2' });
    await delay(2);
    const between = performance.now();
    await delay(2);
    store.editProfile('b', { name: 'b2' });
    expect(namesIn({ to: between })).toEqual(['a1 b1', 'a2 b1']);
    expect(namesIn({ from: between })).toEqual(['a2 b1', 'a2 b2']);
    // A page that was read before both changes, and one that was read after them; the other way round as well.
    expect(namesIn({})).toEqual(['a1 b1', 'a1 b2', 'a2 b1', 'a2 b2']);
    expect(namesIn({ from: performance.now() })).toEqual(['a2 b2']);
  });

  it('knows when a profile was made and deleted', async () => {
    const { store, history, namesIn } = begin();
    store.putProfile(completeProfile(profile('c', 'c1')));
    store.deleteProfile('a');
    expect(namesIn({})).toEqual(['a1 b1', 'a1 b1 c1', 'b1', 'b1 c1']);
    expect(history.versionsOf('a', performance.now()).map(({ record }) => record)).toEqual([null]);
    await delay(2);
    history.forgetBefore(performance.now());
    expect(namesIn({ from: performance.now() })).toEqual(['b1 c1']);
    expect(history.versionsOf('a', 0)).toEqual([]);
  });

  it('leaves out what somebody does not see, and its changes', () => {
    const { store, namesIn } = begin();
    store.putProfile(completeProfile(profile('c', 'hidden')));
    store.deleteProfile('c');
    expect(namesIn({})).toEqual(['a1 b1']);
  });

  it('says where there are too many states to try', () => {
    const { store, history } = begin();
    for (let i = 0; i < 20; i++) {
      store.editProfile('a', { name: `a${i}` });
      store.editProfile('b', { name: `b${i}` });
    }
    const states = history.states(() => true, { from: Number.NEGATIVE_INFINITY, typesFrom: 0, to: performance.now() });
    let next = states.next();
    let count = 0;
    for (; !next.done; next = states.next()) count++;
    expect(next.value).toBe(false);
    expect(count).toBeLessThan(300);
  });

  it('tells when a change of the gateway took effect that a caller was told of', async () => {
    const { store, history } = begin();
    const from = performance.now();
    await delay(2);
    history.asOutsider(() => store.editProfile('a', { name: 'a2' }));
    history.tell('a', from);
    expect(history.lastToldBefore(performance.now())).toBe(Number.NEGATIVE_INFINITY);
    store.editProfile('a', { name: 'a3' });
    const untold = performance.now();
    await delay(2);
    history.tell('a', from);
    expect(history.lastToldBefore(untold)).toBe(Number.NEGATIVE_INFINITY);
    expect(history.lastToldBefore(performance.now())).toBe(history.versionsOf('a', untold)[0]?.at);
  });
});
