import { describe, expect, it } from 'vitest';
import { decodeEcho, deniesChange, fieldOfAnother } from '../../src/wire/echo.ts';
import { curatedVersionReply, developerId, generatedVersionReply, labelReply } from './documented.ts';

describe('the subject of a reply', () => {
  const profile = { profileId: 'p' };
  const version = { profileId: 'p', versionNumber: 2 };

  it('is what was changed, in all documented replies', () => {
    expect(fieldOfAnother(decodeEcho(labelReply), { profileId: developerId })).toBeNull();
    for (const reply of [curatedVersionReply, generatedVersionReply]) {
      expect(fieldOfAnother(decodeEcho(reply), { profileId: developerId, versionNumber: 1 })).toBeNull();
    }
  });

  it.each([
    [null, profile],
    [{}, profile],
    [[], profile],
    ['ok', profile],
    [{ value: { id: '' } }, profile],
    [{ id: 'P' }, profile],
    [{ value: { labels: [] } }, profile],
    [{ value: { id: 'own', access_profile_id: 'p', version_number: '2' } }, version],
    [{ value: { access_profile_id: 'p', version_number: 0 } }, version],
    [{ access_request_id: 'r' }, version],
  ])('is not contradicted by %j', (reply, subject) => {
    expect(fieldOfAnother(decodeEcho(reply), subject)).toBeNull();
  });

  it.each([
    [{ value: { id: 'q' } }, profile, 'id'],
    [{ id: 'q' }, profile, 'id'],
    [{ value: { id: 5 } }, profile, 'id'],
    [{ value: { id: 'p', access_profile_id: 'q', version_number: 2 } }, version, 'access_profile_id'],
    [{ value: { id: 'q', version: 2 } }, version, 'id'],
    [{ value: { access_profile_id: 'p', version_number: 3 } }, version, 'version_number'],
    [{ value: { id: 'p', version: '3' } }, version, 'version'],
    [{ version_number: 1 }, version, 'version_number'],
  ])('is another in %j', (reply, subject, field) => {
    expect(fieldOfAnother(decodeEcho(reply), subject)).toBe(field);
  });
});

describe('a reply denies a change', () => {
  const entity = { entity_type: 'G', datasource_id: 'd', entity_id: 'e' };

  it.each<[body: object, echo: object | null, denies: boolean]>([
    [{ labels: [] }, { labels: ['a'] }, true],
    [{ labels: ['a'] }, { labels: [] }, true],
    [{ labels: ['a'] }, { labels: ['a', 'b'] }, true],
    [{ labels: ['a', 'b'] }, { labels: ['b', 'a'] }, false],
    [{ labels: [] }, { labels: null }, false],
    [{ labels: [] }, { name: 'x' }, false],
    [{ labels: [] }, null, false],
    [{ description: '' }, { description: 'x' }, true],
    [{ require_approval_to_start: false }, { require_approval_to_start: true }, true],
    [{ state: 'PAUSED' }, { state: 2 }, false],
    [{ state: 'PAUSED' }, { state: 'RUNNING' }, true],
    [{ custom_properties: {} }, { custom_properties: { a: 'b' } }, true],
    [{ catalog_item_info: null }, { catalog_item_info: { name: 'x' } }, true],
    [{ catalog_item_info: { name: 'x' } }, { catalog_item_info: { name: 'x', icon: 'y' } }, false],
    [{ list: [entity] }, { list: [{ ...entity, entity_name: 'E' }] }, false],
    [{ list: [entity] }, { list: [{ ...entity, entity_id: 'f' }] }, true],
    [{ list: [] }, { list: [entity] }, true],
  ])('%j, shown %j: %s', (body, echo, denies) => {
    expect(deniesChange(echo && { ...echo }, { ...body })).toBe(denies);
  });
});
