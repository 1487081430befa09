import { describe, expect, it } from 'vitest';
import { single } from '../../src/wire/envelope.ts';
import { versionDecoder } from '../../src/wire/version.ts';
import { root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import { curatedVersionReply, developerId, generatedVersionReply } from './documented.ts';

const read = (body: unknown) => single(versionDecoder(developerId, () => 1))(body, root());

describe('a version', () => {
  it('is the same by the curated and by the generated documentation, but for its state', () => {
    const generated = read({ ...generatedVersionReply, value: { ...generatedVersionReply.value, state: undefined } });
    expect(plain(read(curatedVersionReply))).toEqual(plain(generated));
    expect(read(generatedVersionReply)).toMatchObject({
      profileId: developerId,
      versionNumber: 1,
      state: 'PUBLISHED',
      inheritsFromIds: [],
      updatedAt: '2024-07-15T20:01:56.813190321Z',
    });
  });

  it('tells an absent list from an empty one', () => {
    const { inherit_entities_from_access_profiles: _parents, ...rest } = generatedVersionReply.value;
    expect(read(rest).inheritsFromIds).toBeNull();
    expect(read(rest).memberIds).toBeNull();
    expect(read({ ...rest, members: [] }).memberIds).toEqual([]);
  });

  it('names each parent once', () => {
    const parents = ['b', 'a', 'b'];
    const version = { ...generatedVersionReply.value, inherit_entities_from_access_profiles: parents };
    expect(read(version).inheritsFromIds).toEqual(['b', 'a']);
  });

  it.each([
    ['DRAFT', 'DRAFT'],
    [2, 'RETIRED'],
    ['published', 'PUBLISHED'],
  ])('reads the state %j', (state, expected) => {
    expect(read({ ...generatedVersionReply.value, state }).state).toBe(expected);
  });

  it('takes its number as a string, too', () => {
    expect(read({ id: 'a', version: '2' }).versionNumber).toBe(2);
  });

  it('is the one that was asked for, where it does not say which it is', () => {
    expect(read({ updated_at: '' })).toMatchObject({ profileId: developerId, versionNumber: 1 });
    expect(read({ access_profile_id: 'b', version_number: 3 })).toMatchObject({ profileId: 'b', versionNumber: 3 });
  });

  it('is not one without a number', () => {
    const decode = versionDecoder(developerId, () => null);
    expect(() => decode({ state: 'DRAFT' }, root())).toThrow('version_number: expected an integer, found nothing');
  });

  it('reads the application action, of which an empty one is none', () => {
    const withAction = (action: unknown) =>
      read({ ...generatedVersionReply.value, application_sync_identity_action: action }).applicationSyncIdentityAction;
    expect(plain(withAction({ policy_id: 'p', name: 'Sync' }))).toEqual({ policyId: 'p', name: 'Sync' });
    expect(withAction({ policy_id: '', name: '' })).toBeNull();
    expect(withAction(null)).toBeNull();
  });

  it.each<[body: unknown, message: string]>([
    [{ access_profile_id: 7 }, 'access_profile_id: expected a string, found a number'],
    [{ access_profile_id: 'a', version_number: 1.5 }, 'version_number: expected a 32-bit integer, found a number'],
    [[], '(root): expected an object, found an array'],
  ])('is not %j', (body, message) => {
    expect(() => read(body)).toThrow(message);
  });
});
