import { describe, expect, it } from 'vitest';
import { grantsOf, meanwhile, parentsOf, rewriting, startTrial } from './mutation-support.ts';

const payload = `
  version { versionNumber state entitlements { entityId } inheritsFrom { profileId } }
  preview {
    addedEntitlements { entityId } removedEntitlements { entityId } violations { rule }
    affectedProfiles { profile { profileId } gained { entityId } lost { entityId } }
  }`;
const briefly =
  'version { versionNumber state entitlements { entityId } inheritsFrom { profileId } accessProfile { draftVersionNumber } }';
const group = (id: string, more = '') => `{ entityType: "Group", datasourceId: "ds-1", entityId: "${id}" ${more} }`;
const wire = (id: string, more: object = {}) => ({
  entity_type: 'Group',
  datasource_id: 'ds-1',
  entity_id: id,
  ...more,
});

describe('updateAccessProfileVersion', () => {
  it('answers the profile as it is after the change, with no further call', async () => {
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

  it('replaces lists, sending what is named and no more', async () => {
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

  it('adds and removes grants, and sends back unchanged what it does not know of the others', async () => {
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

  it('changes a grant that is there already instead of holding it twice, and keeps the rest of it', async () => {
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

  it('clears and sets what else a version has', async () => {
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

  it('loses nothing that it changes between the first reading and the last one', async () => {
    await using trial = await startKnown();
    // Profile, types, profile: before the second look at the profile.
    trial.sandbox.faults.add(meanwhile(2, (store) => void store.editCurrentVersion('base', theirs('theirs'))));
    const { result } = await trial.change(add, briefly);
    expect(result.__typename).toBe('UpdateAccessProfileVersionPayload');
    expect(grantsOf(trial, 'base')).toEqual(['g1', 'theirs', 'ours']);
    expect(trial.writes()).toHaveLength(1);
  });

  it('is told of where it changes the version right after the write', async () => {
    await using trial = await startKnown();
    trial.sandbox.faults.add(meanwhile(4, (store) => void store.editCurrentVersion('base', theirs('theirs'))));
    const { result, errors } = await trial.change(add, briefly);
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ __typename: 'ConflictError', message: expect.stringContaining('does not show it') });
    expect(grantsOf(trial, 'base')).toEqual(['g1', 'theirs']);
    expect(trial.writes()).toHaveLength(1);
  });

  it('does not matter where it changes something else', async () => {
    await using trial = await startKnown();
    trial.sandbox.faults.add(meanwhile(4, (store) => void store.editProfile('base', { name: 'Renamed' })));
    const { result } = await trial.change(add, 'version { accessProfile { name } }');
    expect(result.version).toEqual({ accessProfile: { name: 'Renamed' } });
  });
});

describe('the version that is changed', () => {
  it('is the draft if there is one, and the answer shows it although no profile does', async () => {
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

  it('is the one that is named', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "drafted", version: 2, addEntitlements: [${group('g5')}] })`,
      briefly,
    );
    expect(trial.writes()[0]?.call).toBe('PATCH access_profiles/drafted/versions/2');
    expect(result.version.entitlements).toEqual([{ entityId: 'g1' }, { entityId: 'g5' }]);
  });

  it('can be a draft that comes into being by it', async () => {
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

  it('is published', async () => {
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

  it('can not be added to where it can not be read, and nothing is written then', async () => {
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

  it('does not pretend to know a draft that can not be read', async () => {
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
