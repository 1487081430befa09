import { describe, expect, it } from 'vitest';
import { briefly, grantsOf, group, meanwhile, parentsOf, rewriting, startTrial, wire } from './mutation-support.ts';

describe('updateAccessProfileVersion', () => {
  it('returns the profile as it is after the change, with no further call', async () => {
    const calls: number[] = [];
    for (const payload of [
      'version { versionNumber }',
      'accessProfile { inheritsFrom { profileId } entitlements { entityId } }',
    ]) {
      await using trial = await startTrial();
      const change = `updateAccessProfileVersion(input: { id: "child", addEntitlements: [${group('g9')}] })`;
      const { result, errors } = await trial.change(change, payload);
      expect(errors).toEqual([]);
      if (payload.startsWith('accessProfile')) {
        const accessProfile = { inheritsFrom: [{ profileId: 'base' }], entitlements: [{ entityId: 'g9' }] };
        expect(result).toMatchObject({ accessProfile });
      }
      calls.push(trial.sandbox.calls.length);
    }
    expect(calls[1]).toBe(calls[0]);
    await using trial = await startTrial();
    const dry = await trial.change(
      `updateAccessProfileVersion(input: { id: "child", addEntitlements: [${group('g9')}], dryRun: true })`,
      'accessProfile { profileId entitlements { entityId } }',
    );
    expect(dry.result.accessProfile).toEqual({ profileId: 'child', entitlements: [] });
    const same = await trial.change(
      'updateAccessProfileVersion(input: { id: "child", addInheritsFrom: ["base"] })',
      'accessProfile { profileId }',
    );
    expect(same.result.accessProfile).toEqual({ profileId: 'child' });
    expect(trial.writes()).toEqual([]);
  });

  it('says that the change was made where only its preview can not be read again', async () => {
    await using trial = await startTrial({ openFilters: true });
    await trial.ask('{ accessProfile(id: "base") { inheritsFrom { name } } }');
    const isWritten = () => trial.writes().length > 0;
    let readBack = 0;
    trial.sandbox.faults.add({
      kind: 'run',
      match: { method: 'GET' },
      times: 999,
      run: () => {
        // The first read after the write shows the profile; the next ones are for the preview.
        if (isWritten() && readBack++ > 0) throw new Error('down');
      },
    });
    const { result, errors } = await trial.change(
      `updateAccessProfileVersion(input: { id: "base", addEntitlements: [${group('g9')}] })`,
      'preview { affectedProfiles { profile { name } } }',
    );
    expect(result).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('accepted the change'),
        path: ['result', 'preview', 'affectedProfiles', expect.any(Number), 'profile'],
        extensions: { code: 'WRITE_OUTCOME_UNKNOWN' },
      },
    ]);
    expect(grantsOf(trial, 'base')).toContain('g9');
  });

  it('replaces lists, and sends the named fields alone', async () => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(
      `updateAccessProfileVersion(input: { id: "grandchild", inheritsFrom: ["AccessProfile:base"], entitlements: [
        ${group('g9', 'grantBy: "3", condition: { type: "SCIM", conditionString: "x" }, customProperties: { k: "v" }')}
      ] })`,
      briefly,
    );
    expect(errors).toEqual([]);
    expect(result.version).toMatchObject({ versionNumber: 1, inheritsFrom: [{ profileId: 'base' }] });
    expect(trial.writes()).toEqual([
      {
        call: 'PATCH access_profiles/grandchild/versions/1',
        body: {
          entities_to_create_relationships_to: [
            wire('g9', {
              grant_by: 3,
              condition: { type: 'SCIM', condition_string: 'x' },
              custom_properties: { k: 'v' },
            }),
          ],
          inherit_entities_from_access_profiles: ['base'],
        },
      },
    ]);
  });

  it('adds and removes entitlements, and sends unknown fields of the others back unchanged', async () => {
    await using trial = await startTrial({
      // A field that this gateway does not know, in every grant that the API answers.
      deviate: rewriting('GET', (json) => {
        for (const profile of json.values) {
          for (const entity of profile.current_version?.entities_to_create_relationships_to ?? []) {
            Object.assign(entity, {
              new_field: { deep: [1, 'x'] },
              entity_name: 'A name',
              created_at: '2024-01-01T00:00:00Z',
            });
          }
        }
        return json;
      }),
    });
    trial.sandbox.store.editCurrentVersion('base', {
      entities_to_create_relationships_to: [wire('g1', { grant_by: 7 }), wire('g2')],
    });
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "base", addEntitlements: [${group('g3')}]
        removeEntitlements: [{ datasourceId: "ds-1", entityId: "g2" }] })`,
      briefly,
    );
    expect(result.version.entitlements).toEqual([{ entityId: 'g1' }, { entityId: 'g3' }]);
    const [write] = trial.writes();
    const { entities_to_create_relationships_to: sent, ...others } = write?.body ?? {};
    expect(others).toEqual({});
    expect(sent[1]).toEqual(wire('g3'));
    expect(sent[0]).toMatchObject({ ...wire('g1', { grant_by: 7 }), new_field: { deep: [1, 'x'] } });
    // Those are the API's own to say.
    for (const readOnly of ['entity_name', 'native_id', 'provider_id', 'provider_external_id', 'created_at']) {
      expect(sent[0]).not.toHaveProperty(readOnly);
    }
  });

  it('changes an entitlement that exists instead of adding it twice, and keeps its other fields', async () => {
    await using trial = await startTrial();
    trial.sandbox.store.editCurrentVersion('base', {
      entities_to_create_relationships_to: [wire('g1', { custom_properties: { k: 'v' }, grant_by: 'ROLE' })],
    });
    await trial.change(
      `updateAccessProfileVersion(input: { id: "base", addEntitlements: [${group('g1', 'grantBy: "GROUP"')}] })`,
      briefly,
    );
    expect(trial.writes()[0]?.body.entities_to_create_relationships_to).toEqual([
      expect.objectContaining(wire('g1', { custom_properties: { k: 'v' }, grant_by: 'GROUP' })),
    ]);
  });

  it('writes nothing where nothing changes', async () => {
    await using trial = await startTrial();
    for (const change of [
      `id: "base", addEntitlements: [${group('g1')}]`,
      'id: "child", addInheritsFrom: ["base"]',
      'id: "child", addInheritsFrom: []',
    ]) {
      const { result } = await trial.change(`updateAccessProfileVersion(input: { ${change} })`, briefly);
      expect(result.version, change).toMatchObject({ versionNumber: 1 });
    }
    expect(trial.writes()).toEqual([]);
  });

  it.each<[input: string, fields: readonly string[]]>([
    ['removeInheritsFrom: ["nope"]', ['input.removeInheritsFrom.0']],
    ['removeInheritsFrom: ["base", "drafted"]', ['input.removeInheritsFrom.1']],
    ['removeInheritsFrom: ["AccessProfile:grandchild"], addInheritsFrom: ["drafted"]', ['input.removeInheritsFrom.0']],
    ['removeEntitlements: [{ datasourceId: "ds-1", entityId: "nope" }]', ['input.removeEntitlements.0']],
    [
      'removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1" }, { datasourceId: "ds-2", entityId: "g1" }]',
      ['input.removeEntitlements.1'],
    ],
    [
      'removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1", entityType: "Role" }], removeInheritsFrom: ["x"]',
      ['input.removeEntitlements.0', 'input.removeInheritsFrom.0'],
    ],
  ])('refuses to remove what is not there, dry run or not: %s', async (input, fields) => {
    await using trial = await startTrial();
    trial.sandbox.store.editCurrentVersion('child', { entities_to_create_relationships_to: [wire('g1')] });
    for (const dryRun of [true, false]) {
      const { result, errors } = await trial.change(
        `updateAccessProfileVersion(input: { id: "child", ${input}, dryRun: ${dryRun} })`,
        briefly,
      );
      expect(errors).toEqual([]);
      expect(result).toMatchObject({
        __typename: 'InvalidInputError',
        fields: fields.map((field) => ({
          field,
          description: expect.stringMatching(/is not an? \w+ of this version/),
        })),
      });
    }
    expect(trial.writes()).toEqual([]);
  });

  it('adds and removes parents', async () => {
    await using trial = await startTrial();
    await trial.change(
      'updateAccessProfileVersion(input: { id: "grandchild", addInheritsFrom: ["base", "drafted"], removeInheritsFrom: ["AccessProfile:child"] })',
      briefly,
    );
    expect(trial.writes().map(({ body }) => body)).toEqual([
      { inherit_entities_from_access_profiles: ['base', 'drafted'] },
    ]);
    expect(parentsOf(trial, 'grandchild')).toEqual(['base', 'drafted']);
  });

  it('clears and sets the other fields of a version', async () => {
    await using trial = await startTrial();
    await trial.change(
      'updateAccessProfileVersion(input: { id: "base", accessRequestPolicyId: null, applicationSyncIdentityAction: null })',
      briefly,
    );
    await trial.change('updateAccessProfileVersion(input: { id: "base", accessRequestPolicyId: "p-1" })', briefly);
    expect(trial.writes().map(({ body }) => body)).toEqual([
      { access_request_policy_id: '', application_sync_identity_action: null },
      { access_request_policy_id: 'p-1' },
    ]);
  });
});

describe('another client at the same time', () => {
  const theirs = (id: string) => ({ entities_to_create_relationships_to: [wire('g1'), wire(id)] });
  const add = `updateAccessProfileVersion(input: { id: "base", addEntitlements: [${group('ours')}] })`;

  /** Ids can be asked for, and the gateway knows: each reading is one call. */
  async function startKnown() {
    const trial = await startTrial({ openFilters: true });
    await trial.ask('{ accessProfile(id: "base") { name } }');
    return trial;
  }

  it('loses no change that it makes between the first read and the write', async () => {
    await using trial = await startKnown();
    // Profile, types, profile: before the second look at the profile.
    trial.sandbox.faults.add(meanwhile(2, (store) => void store.editCurrentVersion('base', theirs('theirs'))));
    const { result } = await trial.change(add, briefly);
    expect(result.__typename).toBe('UpdateAccessProfileVersionPayload');
    expect(grantsOf(trial, 'base')).toEqual(['g1', 'theirs', 'ours']);
    expect(trial.writes()).toHaveLength(1);
  });

  it('causes a conflict where it changes the version right after the write', async () => {
    await using trial = await startKnown();
    trial.sandbox.faults.add(meanwhile(4, (store) => void store.editCurrentVersion('base', theirs('theirs'))));
    const { result, errors } = await trial.change(add, briefly);
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ __typename: 'ConflictError', message: expect.stringContaining('does not show it') });
    expect(grantsOf(trial, 'base')).toEqual(['g1', 'theirs']);
    expect(trial.writes()).toHaveLength(1);
  });

  it('causes no conflict where it changes something else', async () => {
    await using trial = await startKnown();
    trial.sandbox.faults.add(meanwhile(4, (store) => void store.editProfile('base', { name: 'Renamed' })));
    const { result } = await trial.change(add, 'version { accessProfile { name } }');
    expect(result.version).toEqual({ accessProfile: { name: 'Renamed' } });
  });
});

describe('ifUpdatedAt on a version', () => {
  it('refuses with the current value, also where the profile changes after the first look', async () => {
    await using trial = await startTrial({ openFilters: true });
    await trial.ask('{ accessProfile(id: "base") { name } }');
    const updatedAt = trial.sandbox.store.profile('base')?.updated_at;
    const change = () =>
      trial.change(
        `updateAccessProfileVersion(input: { id: "base", ifUpdatedAt: "${updatedAt}", entitlements: [] })`,
        briefly,
      );
    trial.sandbox.faults.add(
      meanwhile(1, (store) => void store.editProfile('base', { updated_at: '2025-01-01T00:00:00Z' })),
    );
    for (const _ of [1, 2]) {
      expect((await change()).result).toMatchObject({
        __typename: 'ConflictError',
        currentUpdatedAt: '2025-01-01T00:00:00Z',
      });
    }
    expect(trial.writes()).toEqual([]);
  });
});
