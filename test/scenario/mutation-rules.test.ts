import { describe, expect, it } from 'vitest';
import { smallWorld, startTrial } from './mutation-support.ts';

const group = (id: string, datasource = 'ds-1') =>
  `{ entityType: "Group", datasourceId: "${datasource}", entityId: "${id}" }`;
const briefly = 'version { versionNumber }';

const create = (type: string, rest: string) =>
  `createAccessProfile(input: { name: "New", state: INITIAL, type: "${type}", ${rest} })`;
const update = (id: string, rest: string) => `updateAccessProfileVersion(input: { id: "${id}", ${rest} })`;

describe('a rule that a change would break is named, and nothing is written', () => {
  it.each<[rule: string, change: string]>([
    ['self_inheritance', update('base', 'addInheritsFrom: ["base"]')],
    ['self_inheritance', update('base', 'inheritsFrom: ["AccessProfile:base"]')],
    ['inheritance_cycle', update('base', 'addInheritsFrom: ["child"]')],
    ['inheritance_cycle', update('base', 'inheritsFrom: ["drafted", "grandchild"]')],
    ['inheritance_cycle', update('base', 'version: 2, inheritsFrom: ["grandchild"]')],
    ['allow_inherit_entities', update('plain-1', 'addInheritsFrom: ["base"]')],
    ['allow_inherit_entities', create('plain', 'inheritsFrom: ["base"]')],
    ['allow_inherited_from_types', update('app-1', 'addInheritsFrom: ["base"]')],
    ['allow_inherited_from_types', create('app', 'inheritsFrom: ["app-1", "base"]')],
    ['allow_create_relationships', update('bundle-1', `addEntitlements: [${group('g1')}]`)],
    ['allow_create_relationships', create('AccessProfileType:bundle', `entitlements: [${group('g1')}]`)],
    ['require_single_datasource', update('app-1', `addEntitlements: [${group('g3', 'ds-2')}]`)],
    ['require_single_datasource', create('app', `entitlements: [${group('g1')}, ${group('g1', 'ds-2')}]`)],
    ['max_entitlements', update('app-1', `addEntitlements: [${group('g3')}, ${group('g4')}]`)],
    ['max_entitlements', create('app', `entitlements: [${[1, 2, 3, 4].map((i) => group(`g${i}`)).join(' ')}]`)],
    ['no_entitlements', update('connection-1', 'addInheritsFrom: ["base"]')],
    ['no_entitlements', create('connection', `entitlements: [${group('g1')}]`)],
    ['allow_overwrite_of_access_request_policy', update('strict-1', 'accessRequestPolicyId: "mine"')],
    ['allow_overwrite_of_access_request_policy', create('strict', 'accessRequestPolicyId: "mine"')],
  ])('%s: %s', async (rule, change) => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(
      change,
      change.startsWith('create') ? 'accessProfile { id }' : briefly,
    );
    expect(errors).toEqual([]);
    expect(result).toMatchObject({
      __typename: 'RuleViolationError',
      message: expect.stringMatching(/^Nothing was changed: /),
      violations: [{ rule }],
    });
    expect(trial.writes()).toEqual([]);
  });

  it('each of several', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      update('app-1', `inheritsFrom: ["base", "app-1"], entitlements: [${group('g1')} ${group('g1', 'ds-2')}]`),
      briefly,
    );
    const rules = result.violations.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(['self_inheritance', 'allow_inherited_from_types', 'require_single_datasource']);
  });

  it('a cycle is reported with its path', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(update('base', 'addInheritsFrom: ["grandchild"]'), briefly);
    expect(result.violations[0].description).toBe(
      'it would close a cycle: Base inherits from Grandchild inherits from Child inherits from Base',
    );
  });

  it('a cycle that publishing a draft closes, where the draft can be read', async () => {
    const world = {
      ...smallWorld,
      profiles: [
        ...smallWorld.profiles,
        {
          id: 'looping',
          name: 'Looping',
          profile_type: 'role',
          versions: [
            { version_number: 1 },
            { version_number: 2, state: 'DRAFT' as const, inherit_entities_from_access_profiles: ['inner', 'gone'] },
          ],
        },
        { id: 'inner', name: 'Inner', profile_type: 'role', inherits: ['looping'] },
      ],
    };
    await using trial = await startTrial({ world, unlistedReads: true });
    const { result } = await trial.change(update('looping', 'state: PUBLISHED'), briefly);
    expect(result.violations).toMatchObject([{ rule: 'inheritance_cycle' }]);
    expect(trial.writes()).toEqual([]);
  });

  it('of two changes at a time that would close a cycle together, the second is refused', async () => {
    await using trial = await startTrial({ allowCycles: true });
    const cycle = await Promise.all([
      trial.change(update('base', 'addInheritsFrom: ["strict-1"]'), briefly),
      trial.change(update('strict-1', 'addInheritsFrom: ["base"]'), briefly),
    ]);
    expect(cycle.map(({ result }) => result.__typename).sort()).toEqual([
      'RuleViolationError',
      'UpdateAccessProfileVersionPayload',
    ]);
    expect(trial.writes()).toHaveLength(1);
  });
});

describe('a rule that a profile already breaks', () => {
  const full = {
    ...smallWorld,
    profiles: [
      {
        id: 'full',
        name: 'Full',
        profile_type: 'app',
        entities: ['g1', 'g2', 'g3', 'g4', 'g5'].map((entity_id) => ({
          entity_type: 'Group',
          datasource_id: 'ds-1',
          entity_id,
        })),
      },
    ],
  };
  const remove = (id: string) => `removeEntitlements: [{ datasourceId: "ds-1", entityId: "${id}" }]`;

  it('does not stop a change that removes something: the API decides', async () => {
    await using trial = await startTrial({ world: full });
    const { result } = await trial.change(update('full', remove('g1')), briefly);
    expect(trial.writes()).toHaveLength(1);
    expect(result.fields).toEqual([
      { field: 'input.removeEntitlements', description: expect.stringContaining('at most 3') },
    ]);
  });

  it('stops a change that adds to it', async () => {
    await using trial = await startTrial({ world: full });
    const { result } = await trial.change(update('full', `${remove('g1')} addEntitlements: [${group('g9')}]`), briefly);
    expect(result.violations).toMatchObject([{ rule: 'max_entitlements' }]);
    expect(trial.writes()).toEqual([]);
  });
});

describe('input that can not be used is refused before any call but reads, field by field', () => {
  const labels = 'accessProfile { labels }';
  const profile = 'accessProfile { id }';
  it.each<[field: string, change: string, payload: string]>([
    ['input.id', 'setAccessProfileLabels(input: { id: "", labels: [] })', labels],
    ['input.id', 'setAccessProfileLabels(input: { id: "  ", labels: [] })', labels],
    ['input.id', 'setAccessProfileLabels(input: { id: "..", labels: [] })', labels],
    ['input.id', 'setAccessProfileLabels(input: { id: "AccessProfileType:role", labels: [] })', labels],
    ['input.labels.1', 'setAccessProfileLabels(input: { id: "base", labels: ["a", " "] })', labels],
    ['input.labels.0', 'addAccessProfileLabels(input: { id: "base", labels: [""] })', labels],
    ['input', 'updateAccessProfile(input: { id: "base" })', profile],
    ['input.name', 'updateAccessProfile(input: { id: "base", name: " " })', profile],
    ['input.name', 'updateAccessProfile(input: { id: "base", name: null })', profile],
    ['input.state', 'updateAccessProfile(input: { id: "base", state: UNRECOGNIZED })', profile],
    ['input.labels', 'updateAccessProfile(input: { id: "base", labels: null })', profile],
    ['input.type', create('nowhere', 'labels: []'), profile],
    ['input.type', create('', 'labels: []'), profile],
    ['input.inheritsFrom.1', create('role', 'inheritsFrom: ["base", "AccessProfile:base"]'), profile],
    ['input.inheritsFrom.1', create('role', 'inheritsFrom: ["base", "nobody"]'), profile],
    ['input.entitlements.0.entityId', create('role', `entitlements: [${group('')}]`), profile],
    ['input.entitlements.1', create('role', `entitlements: [${group('g1')} ${group('g1')}]`), profile],
    ['input.entitlements.1.datasourceId', create('role', `entitlements: [${group('g1')} ${group('g1', '')}]`), profile],
    ['input', update('base', 'version: 1'), briefly],
    ['input', update('base', 'addEntitlements: null'), briefly],
    ['input.version', update('base', 'version: 0, state: PUBLISHED'), briefly],
    ['input.state', update('base', 'state: UNRECOGNIZED'), briefly],
    ['input.entitlements', update('base', 'entitlements: null'), briefly],
    ['input.inheritsFrom', update('base', 'inheritsFrom: null'), briefly],
    ['input.addEntitlements', update('base', 'entitlements: [], addEntitlements: []'), briefly],
    ['input.removeEntitlements', update('base', 'entitlements: [], removeEntitlements: []'), briefly],
    ['input.removeInheritsFrom', update('base', 'inheritsFrom: [], removeInheritsFrom: ["child"]'), briefly],
    [
      'input.removeInheritsFrom.0',
      update('base', 'addInheritsFrom: ["child"], removeInheritsFrom: ["AccessProfile:child"]'),
      briefly,
    ],
    ['input.addEntitlements.1', update('base', `addEntitlements: [${group('g2')} ${group('g2')}]`), briefly],
    [
      'input.removeEntitlements.0.entityId',
      update('base', 'removeEntitlements: [{ datasourceId: "d", entityId: "" }]'),
      briefly,
    ],
    ['input.addInheritsFrom.0', update('base', 'addInheritsFrom: ["nobody"]'), briefly],
    ['input.addInheritsFrom.0', update('base', 'addInheritsFrom: [""]'), briefly],
    ['input.inheritsFrom.1', update('base', 'inheritsFrom: ["drafted", "AccessProfile:drafted"]'), briefly],
    ['input.identityIds', 'addAccessProfileMembers(input: { id: "base", identityIds: [] })', profile],
    ['input.identityIds.0', 'addAccessProfileMembers(input: { id: "base", identityIds: [""] })', profile],
    ['input.identityIds.1', 'removeAccessProfileMembers(input: { id: "base", identityIds: ["ada", "ada"] })', profile],
    ['input.version', 'addAccessProfileMembers(input: { id: "base", version: -1, identityIds: ["ada"] })', profile],
    ['input.name', 'createAccessProfileType(input: { name: "" })', 'accessProfileType { id }'],
    [
      'input.maxEntitlements',
      'createAccessProfileType(input: { name: "x", maxEntitlements: -1 })',
      'accessProfileType { id }',
    ],
    [
      'input.allowInheritedFromTypes.0',
      'createAccessProfileType(input: { name: "x", allowInheritedFromTypes: ["AccessProfile:x"] })',
      'accessProfileType { id }',
    ],
  ])('%s: %s', async (field, change, payload) => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(change, payload);
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field }] });
    expect(trial.writes()).toEqual([]);
  });
});
