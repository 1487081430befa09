import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { entitlementKey } from '../../src/model/entitlement.ts';
import { currentVersionOf, directEntitlements, directParentIds } from '../../src/model/profile.ts';
import { profileOf } from '../support/profile.ts';

const versionWith = (parents: unknown) => ({ version_number: 1, inherit_entities_from_access_profiles: parents });

describe('the direct parents of a profile', () => {
  it.each<[name: string, json: Readonly<Record<string, unknown>>, expected: readonly string[]]>([
    ['what its version lists', { current_version: versionWith(['a', 'b']) }, ['a', 'b']],
    [
      'what its version lists, although the profile names more, which may be transitive',
      { current_version: versionWith(['a']), access_profiles_inherited: ['a', 'b'] },
      ['a'],
    ],
    ['none, if its version says so', { current_version: versionWith([]), access_profiles_inherited: ['b'] }, []],
    [
      'what the profile names where the version does not say',
      { current_version: versionWith(undefined), access_profiles_inherited: ['a'] },
      ['a'],
    ],
    [
      'what the profile names where there is only a number for a version',
      { current_version: 1, access_profiles_inherited: ['a'] },
      ['a'],
    ],
    ['none where nobody names any: an empty list may be left out', { current_version: versionWith(undefined) }, []],
    ['none where nothing is published', { current_version: null, current_version_number: 0 }, []],
  ])('are %s', (_name, json, expected) => {
    expect(directParentIds(profileOf(json))).toEqual(expected);
  });

  it('are unknown where the version is only named: none would hide grants', () => {
    const profile = profileOf({ id: 'p', current_version: 3 });
    expect(() => directParentIds(profile)).toThrow(UpstreamError);
    expect(() => directParentIds(profile)).toThrow('names version 3 as the current one of profile p');
  });
});

describe('the grants of a profile', () => {
  it('are those of its version, and none where nothing is published', () => {
    const entity = { entity_type: 'Role', datasource_id: 'd', entity_id: 'e' };
    const version = { version_number: 1, entities_to_create_relationships_to: [entity] };
    expect(directEntitlements(profileOf({ current_version: version }))).toMatchObject([{ entityId: 'e' }]);
    expect(directEntitlements(profileOf({ current_version: null }))).toEqual([]);
    expect(currentVersionOf(profileOf({ current_version: null }))).toBeNull();
  });

  it('are unknown where the version is only named', () => {
    expect(() => directEntitlements(profileOf({ current_version: '2' }))).toThrow(UpstreamError);
  });
});

describe('what makes two grants the same', () => {
  const grant = { datasourceId: 'd', entityType: 'Role', entityId: 'e' };

  it('is the entity and what it is assigned through', () => {
    const none = entitlementKey(grant);
    expect(entitlementKey({ ...grant, assignedToEntityType: '', assignedToEntityId: null })).toBe(none);
    const others = [
      { ...grant, datasourceId: 'x' },
      { ...grant, entityType: 'Group' },
      { ...grant, entityId: 'x' },
      { ...grant, assignedToEntityType: 'Org' },
      { ...grant, assignedToEntityId: 'Org' },
    ].map(entitlementKey);
    expect(new Set([none, ...others]).size).toBe(6);
  });

  it('is not confused by where one part ends', () => {
    const a = entitlementKey({ datasourceId: 'a","b', entityType: 'c', entityId: 'd' });
    const b = entitlementKey({ datasourceId: 'a', entityType: 'b","c', entityId: 'd' });
    expect(a).not.toBe(b);
  });
});
