import { describe, expect, it } from 'vitest';
import { rewriting, startTrial, type TrialOptions } from './mutation-support.ts';

type Json = Parameters<Parameters<typeof rewriting>[1]>[0];

/** What only the other profile has. */
const foreign = { name: 'Somebody else', labels: ['foreign'], description: 'foreign' };

const profileReplies: readonly [name: string, change: (json: Json) => Json][] = [
  ['the id of another', ({ value }) => ({ value: { ...value, ...foreign, id: 'child' } })],
  ['another, not wrapped', ({ value }) => ({ ...value, ...foreign, id: 'child' })],
  ['an id and no more', () => ({ value: { id: 'child' } })],
];

const entity = { entity_type: 'Group', datasource_id: 'ds-1', entity_id: 'foreign' };
const versionReplies: readonly [name: string, change: (json: Json) => Json][] = [
  ['another profile', ({ value }) => ({ value: { ...value, access_profile_id: 'child' } })],
  ['another profile, the curated way', ({ value }) => ({ value: { id: 'child', version: value.version_number } })],
  [
    'another version',
    ({ value }) => ({ value: { ...value, version_number: 7, entities_to_create_relationships_to: [entity] } }),
  ],
  ['another version, the curated way', () => ({ value: { id: 'base', version: '7' } })],
  ['both', () => ({ access_profile_id: 'child', version_number: 7 })],
];

const told = {
  extensions: { code: 'UPSTREAM_INVALID_RESPONSE' },
  message: expect.stringMatching(/the change may have been made or not\. Read the object again.* Profile base /),
};

async function replies(method: string, change: (json: Json) => Json, options: TrialOptions = {}) {
  return startTrial({ ...options, deviate: rewriting(method, change) });
}

describe('a reply to a change that speaks of something else', () => {
  for (const [name, reply] of profileReplies) {
    it.each([
      'setAccessProfileLabels(input: { id: "base", labels: ["x"] })',
      'addAccessProfileLabels(input: { id: "base", labels: ["x"] })',
      'removeAccessProfileLabels(input: { id: "base", labels: ["a"] })',
      'updateAccessProfile(input: { id: "base", name: "x" })',
    ])(`is an error, and nothing of it is shown (${name}): %s`, async (change) => {
      await using trial = await replies('PATCH', reply);
      const { result, errors } = await trial.change(change, 'accessProfile { profileId name labels description }');
      expect(errors).toMatchObject([told]);
      expect(result).toBeNull();
      expect(JSON.stringify([result, errors])).not.toMatch(/foreign|Somebody|child/i);
      expect(trial.writes()).toHaveLength(1);
    });
  }

  it.each(versionReplies)('%s: is an error, and nothing of it is shown', async (_name, reply) => {
    await using trial = await replies('PATCH', reply);
    const { result, errors } = await trial.change(
      'updateAccessProfileVersion(input: { id: "base", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "x" }] })',
      'version { id entitlements { entityId } }',
    );
    expect(errors).toMatchObject([told]);
    expect(result).toBeNull();
    expect(trial.writes()).toHaveLength(1);
  });

  it.each(versionReplies)('%s: shows nothing of it where the version is a draft', async (_name, reply) => {
    await using trial = await replies('PATCH', (json) => {
      const { value } = reply(json);
      return { value: value?.id === 'base' ? { ...value, id: 'drafted' } : (value ?? reply(json)) };
    });
    const { result, errors } = await trial.change(
      'updateAccessProfileVersion(input: { id: "drafted", entitlements: [] })',
      'version { entitlements { entityId } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
    expect(result).toBeNull();
  });

  it.each([
    { access_profile_id: 'child', version_number: 1, access_request_id: 'foreign' },
    { value: { access_profile_id: 'base', version_number: 2, access_request_id: 'foreign' } },
  ])('about members: %j', async (reply) => {
    await using trial = await replies('PUT', () => reply);
    const { result, errors } = await trial.change(
      'addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })',
      'accessRequestId accessProfile { profileId }',
    );
    expect(errors).toMatchObject([told]);
    expect(result).toBeNull();
  });
});

describe('a creation that is answered with something else', () => {
  const old = { created_at: '2024-01-01T00:00:00Z', updated_at: '2024-03-01T00:00:00Z' };

  it.each<[name: string, change: (json: Json) => Json]>([
    ['an older profile', ({ value }) => ({ value: { ...value, ...old, ...foreign, id: 'base' } })],
    ['a name of its own', ({ value }) => ({ value: { ...value, name: 'Somebody else' } })],
    ['another type', ({ value }) => ({ value: { ...value, profile_type: 'app' } })],
    // The reply looks right; the profile under its id does not.
    ['the id of another profile', ({ value }) => ({ value: { ...value, id: 'base' } })],
    ['the id of another profile and no more', ({ value }) => ({ value: { ...value, id: 'child' } })],
    ['an older profile of the same name and type', ({ value }) => ({ value: { ...value, ...old, id: 'twin' } })],
    ['the id of an older profile of the same name and type', ({ value }) => ({ value: { ...value, id: 'twin' } })],
    ['the id of its parent', ({ value }) => ({ value: { ...value, id: 'drafted' } })],
  ])('%s', async (_name, reply) => {
    await using trial = await replies('POST', reply, {});
    const child = trial.sandbox.store.profile('child');
    if (child !== undefined)
      trial.sandbox.store.putProfile({ ...child, id: 'twin', name: 'New', updated_at: '2025-01-01T00:00:00Z' });
    const { result, errors } = await trial.change(
      'createAccessProfile(input: { name: "New", state: INITIAL, type: "role", inheritsFrom: ["drafted"] })',
      'accessProfile { profileId name }',
    );
    expect(result).toBeNull();
    expect(errors).toMatchObject([
      {
        extensions: { code: 'UPSTREAM_INVALID_RESPONSE' },
        message: expect.stringContaining('Look for a profile named "New" before you create it again.'),
      },
    ]);
    expect(trial.writes()).toHaveLength(1);
  });

  it.each<[name: string, change: (json: Json) => Json]>([
    ['a name of its own', ({ value }) => ({ value: { ...value, name: 'Role' } })],
    ['the id of another type', ({ value }) => ({ value: { ...value, id: 'role' } })],
    ['an older type', ({ value }) => ({ value: { ...value, ...old } })],
  ])('a type: %s', async (_name, reply) => {
    await using trial = await replies('POST', reply);
    const { result, errors } = await trial.change(
      'createAccessProfileType(input: { name: "New" })',
      'accessProfileType { id name }',
    );
    expect(result).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
    expect(trial.writes()).toHaveLength(1);
  });

  it.each<[name: string, change: (json: Json) => Json]>([
    ['a prefix before the name', ({ value }) => ({ value: { ...value, name: 'OKTA - New' } })],
    ['no name, no type and no date', ({ value }) => ({ value: { id: value.id, labels: [] } })],
  ])('is none where the reply has %s', async (_name, reply) => {
    await using trial = await replies('POST', reply);
    const { errors } = await trial.change(
      'createAccessProfile(input: { name: "New", state: INITIAL, type: "role" })',
      'accessProfile { profileId name }',
    );
    expect(errors).toEqual([]);
  });
});
