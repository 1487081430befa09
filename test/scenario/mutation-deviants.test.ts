import { describe, expect, it } from 'vitest';
import {
  grantsOf,
  group,
  type Json,
  parentsOf,
  rewriting,
  smallWorld,
  startTrial,
  type TrialOptions,
} from './mutation-support.ts';

const text = (status: number, json: Json) => ({ status, text: JSON.stringify(json) });

/** Shows in lists what was true when the last writes came, for as many lists as it says. */
function staleFor(lists: number): NonNullable<TrialOptions['deviate']> {
  let before: string | null = null;
  let left = 0;
  return async (request, next) => {
    if (request.method !== 'GET') {
      left = lists;
      return next();
    }
    if (!/\/access_profiles(\?|$)/.test(request.target)) return next();
    if (left > 0 && before !== null) {
      left--;
      return { status: 200, text: before };
    }
    const reply = await next();
    if (reply.status === 200) before = reply.text;
    return reply;
  };
}

const deviants: readonly (TrialOptions & { readonly name: string })[] = [
  { name: 'an API as documented' },
  { name: 'ids can be asked for', openFilters: true },
  { name: 'enums are numbers', integerEnums: true },
  { name: 'a version can be read', unlistedReads: true },
  { name: 'pages have two rows', pageSize: 2, raggedPages: true },
  { name: 'members are in no profile', membersInVersion: false },
  {
    name: 'a change of a profile answers the curated part of it',
    deviate: rewriting('PATCH', (json, { target }) =>
      target.includes('/versions/')
        ? json
        : { value: { id: json.value.id, labels: json.value.labels, state: 1, current_version: 1 } },
    ),
  },
  {
    name: 'a change of a version answers the curated part of it',
    deviate: rewriting('PATCH', (json, { target }) => {
      const {
        version_number: version,
        entities_to_create_relationships_to,
        inherit_entities_from_access_profiles,
      } = json.value;
      if (!target.includes('/versions/')) return json;
      return {
        value: {
          id: /access_profiles\/([^/]+)/.exec(target)?.[1],
          version,
          entities_to_create_relationships_to,
          inherit_entities_from_access_profiles,
        },
      };
    }),
  },
  {
    name: 'a version has an id of its own',
    deviate: rewriting('PATCH', (json, { target }) => {
      if (target.includes('/versions/')) json.value.id = 'v-1';
      return json;
    }),
  },
  { name: 'changes answer an empty object', deviate: rewriting('PATCH', () => ({})) },
  {
    name: 'changes answer 204',
    deviate: async (request, next) => {
      const reply = await next();
      return request.method === 'PATCH' && reply.status === 200 ? { status: 204, text: '' } : reply;
    },
  },
  {
    name: 'changes answer 200 without a body',
    deviate: async (request, next) => {
      const reply = await next();
      return request.method === 'PATCH' && reply.status === 200 ? { status: 200, text: '' } : reply;
    },
  },
  { name: 'lists show a change one reading later', deviate: staleFor(1), openFilters: true },
  { name: 'lists show a change two readings later', deviate: staleFor(2), openFilters: true },
];

describe.each(deviants)('where $name', ({ name: _name, ...options }) => {
  it('all changes are made, once, and shown', async () => {
    await using trial = await startTrial(options);
    // What an API takes is tried at the first need of it.
    await trial.ask('{ accessProfile(id: "base") { name } }');
    const labels = await trial.change(
      'addAccessProfileLabels(input: { id: "base", labels: ["c"] })',
      'accessProfile { labels }',
    );
    expect(labels).toMatchObject({ result: { accessProfile: { labels: ['a', 'b', 'c'] } }, errors: [] });
    const state = await trial.change(
      'updateAccessProfile(input: { id: "base", state: PAUSED })',
      'accessProfile { state labels }',
    );
    expect(state).toMatchObject({
      result: { accessProfile: { state: 'PAUSED', labels: ['a', 'b', 'c'] } },
      errors: [],
    });
    const version = await trial.change(
      `updateAccessProfileVersion(input: { id: "child", addEntitlements: [${group('g8')}], addInheritsFrom: ["drafted"] })`,
      'version { id versionNumber state entitlements { entityId } inheritsFrom { name } }',
    );
    expect(version).toMatchObject({
      result: {
        version: {
          id: 'AccessProfileVersion:child:1',
          state: 'PUBLISHED',
          entitlements: [{ entityId: 'g8' }],
          inheritsFrom: [{ name: 'Base' }, { name: 'Drafted' }],
        },
      },
      errors: [],
    });
    const members = await trial.change(
      'addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })',
      'accessProfile { members { identityId } }',
    );
    expect(members).toMatchObject({
      result: { accessProfile: { members: [{ identityId: 'ada' }, { identityId: 'bob' }] } },
      errors: [],
    });
    expect(trial.writes().map(({ call }) => call)).toEqual([
      'PATCH access_profiles/base',
      'PATCH access_profiles/base',
      'PATCH access_profiles/child/versions/1',
      'PUT access_profiles/base/versions/1/members',
    ]);
    // Names, whatever the API writes.
    expect(trial.writes()[1]?.body).toEqual({ state: 'PAUSED' });
    expect(trial.labelsOf('base')).toEqual(['a', 'b', 'c']);
    expect(grantsOf(trial, 'child')).toEqual(['g8']);
    expect(parentsOf(trial, 'child')).toEqual(['base', 'drafted']);
  });
});

describe('an API that alters what it is given', () => {
  it('causes a conflict, after one write', async () => {
    await using trial = await startTrial({
      deviate: rewriting('GET', (json) => {
        for (const profile of json.values) profile.labels = profile.labels?.map((label: string) => label.toLowerCase());
        return json;
      }),
    });
    const { result, errors } = await trial.change(
      'setAccessProfileLabels(input: { id: "base", labels: ["Prod"] })',
      'accessProfile { labels }',
    );
    expect(errors).toEqual([]);
    expect(result).toMatchObject({
      __typename: 'ConflictError',
      message: expect.stringContaining('or the API altered or ignored the change'),
    });
    expect(trial.writes()).toHaveLength(1);
  });

  it('may sort labels, and drop those that are there twice', async () => {
    await using trial = await startTrial({
      deviate: rewriting('GET', (json) => {
        for (const profile of json.values) profile.labels = [...new Set<string>(profile.labels)].sort();
        return json;
      }),
    });
    trial.sandbox.store.editProfile('base', { labels: ['z', 'a', 'z'] });
    const { result } = await trial.change(
      'addAccessProfileLabels(input: { id: "base", labels: ["m"] })',
      'accessProfile { labels }',
    );
    expect(result.accessProfile.labels).toEqual(['a', 'm', 'z']);
    expect(trial.writes()).toHaveLength(1);
  });
});

describe('an API that does not tell the direct parents', () => {
  /** Its `access_profiles_inherited` names grandparents as well. */
  const transitive = rewriting('GET', (json) => {
    for (const profile of json.values ?? []) {
      if (profile.current_version) delete profile.current_version.inherit_entities_from_access_profiles;
      if (profile.id === 'grandchild') profile.access_profiles_inherited = ['child', 'base'];
    }
    return json;
  });

  it('is not sent parents to add: grandparents would become parents', async () => {
    await using trial = await startTrial({ deviate: transitive });
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "grandchild", addInheritsFrom: ["drafted"] })',
      'version { id }',
    );
    expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: 'input.version' }] });
    expect(trial.writes()).toEqual([]);
  });

  it('is sent whole lists of parents, and entitlements', async () => {
    await using trial = await startTrial({ deviate: transitive });
    const whole = await trial.change(
      'updateAccessProfileVersion(input: { id: "grandchild", inheritsFrom: ["drafted"] })',
      'version { id }',
    );
    expect(whole.result.version).not.toBeNull();
    const grants = await trial.change(
      `updateAccessProfileVersion(input: { id: "grandchild", addEntitlements: [${group('g8')}] })`,
      'version { id }',
    );
    expect(grants.result.version).not.toBeNull();
    expect(trial.writes().map(({ body }) => Object.keys(body))).toEqual([
      ['inherit_entities_from_access_profiles'],
      ['entities_to_create_relationships_to'],
    ]);
  });
});

describe('complaints of the API', () => {
  const complain =
    (field: string): NonNullable<TrialOptions['deviate']> =>
    async (request, next) =>
      request.method === 'GET'
        ? next()
        : text(400, {
            code: 'InvalidArgument',
            details: [
              {
                '@type': 'type.googleapis.com/google.rpc.BadRequest',
                field_violations: [{ field, description: 'Wrong.' }],
              },
            ],
          });
  const list = 'entities_to_create_relationships_to';
  const parents = 'inherit_entities_from_access_profiles';
  const add = `addEntitlements: [${group('g8')}, ${group('g9')}]`;

  it.each<[field: string, input: string, path: string]>([
    [`${list}[0].entity_id`, `entitlements: [${group('g1')}]`, 'input.entitlements.0.entityId'],
    [`value.${list}.0.datasource_id`, `entitlements: [${group('g1')}]`, 'input.entitlements.0.datasourceId'],
    [`${list}[2].entity_id`, add, 'input.addEntitlements.1.entityId'],
    [`value.entitiesToCreateRelationshipsTo[1].entityId`, add, 'input.addEntitlements.0.entityId'],
    [`${list}[0].entity_id`, add, 'input.addEntitlements'],
    [list, add, 'input.addEntitlements'],
    [list, 'removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1" }]', 'input.removeEntitlements'],
    [`${parents}[1]`, 'addInheritsFrom: ["drafted", "strict-1"]', 'input.addInheritsFrom.1'],
    [`${parents}[0]`, 'inheritsFrom: ["drafted"]', 'input.inheritsFrom.0'],
    [
      'value.application_sync_identity_action.policy_id',
      'state: PUBLISHED',
      'input.applicationSyncIdentityAction.policyId',
    ],
    ['version_number', 'state: PUBLISHED', 'input.version'],
    ['', 'state: PUBLISHED', 'input'],
  ])('about %s, of %s, are about %s', async (field, input, path) => {
    await using trial = await startTrial({ deviate: complain(field), world: smallWorld });
    const { result } = await trial.change(
      `updateAccessProfileVersion(input: { id: "base", ${input} })`,
      'version { id }',
    );
    expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: path, description: 'Wrong.' }] });
  });

  it.each<[field: string, change: string, path: string]>([
    ['labels[2]', 'addAccessProfileLabels(input: { id: "base", labels: ["b", "c"] })', 'input.labels.1'],
    ['labels[0]', 'addAccessProfileLabels(input: { id: "base", labels: ["c"] })', 'input.labels'],
    ['labels[1]', 'setAccessProfileLabels(input: { id: "base", labels: ["x", "x", "y"] })', 'input.labels.2'],
    [
      'catalog_item_info.markdown_description',
      'updateAccessProfile(input: { id: "base", name: "x" })',
      'input.catalogItem.markdownDescription',
    ],
    [
      'custom_properties.my_key',
      'updateAccessProfile(input: { id: "base", name: "x" })',
      'input.customProperties.my_key',
    ],
    ['identity_ids[0]', 'addAccessProfileMembers(input: { id: "base", identityIds: ["x"] })', 'input.identityIds.0'],
  ])('about %s, of %s, are about %s', async (field, change, path) => {
    await using trial = await startTrial({ deviate: complain(field) });
    const { result } = await trial.change(change, 'accessProfile { id }');
    expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: path }] });
  });
});
