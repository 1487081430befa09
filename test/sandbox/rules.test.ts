import { describe, expect, test } from 'vitest';
import type { WorldType } from '../../src/sandbox/world.ts';
import { start, violations, worldOf } from './support.ts';

const datasources = [
  ['sf1', 'SALESFORCE'],
  ['sf2', 'SALESFORCE'],
  ['aws', 'AWS'],
].map(([id = '', integration = '']) => ({
  id,
  name: id,
  integration,
  provider_id: id,
  provider_external_id: id,
  extraction_datasource_id: id,
}));
const grant = (datasource: string, id = '1') => ({ entity_type: 'Group', datasource_id: datasource, entity_id: id });

/** What creating a profile of such a type is told. */
async function createdWith(rules: Partial<WorldType>, content: object): Promise<string[]> {
  const types: WorldType[] = [
    { id: 'type', name: 'Open' },
    { id: 'ruled', name: 'Ruled', ...rules },
  ];
  const profiles = worldOf(
    { id: 'p1', entities: [grant('sf1', '8'), grant('sf1', '9')] },
    { id: 'p2', inherits: ['p1'] },
  ).profiles;
  const { send } = await start({ world: { types, profiles, datasources } });
  const answer = await send('POST', '/access_profiles', {
    name: 'n',
    state: 'RUNNING',
    profile_type: 'ruled',
    ...content,
  });
  if (answer.status === 200) return [];
  expect(answer.status).toBe(400);
  return violations(answer);
}

const entities = (...list: object[]) => ({ entities_to_create_relationships_to: list });
const parents = (...ids: string[]) => ({ inherit_entities_from_access_profiles: ids });

describe('type rules', () => {
  test.each([
    ['allow_create_relationships', { allow_create_relationships: false }, entities()],
    ['allow_inherit_entities', { allow_inherit_entities: false }, parents()],
    ['allow_inherited_from_types', { allow_inherited_from_types: ['type'] }, parents('p1')],
    ['require_single_datasource', { require_single_datasource: true }, entities(grant('aws', '1'), grant('aws', '2'))],
    ['require_single_integration', { require_single_integration: true }, entities(grant('sf1'), grant('sf2'))],
    ['max_entitlements', { max_entitlements: 3 }, { ...parents('p2'), ...entities(grant('aws')) }],
    [
      'max_entitlements, each grant once',
      { max_entitlements: 2 },
      { ...parents('p2', 'p1'), ...entities(grant('sf1', '9')) },
    ],
    ['max_entitlements 0 is none', { max_entitlements: 0 }, entities(grant('aws'))],
    [
      'an application',
      { allow_inherit_entities: false, allow_create_relationships: false },
      { application_datasource_id: 'aws', application_sync_identity_action: { policy_id: 'p', name: 's' } },
    ],
    ['an application of a type without entitlements', { no_entitlements: true }, { application_datasource_id: 'aws' }],
  ])('kept: %s', async (_, rules, content) => {
    expect(await createdWith(rules, content)).toEqual([]);
  });

  test.each([
    [
      { allow_create_relationships: false },
      entities(grant('aws')),
      'entities_to_create_relationships_to: Profiles of type "Ruled" cannot hold entities.',
    ],
    [
      { no_entitlements: true },
      entities(grant('aws')),
      'entities_to_create_relationships_to: Profiles of type "Ruled" cannot hold entities.',
    ],
    [
      { allow_inherit_entities: false },
      parents('p1'),
      'inherit_entities_from_access_profiles: Profiles of type "Ruled" cannot inherit.',
    ],
    [
      { allow_inherited_from_types: ['ruled'] },
      parents('p1'),
      'inherit_entities_from_access_profiles[0]: Profiles of type "Ruled" cannot inherit from the type of "p1".',
    ],
    [
      { require_single_datasource: true },
      entities(grant('sf1'), grant('sf1', '2'), grant('sf2')),
      'entities_to_create_relationships_to[2].datasource_id: Profiles of type "Ruled" hold entities of a single data source.',
    ],
    [
      { require_single_integration: true },
      entities(grant('sf1'), grant('aws')),
      'entities_to_create_relationships_to[1].datasource_id: Profiles of type "Ruled" hold entities of a single integration.',
    ],
    [
      { max_entitlements: 2 },
      { ...parents('p2'), ...entities(grant('aws')) },
      'entities_to_create_relationships_to: Profiles of type "Ruled" hold at most 2 entitlements; these are 3 entitlements, with the inherited ones.',
    ],
    [
      {},
      { application_datasource_id: 'aws' },
      'application_datasource_id: Profiles of type "Ruled" grant entitlements, not an application.',
    ],
    [
      { allow_overwrite_of_access_request_policy: false, access_request_policy_id: 'default' },
      { access_request_policy_id: 'other' },
      'access_request_policy_id: Profiles of type "Ruled" cannot choose another policy.',
    ],
    [{}, parents('p1', 'p9'), 'inherit_entities_from_access_profiles[1]: There is no access profile "p9".'],
  ])('broken: %j', async (rules, content, complaint) => {
    expect(await createdWith(rules, content)).toEqual([complaint]);
  });

  test("the type's policy is the profile's", async () => {
    const types = [{ id: 'type', name: 'Type', access_request_policy_id: 'default' }];
    const { send } = await start({ world: { types, profiles: [] } });
    const { body } = await send('POST', '/access_profiles', { name: 'n', state: 'RUNNING', profile_type: 'type' });
    expect(body.value.access_request_policy_id).toBe('default');
    expect(body.version.access_request_policy_id).toBe('default');
  });
});

describe('cycles', () => {
  const world = worldOf({ id: 'a' }, { id: 'b', inherits: ['a'] }, { id: 'c', inherits: ['b'] });

  test.each([
    ['a', '1', 'itself'],
    ['c', '1', '"c", which inherits from it'],
    ['c', '2', '"c", which inherits from it'],
  ])('"a" cannot inherit from %s in version %s', async (parent, version, cause) => {
    const { send } = await start({ world });
    const answer = await send('PATCH', `/access_profiles/a/versions/${version}`, parents(parent));
    expect(violations(answer)).toEqual([
      `inherit_entities_from_access_profiles[0]: A profile cannot inherit from ${cause}.`,
    ]);
  });

  test('are accepted with allowCycles', async () => {
    const { get, send } = await start({ world, allowCycles: true });
    expect((await send('PATCH', '/access_profiles/a/versions/1', parents('c', 'a'))).status).toBe(200);
    const [a] = (await get('/access_profiles')).body.values;
    expect(a).toMatchObject({ access_profiles_inherited: ['c', 'a'] });
    expect(a.access_profiles_inherited_by).toEqual(['b', 'a']);
  });

  test('a cycle that a draft closes when the graph moves is found on publishing', async () => {
    const { sandbox, send } = await start({ world: worldOf({ id: 'a' }, { id: 'b' }) });
    await send('PATCH', '/access_profiles/a/versions/2', parents('b'));
    sandbox.store.editCurrentVersion('b', parents('a'));
    const answer = await send('PATCH', '/access_profiles/a/versions/2', { state: 'PUBLISHED' });
    expect(answer.status).toBe(400);
  });

  test('a parent that is gone may stay', async () => {
    const { sandbox, send } = await start({ world });
    sandbox.store.deleteProfile('b');
    const kept = await send('PATCH', '/access_profiles/c/versions/1', entities(grant('aws')));
    expect(kept.body.value.inherit_entities_from_access_profiles).toEqual(['b']);
  });
});
