import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/sandbox/store.ts';
import { grantsOf, group, parentsOf, startTrial, type Trial } from './mutation-support.ts';

const entity = (id: string) => ({ entity_type: 'Group', datasource_id: 'ds-1', entity_id: id });

/**
 * Each write is refused once with 429 and a time to wait. Another client works right after that, before the gateway
 * reads or writes again.
 */
async function startLimited(meanwhile: (store: Store) => void): Promise<Trial> {
  let wasRefused = false;
  const trial = await startTrial({
    openFilters: true,
    before: (_request, store) => {
      if (wasRefused) meanwhile(store);
      wasRefused = false;
    },
  });
  const { store, faults } = trial.sandbox;
  store.editProfile('base', { labels: ['a', 'b', 'revoked'] });
  store.editCurrentVersion('base', { entities_to_create_relationships_to: [entity('g1'), entity('revoked')] });
  store.editCurrentVersion('grandchild', { inherit_entities_from_access_profiles: ['child', 'drafted'] });
  const refuse = () => {
    wasRefused = true;
  };
  for (const method of ['POST', 'PATCH', 'PUT']) {
    faults.add(
      { kind: 'run', match: { method }, run: refuse },
      { kind: 'status', status: 429, retryAfter: 1, match: { method } },
    );
  }
  return trial;
}

const revoke = (store: Store) => {
  const profile = store.profile('base');
  store.editProfile('base', { labels: profile?.labels.filter((label) => label !== 'revoked') ?? [] });
  store.editCurrentVersion('base', { entities_to_create_relationships_to: [entity('g1')] });
  store.editCurrentVersion('grandchild', { inherit_entities_from_access_profiles: ['child'] });
};

describe.concurrent('while a write waits for a rate limit, another client takes something away', () => {
  const versionOf = (input: string) => `updateAccessProfileVersion(input: { ${input} })`;

  it.each<[change: string, payload: string, after: (trial: Trial) => unknown, expected: unknown]>([
    [
      'addAccessProfileLabels(input: { id: "base", labels: ["new"] })',
      'accessProfile { labels }',
      (trial) => trial.labelsOf('base'),
      ['a', 'b', 'new'],
    ],
    [
      'removeAccessProfileLabels(input: { id: "base", labels: ["a"] })',
      'accessProfile { labels }',
      (trial) => trial.labelsOf('base'),
      ['b'],
    ],
    [
      versionOf(`id: "base", addEntitlements: [${group('new')}]`),
      'version { id }',
      (trial) => grantsOf(trial, 'base'),
      ['g1', 'new'],
    ],
    [
      versionOf('id: "base", removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1" }]'),
      'version { id }',
      (trial) => grantsOf(trial, 'base'),
      [],
    ],
    [
      versionOf('id: "grandchild", addInheritsFrom: ["base"]'),
      'version { id }',
      (trial) => parentsOf(trial, 'grandchild'),
      ['child', 'base'],
    ],
    [
      'labelAccessProfiles(input: { profiles: { filter: { labels: { has: "revoked" } } }, add: ["new"] })',
      'changed',
      (trial) => trial.labelsOf('base'),
      ['a', 'b', 'new'],
    ],
  ])('%s does not bring it back', async (change, payload, after, expected) => {
    await using trial = await startLimited(revoke);
    const { result, errors } = await trial.change(change, payload);
    expect(errors).toEqual([]);
    expect(result.__typename ?? 'Payload').toMatch(/Payload$/);
    expect(after(trial)).toEqual(expected);
    expect(trial.writes()).toHaveLength(2);
  });
});

describe.concurrent('while a write waits for a rate limit, another client changes what it was checked against', () => {
  const seen = '2024-04-12T09:00:00.000000001Z';

  it.each([
    [`setAccessProfileLabels(input: { id: "base", labels: ["x"], ifUpdatedAt: "SEEN" })`, 'accessProfile { id }'],
    [`updateAccessProfile(input: { id: "base", name: "x", ifUpdatedAt: "SEEN" })`, 'accessProfile { id }'],
    [`updateAccessProfileVersion(input: { id: "base", entitlements: [], ifUpdatedAt: "SEEN" })`, 'version { id }'],
    [
      `updateAccessProfileVersion(input: { id: "base", addInheritsFrom: [], ifUpdatedAt: "SEEN", state: PUBLISHED })`,
      'version { id }',
    ],
  ])('%s is a conflict, and not sent again', async (change, payload) => {
    await using trial = await startLimited(
      (store) => void store.editProfile('base', { updated_at: '2024-04-12T09:00:01Z' }),
    );
    const { result } = await trial.change(change.replace('SEEN', seen), payload);
    expect(result).toMatchObject({
      __typename: 'ConflictError',
      message: expect.stringContaining('has changed since'),
    });
    expect(trial.writes()).toHaveLength(1);
  });

  it('a creation is refused that breaks a rule by now', async () => {
    await using trial = await startLimited((store) => void store.deleteProfile('drafted'));
    const { result } = await trial.change(
      'createAccessProfile(input: { name: "x", state: INITIAL, type: "role", inheritsFrom: ["drafted"] })',
      'accessProfile { id }',
    );
    expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: 'input.inheritsFrom.0' }] });
    expect(trial.writes()).toHaveLength(1);
  });

  it('a parent is refused that would close a cycle by now', async () => {
    await using trial = await startLimited((store) =>
      store.editCurrentVersion('drafted', { inherit_entities_from_access_profiles: ['base'] }),
    );
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "base", addInheritsFrom: ["drafted"] })',
      'version { id }',
    );
    expect(result).toMatchObject({ __typename: 'RuleViolationError' });
    expect(trial.writes()).toHaveLength(1);
  });

  it('members go to the version that is live by now', async () => {
    await using trial = await startLimited((store) => {
      const profile = store.profile('base');
      const [version] = profile?.versions ?? [];
      if (profile === undefined || version === undefined) return;
      store.putProfile({
        ...profile,
        current_version_number: 2,
        versions: [
          { ...version, state: 'RETIRED' },
          { ...version, version_number: 2 },
        ],
      });
    });
    await trial.change('addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })', 'accessProfile { id }');
    expect(trial.writes().map(({ call }) => call)).toEqual([
      'PUT access_profiles/base/versions/1/members',
      'PUT access_profiles/base/versions/2/members',
    ]);
  });
});
