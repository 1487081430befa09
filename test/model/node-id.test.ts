import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserInputError } from '../../src/errors.ts';
import {
  entityGlobalId,
  entityNameOf,
  globalId,
  idOf,
  type NodeKind,
  parseId,
  problemOfId,
  versionIdOf,
} from '../../src/model/node-id.ts';

const kind = fc.constantFrom<NodeKind>('AccessProfile', 'AccessProfileType', 'AccessProfileVersion');
const apiId = fc
  .oneof(fc.uuid(), fc.string({ minLength: 1 }), fc.constantFrom('a:b', 'a:2', ':', 'AccessProfile:a'))
  .filter((id) => problemOfId(id) === null);

describe('the global id of an entity', () => {
  const part = fc.oneof(apiId, fc.constantFrom('%', '%3A', '%25', 'a%3Ab:c', ':%'));

  it('gives back its parts, whatever they hold', () => {
    expect(entityGlobalId({ datasourceId: 'd', entityType: 'Group', entityId: 'a:b%' })).toBe(
      'Entity:d:Group:a%3Ab%25',
    );
    fc.assert(
      fc.property(part, part, part, (datasourceId, entityType, entityId) => {
        const name = { datasourceId, entityType, entityId };
        const { kind: parsed, id } = parseId(entityGlobalId(name));
        expect(parsed).toBe('Entity');
        expect(entityNameOf(id, 'id')).toEqual(name);
      }),
    );
  });

  it.each(['', 'd', 'd:t', 'd:t:', ':t:e', 'd::e', 'd:t:e:x'])('is not %j', (id) => {
    expect(() => entityNameOf(id, 'ids.3')).toThrow(UserInputError);
    expect(() => entityNameOf(id, 'ids.3')).toThrow(/^ids\.3: /);
  });
});

describe('global ids', () => {
  it('are readable', () => {
    expect(globalId('AccessProfile', '3a23')).toBe('AccessProfile:3a23');
    expect(globalId('AccessProfileVersion', '3a23', 2)).toBe('AccessProfileVersion:3a23:2');
  });

  it('give back what they were made of', () => {
    fc.assert(
      fc.property(kind, apiId, (each, id) => {
        expect(parseId(globalId(each, id))).toEqual({ kind: each, id });
        expect(idOf(each, globalId(each, id), 'id')).toBe(id);
      }),
    );
  });

  it('give back both parts of a version, whatever the profile is called', () => {
    fc.assert(
      fc.property(apiId, fc.integer({ min: 0, max: 999_999_999 }), (profileId, versionNumber) => {
        const { kind: found, id } = parseId(globalId('AccessProfileVersion', profileId, versionNumber));
        expect([found, versionIdOf(id, 'id')]).toEqual(['AccessProfileVersion', { profileId, versionNumber }]);
      }),
    );
  });
});

describe("the API's own ids", () => {
  it.each(['3a2371b6-95ec-4d9e-b95c-d75d51daa39b', 'accessprofile:a', 'AccessProfile', 'Other:a', 'a:2'])(
    '%s is taken as it is, and says nothing of its kind',
    (text) => {
      expect(parseId(text)).toEqual({ kind: null, id: text });
      expect(idOf('AccessProfile', text, 'id')).toBe(text);
    },
  );
});

describe('ids that can not be used', () => {
  const problem = (use: () => unknown) => {
    try {
      use();
    } catch (error) {
      return error instanceof UserInputError ? `${error.field} | ${error.message}` : 'another error';
    }
    return 'none';
  };

  it.each([
    ['AccessProfileType:a', 'id | id: the id of an AccessProfile is needed, this is one of an AccessProfileType.'],
    [
      'AccessProfileVersion:a:1',
      'id | id: the id of an AccessProfile is needed, this is one of an AccessProfileVersion.',
    ],
    ['', 'id | id: an id must not be empty.'],
    ['AccessProfile:', 'id | id: an id must not be empty.'],
  ])('%j is no id of a profile', (text, expected) => {
    expect(problem(() => idOf('AccessProfile', text, 'id'))).toBe(expected);
  });

  it.each(['a', 'a:', ':1', 'a:-1', 'a:1.5', 'a:1e3', 'a:x', 'a:1 ', 'a:1234567890', ''])('%j is no version', (id) => {
    expect(problem(() => versionIdOf(id, 'ids.3'))).toBe(
      "ids.3 | ids.3: a version's id looks like AccessProfileVersion:<profile>:<number>.",
    );
  });
});

describe('every id', () => {
  it.each([
    ['blank', ' '],
    ['a step up in a path', '..'],
    ['half a surrogate pair', 'a\ud800'],
    ['the other half', '\udc00a'],
    ['a zero byte', 'a\u0000'],
    ['a line break', 'a\nb'],
    ['longer than any', 'x'.repeat(513)],
  ])('is refused where it is %s', (_name, id) => {
    expect(problemOfId(id)).toEqual(expect.any(String));
    expect(() => idOf('AccessProfile', id, 'id')).toThrow(UserInputError);
    expect(() => idOf('AccessProfile', `AccessProfile:${id}`, 'id')).toThrow(UserInputError);
    expect(() => versionIdOf(`${id}:1`, 'id')).toThrow(UserInputError);
  });

  it.each(['3a23', 'a b', 'a/b?c#d', 'ü', '😀', 'a..b', 'x'.repeat(512)])('%s can be one', (id) => {
    expect(problemOfId(id)).toBeNull();
  });
});
