import { expect, it } from 'vitest';
import { PlanStore } from '../../../src/server/graphql/execution/plan-store.ts';

/** Fields that fill the store: 32 MB of a kilobyte each. */
const full = 32 * 1024;

it('what is kept for operations is bounded by its fields, and what was used last stays', () => {
  const store = new PlanStore<object, string>();
  const [a, b, c] = [{}, {}, {}];
  store.keep(a, 'a', 10);
  store.keep(b, 'b', 10);
  store.grow(a, full / 2);
  store.grow(b, full / 4);
  expect([store.find(b), store.find(a)]).toEqual(['b', 'a']);
  store.keep(c, 'c', 10);
  store.grow(c, full / 3);
  expect([store.find(a), store.find(b), store.find(c)]).toEqual(['a', undefined, 'c']);
  store.grow(c, full);
  expect([store.find(a), store.find(c)]).toEqual([undefined, undefined]);
  // What is gone grows no more.
  store.grow(a, full * 10);
  store.keep(b, 'b', 10);
  expect(store.find(b)).toBe('b');
});

it('long documents count as well', () => {
  const store = new PlanStore<object, string>();
  const keys = Array.from({ length: 3 }, () => ({}));
  for (const key of keys) store.keep(key, 'long', 250_000);
  expect(keys.map((key) => store.find(key))).toEqual([undefined, 'long', 'long']);
});
