import { describe, expect, test } from 'vitest';
import { resolverOf } from '../../src/scim/value.ts';

const resolve = resolverOf({
  Name: 'exact',
  name: 'lower',
  a: { b: { c: 1 }, list: [{ x: 1 }, { X: [2, 3] }, null, 4, { y: 5 }] },
  nested: [[1, [2]], [], [[3]]],
});

describe('plain JSON', () => {
  test.each<[path: string, value: unknown]>([
    ['name', 'lower'],
    ['Name', 'exact'],
    ['NAME', 'exact'],
    ['a.b.c', 1],
    ['A.B.C', 1],
    ['a.b.c.d', undefined],
    ['a.missing.c', undefined],
    ['a.list.x', [1, [2, 3], undefined, undefined]],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['name.length', undefined],
    ['nested.length', [undefined, undefined, undefined]],
    ['urn:a:b:name', undefined],
  ])('%s', (path, value) => {
    expect(resolve(path)).toStrictEqual(value);
  });
});
