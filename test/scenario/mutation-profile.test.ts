import { describe, expect, it } from 'vitest';
import { rewriting, startTrial } from './mutation-support.ts';

describe('createAccessProfile', () => {
  it('sends the named fields, and returns the profile with its version', async () => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(
      `createAccessProfile(input: {
        name: "New", description: "One more", state: PAUSED, type: "AccessProfileType:role", labels: ["x", "x"],
        inheritsFrom: ["AccessProfile:base"], customProperties: { __proto__: "a", k: "v" },
        entitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "g1", createdByAccessProfile: false,
          syncIdentityAction: { policyId: "p", name: "n" } }]
      })`,
      'accessProfile { profileId name state labels type { name } inheritsFrom { name } entitlements { entityId } customProperties }',
    );
    expect(errors).toEqual([]);
    const [created] = [...trial.sandbox.store.profiles()].slice(-1);
    expect(result.accessProfile).toMatchObject({
      profileId: created?.id,
      name: 'New',
      state: 'PAUSED',
      labels: ['x'],
      type: { name: 'Role' },
      inheritsFrom: [{ name: 'Base' }],
      entitlements: [{ entityId: 'g1' }],
    });
    expect(trial.writes()).toEqual([
      {
        call: 'POST access_profiles',
        body: {
          name: 'New',
          description: 'One more',
          state: 'PAUSED',
          profile_type: 'role',
          labels: ['x'],
          inherit_entities_from_access_profiles: ['base'],
          custom_properties: JSON.parse('{"__proto__":"a","k":"v"}'),
          entities_to_create_relationships_to: [
            {
              entity_type: 'Group',
              datasource_id: 'ds-1',
              entity_id: 'g1',
              created_by_access_profile: false,
              sync_identity_action: { policy_id: 'p', name: 'n' },
            },
          ],
        },
      },
    ]);
  });

  it('names the id of a new profile that can not be read, so that nobody creates it again', async () => {
    await using trial = await startTrial();
    trial.sandbox.faults.add({
      kind: 'run',
      match: { method: 'POST' },
      run: () => void trial.sandbox.faults.add({ kind: 'status', status: 500, times: 9 }),
    });
    const { result, errors } = await trial.change(
      'createAccessProfile(input: { name: "New", state: INITIAL, type: "role" })',
      'accessProfile { name state }',
    );
    const [created] = [...trial.sandbox.store.profiles()].filter(({ name }) => name === 'New');
    expect(result).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(`The profile was created as ${created?.id}`),
        path: ['result'],
        extensions: { code: 'WRITE_OUTCOME_UNKNOWN' },
      },
    ]);
    expect(trial.writes()).toHaveLength(1);
  });

  it('understands a reply with the first version beside the profile, and one without', async () => {
    for (const change of [
      ({ value, version }: { value: object; version: object }) => ({
        value: { ...value, current_version: 1 },
        version,
      }),
      ({ value }: { value: { id: string } }) => ({
        value: { id: value.id, name: 'New', state: 1, current_version: 1 },
      }),
    ]) {
      await using trial = await startTrial({ deviate: rewriting('POST', change) });
      const { result, errors } = await trial.change(
        'createAccessProfile(input: { name: "New", state: RUNNING, type: "role", inheritsFrom: ["base"] })',
        'accessProfile { name state currentVersion { versionNumber } inheritsFrom { name } }',
      );
      expect(errors).toEqual([]);
      expect(result.accessProfile).toEqual({
        name: 'New',
        state: 'RUNNING',
        currentVersion: { versionNumber: 1 },
        inheritsFrom: [{ name: 'Base' }],
      });
    }
  });
});

describe('a new profile that no list shows', () => {
  const create = `createAccessProfile(input: {
    name: "New", state: INITIAL, type: "role", labels: ["x"], inheritsFrom: ["base"],
    entitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "g1" }]
  })`;
  const shown = 'accessProfile { profileId labels entitlements { entityId } inheritsFrom { profileId } }';

  /** An API whose lists lack the new profile in some readings, and whose reply to the creation has only some members. */
  const late = (readings: number, members: readonly string[]) => {
    let read = 0;
    return startTrial({
      deviate: async (request, next) => {
        const { status, text } = await next();
        if (status !== 200 || !/\/access_profiles(\?|$)/.test(request.target)) return { status, text };
        const json = JSON.parse(text);
        if (request.method === 'POST') {
          const kept = Object.entries(json.value).filter(([member]) => members.includes(member));
          return { status, text: JSON.stringify({ value: Object.fromEntries(kept) }) };
        }
        const values = json.values.filter(({ name }: { name: string }) => name !== 'New' || read++ >= readings);
        return { status, text: JSON.stringify({ ...json, values }) };
      },
    });
  };

  it('at first is read again', async () => {
    await using trial = await late(2, ['id']);
    const { result, errors } = await trial.change(create, shown);
    expect(errors).toEqual([]);
    expect(result.accessProfile).toMatchObject({
      labels: ['x'],
      entitlements: [{ entityId: 'g1' }],
      inheritsFrom: [{ profileId: 'base' }],
    });
    expect(trial.writes()).toHaveLength(1);
  });

  it.each([
    ['labels', ['id', 'current_version']],
    ['grants and parents', ['id', 'labels']],
  ])('is not shown without its %s, which the reply leaves out', async (_what, members) => {
    await using trial = await late(Number.POSITIVE_INFINITY, members);
    const { result, errors } = await trial.change(create, shown);
    expect(result).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/was created as .* do not create/),
        extensions: { code: 'WRITE_OUTCOME_UNKNOWN' },
      },
    ]);
    expect(trial.writes()).toHaveLength(1);
  });
});

describe('updateAccessProfile', () => {
  it('reports a conflict where the API ignores a new name that is the end of the old one', async () => {
    await using trial = await startTrial({
      deviate: (request, next) => {
        if (request.method !== 'PATCH') return next();
        const { name: _ignored, ...body } = JSON.parse(request.body);
        return next({ ...request, body: JSON.stringify(body) });
      },
    });
    const { result } = await trial.change(
      'updateAccessProfile(input: { id: "app-1", name: "one" })',
      'accessProfile { name }',
    );
    expect(result.__typename).toBe('ConflictError');
    expect(trial.sandbox.store.profile('app-1')?.name).toBe('App one');
  });

  it('sends the named fields, null where it clears one, and no others', async () => {
    await using trial = await startTrial();
    const before = trial.sandbox.store.profile('base');
    const { result, errors } = await trial.change(
      `updateAccessProfile(input: { id: "base", description: null, state: PAUSED, datasourceIds: ["d"], customProperties: null,
        requireApprovalToStart: true, catalogItem: { name: "Card", recommended: true } })`,
      'accessProfile { name description state labels requireApprovalToStart catalogItem { name recommended icon } }',
    );
    expect(errors).toEqual([]);
    expect(result.accessProfile).toMatchObject({
      name: 'Base',
      state: 'PAUSED',
      labels: ['a', 'b'],
      catalogItem: { name: 'Card', recommended: true },
    });
    expect(trial.writes()).toEqual([
      {
        call: 'PATCH access_profiles/base',
        body: {
          description: '',
          state: 'PAUSED',
          datasource_ids: ['d'],
          custom_properties: {},
          require_approval_to_start: true,
          catalog_item_info: { name: 'Card', recommended: true },
        },
      },
    ]);
    expect(trial.sandbox.store.profile('base')?.versions).toEqual(before?.versions);
    const cleared = await trial.change(
      'updateAccessProfile(input: { id: "base", catalogItem: null })',
      'accessProfile { catalogItem { name } }',
    );
    expect(cleared.result.accessProfile.catalogItem).toBeNull();
  });

  it('reports no conflict where a type sets the name', async () => {
    await using trial = await startTrial({
      deviate: rewriting('GET', (json) => {
        for (const profile of json.values) profile.name = `OKTA - ${profile.name}`;
        return json;
      }),
    });
    const { result } = await trial.change(
      'updateAccessProfile(input: { id: "base", name: "Other" })',
      'accessProfile { name }',
    );
    expect(result.accessProfile.name).toBe('OKTA - Other');
    expect(trial.writes()).toHaveLength(1);
    // One look before the write and one after it; the other read was the question whether ids can be asked for.
    expect(trial.sandbox.calls.filter(({ method, query }) => method === 'GET' && !query.has('filter'))).toHaveLength(2);
  });

  it('refuses where the profile has changed since', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      'updateAccessProfile(input: { id: "base", name: "Other", ifUpdatedAt: "2020-01-01T00:00:00Z" })',
      'accessProfile { name }',
    );
    expect(result).toMatchObject({ __typename: 'ConflictError', currentUpdatedAt: '2024-04-12T09:00:00.000000001Z' });
    expect(trial.writes()).toEqual([]);
  });
});

describe('createAccessProfileType', () => {
  it('sends the named fields, and shows the type to later fields', async () => {
    await using trial = await startTrial();
    const answer = await trial.ask(`mutation {
      type: createAccessProfileType(input: {
        name: "New type", allowInheritEntities: true, allowInheritedFromTypes: ["AccessProfileType:role"], maxEntitlements: 5,
        requireSingleIntegration: true, createEntitlementBasedOnProfile: true, timeBeforeSyncCheckInSeconds: 3600,
        onCreateBehavior: "RUNNING", nameTransformer: { destinationAttribute: "name", continuousSync: true },
        createEntitlements: [{ datasourceId: "d", entityType: "Group",
          attributeTransformers: [{ destinationAttribute: "cn" }], addMemberCondition: { type: "2", conditionString: "x" } }]
      }) { ... on CreateAccessProfileTypePayload { accessProfileType {
        name maxEntitlements allowInheritedFromTypes { name } timeBeforeSyncCheckInSeconds onCreateBehavior } } }
    }`);
    expect(answer).toEqual({
      data: {
        type: {
          accessProfileType: {
            name: 'New type',
            maxEntitlements: 5,
            allowInheritedFromTypes: [{ name: 'Role' }],
            timeBeforeSyncCheckInSeconds: 3600,
            onCreateBehavior: 'RUNNING',
          },
        },
      },
    });
    expect(trial.writes()).toEqual([
      {
        call: 'POST access_profiles_types',
        body: {
          name: 'New type',
          allow_inherit_entities: true,
          allow_inherited_from_types: ['role'],
          max_entitlements: 5,
          require_single_integration: true,
          create_entitlement_based_on_profile: true,
          time_before_sync_check_in_seconds: 3600,
          on_create_behavior: 'RUNNING',
          name_transformer: { destination_attribute: 'name', continuous_sync: true },
          create_entitlements: [
            {
              datasource_id: 'd',
              entity_type: 'Group',
              attribute_transformers: { values: [{ destination_attribute: 'cn' }] },
              add_member_condition: { type: 2, condition_string: 'x' },
            },
          ],
        },
      },
    ]);
  });

  it('passes on complaints of the API, with the names of the input', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      'createAccessProfileType(input: { name: "x", timeBeforeSyncCheckInSeconds: 60 })',
      'accessProfileType { id }',
    );
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [{ field: 'input.timeBeforeSyncCheckInSeconds', description: expect.stringContaining('Needs') }],
    });
  });
});
