import { describe, expect, it } from 'vitest';
import { briefly, grantsOf, group, startTrial, wire } from './mutation-support.ts';

const payload = `
  version { versionNumber state entitlements { entityId } inheritsFrom { profileId } }
  preview {
    addedEntitlements { entityId } removedEntitlements { entityId } violations { rule }
    affectedProfiles { profile { profileId } gained { entityId } lost { entityId } }
  }`;

describe('the version that is changed', () => {
  it('is the draft if there is one, and the result shows it although no profile does', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "drafted", entitlements: [${group('g5')}] })`,
      briefly,
    );
    expect(trial.writes()[0]?.call).toBe('PATCH access_profiles/drafted/versions/3');
    expect(result.version).toEqual({
      versionNumber: 3,
      state: 'DRAFT',
      entitlements: [{ entityId: 'g5' }],
      inheritsFrom: [],
      accessProfile: { draftVersionNumber: 3 },
    });
    expect(grantsOf(trial, 'drafted')).toEqual(['g1']);
  });

  it('is the version that the input names', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "drafted", version: 2, addEntitlements: [${group('g5')}] })`,
      briefly,
    );
    expect(trial.writes()[0]?.call).toBe('PATCH access_profiles/drafted/versions/2');
    expect(result.version.entitlements).toEqual([{ entityId: 'g1' }, { entityId: 'g5' }]);
  });

  it('can be a draft that the change creates', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "base", version: 2, entitlements: [${group('g5')}] })`,
      briefly,
    );
    expect(result.version).toMatchObject({
      versionNumber: 2,
      state: 'DRAFT',
      accessProfile: { draftVersionNumber: 2 },
    });
  });

  it('can be published by the change', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "drafted", state: PUBLISHED })',
      briefly,
    );
    expect(trial.writes()).toEqual([
      { call: 'PATCH access_profiles/drafted/versions/3', body: { state: 'PUBLISHED' } },
    ]);
    expect(result.version).toMatchObject({
      versionNumber: 3,
      state: 'PUBLISHED',
      accessProfile: { draftVersionNumber: null },
    });
  });

  it('is not written where the change adds to it and it cannot be read', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "drafted", addEntitlements: [${group('g5')}] })`,
      briefly,
    );
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [{ field: 'input.version', description: expect.stringContaining('can not be read') }],
    });
    expect(trial.writes()).toEqual([]);
  });

  it('is read, changed and answered where the API has a call for that', async () => {
    await using trial = await startTrial({ unlistedReads: true });
    const change = (input: string) =>
      trial.change(`updateAccessProfileVersion(input: { id: "drafted", ${input} })`, briefly);
    const added = await change(`addEntitlements: [${group('g5')}]`);
    expect(added.result.version.entitlements).toEqual([{ entityId: 'g2' }, { entityId: 'g5' }]);
    const unchanged = await change(`addEntitlements: [${group('g5')}]`);
    expect(unchanged.result.version).toMatchObject({
      versionNumber: 3,
      entitlements: [{ entityId: 'g2' }, { entityId: 'g5' }],
    });
    expect(trial.writes()).toHaveLength(1);
  });

  it('loses nothing that another client puts into a draft between the first read and the write', async () => {
    await using trial = await startTrial({ unlistedReads: true });
    const change = () =>
      trial.change(`updateAccessProfileVersion(input: { id: "drafted", addEntitlements: [${group('g5')}] })`, briefly);
    let isDone = false;
    trial.sandbox.faults.add({
      kind: 'run',
      match: { path: /versions\/3$/ },
      skip: 1,
      run: (_, store) => {
        const profile = store.profile('drafted');
        isDone = true;
        // As an API may do it: without a new `updated_at`.
        store.editProfile('drafted', {
          versions: (profile?.versions ?? []).map((version) =>
            version.state === 'DRAFT'
              ? { ...version, entities_to_create_relationships_to: [wire('g2'), wire('theirs')] }
              : version,
          ),
        });
      },
    });
    const { result } = await change();
    expect(isDone).toBe(true);
    expect(result.version.entitlements.map(({ entityId }: { entityId: string }) => entityId)).toEqual([
      'g2',
      'theirs',
      'g5',
    ]);
    expect(trial.writes()).toHaveLength(1);
  });
});

describe('a dry run', () => {
  it('shows what would happen, here and below, and writes nothing', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "base", dryRun: true, entitlements: [${group('g7')}] })`,
      payload,
    );
    const changed = { gained: [{ entityId: 'g7' }], lost: [{ entityId: 'g1' }] };
    expect(result).toEqual({
      __typename: 'UpdateAccessProfileVersionPayload',
      version: null,
      preview: {
        addedEntitlements: [{ entityId: 'g7' }],
        removedEntitlements: [{ entityId: 'g1' }],
        violations: [],
        affectedProfiles: ['base', 'child', 'grandchild'].map((profileId) => ({ profile: { profileId }, ...changed })),
      },
    });
    expect(trial.writes()).toEqual([]);
  });

  it('names the rules that the change would break', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "base", dryRun: true, addInheritsFrom: ["grandchild"] })',
      payload,
    );
    expect(result.preview.violations).toEqual([{ rule: 'inheritance_cycle' }]);
  });

  it('shows no preview of a draft that cannot be read', async () => {
    await using trial = await startTrial();
    for (const [input, selection] of [
      ['state: PUBLISHED, dryRun: true', payload],
      ['state: PUBLISHED', payload],
      [`entitlements: [${group('g5')}], dryRun: true`, briefly],
    ] as const) {
      const { result } = await trial.change(
        `updateAccessProfileVersion(input: { id: "drafted", ${input} })`,
        selection,
      );
      expect(result.fields, input).toEqual([
        { field: 'input.version', description: expect.stringContaining('can not be read') },
      ]);
    }
    expect(trial.writes()).toEqual([]);
    const both = await trial.change(
      `updateAccessProfileVersion(input: { id: "drafted", dryRun: true, inheritsFrom: ["base"], entitlements: [${group('g1')}] })`,
      payload,
    );
    expect(both.result.preview).toMatchObject({ affectedProfiles: [], violations: [] });
  });

  it('shows what publishing a draft does where it can be read', async () => {
    await using trial = await startTrial({ unlistedReads: true });
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "drafted", state: PUBLISHED, dryRun: true })',
      payload,
    );
    expect(result.preview).toMatchObject({
      addedEntitlements: [{ entityId: 'g2' }],
      removedEntitlements: [{ entityId: 'g1' }],
    });
  });
});
