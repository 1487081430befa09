import { describe, expect, it, onTestFinished } from 'vitest';
import type { World } from '../../src/sandbox/world.ts';
import { base, isTypeList, rewriting, rewritingProfiles } from '../contract/deviants/rewrite.ts';
import { type Deviant, type JsonObject, startUpstream, type Upstream } from '../contract/upstream.ts';
import { type Answer, gatewayTo } from '../support/gateway.ts';

/** mid inherits from base, leaf from mid; cousin inherits from other. Each has an entitlement of its own. */
const world: World = {
  types: [
    { id: 't1', name: 'Role' },
    { id: 't2', name: 'Application' },
  ],
  profiles: ['base', 'mid>base', 'leaf>mid', 'other', 'cousin>other'].map((line) => {
    const [id = '', parent] = line.split('>');
    return {
      id,
      name: `Profile ${id}`,
      profile_type: id === 'base' ? 't1' : 't2',
      inherits: parent === undefined ? [] : [parent],
      entities: [{ entity_type: 'Group', datasource_id: 'd', entity_id: `of ${id}` }],
      members: ['jane'],
    };
  }),
};

/** The gateway, in front of an API that differs in one way, and the answers of one without that difference. */
async function start(answer: NonNullable<Deviant['answer']>) {
  const upstreamOf = async (deviant: Deviant): Promise<Upstream> => {
    const upstream = await startUpstream(world, deviant);
    onTestFinished(() => upstream.close());
    return upstream;
  };
  const gatewayOf = ({ origin }: Upstream) => {
    const gateway = gatewayTo(origin);
    onTestFinished(() => gateway[Symbol.asyncDispose]());
    return gateway;
  };
  const upstream = await upstreamOf({ name: 'unreadable', answer });
  return { gateway: gatewayOf(upstream), calls: upstream.calls, sound: gatewayOf(await upstreamOf({ name: 'sound' })) };
}

const mid = (change: (profile: JsonObject) => JsonObject) =>
  rewritingProfiles((profile) => (profile['id'] === 'mid' ? change(profile) : profile));

function inVersion(profile: JsonObject, members: JsonObject): JsonObject {
  return { ...profile, current_version: { ...Object(profile['current_version']), ...members } };
}

/** Where the errors of an answer stand, with the place in the JSON that each names. */
function failures({ errors = [] }: Answer): readonly string[] {
  for (const { extensions } of errors) expect(extensions).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
  return errors
    .map(
      ({ path = [], message }) => `${path.join('.')}: ${/: (?<place>\S+): expected/.exec(message)?.groups?.['place']}`,
    )
    .sort();
}

/** Data without what stands where the errors are. */
function besides(data: unknown, paths: readonly (readonly (string | number)[])[]): unknown {
  const copy: unknown = structuredClone(data);
  for (const path of paths) {
    const above = path.slice(0, -1).reduce<unknown>((value, step) => Object(value)[step], copy);
    Reflect.deleteProperty(Object(above), path.at(-1) ?? '');
  }
  return copy;
}

/** Asks both gateways, and compares all that did not fail. Gives where the failures are. */
async function failuresOf(answer: NonNullable<Deviant['answer']>, query: string): Promise<readonly string[]> {
  const { gateway, sound } = await start(answer);
  const [actual, expected] = [await gateway.ask(query), await sound.ask(query)];
  expect(expected.errors).toBeUndefined();
  const paths = (actual.errors ?? []).map(({ path = [] }) => path);
  expect(besides(actual.data, paths)).toEqual(besides(expected.data, paths));
  return failures(actual);
}

const askAll = `{
  accessProfiles {
    nodes {
      profileId name labels type { name } currentVersion { versionNumber state }
      inheritsFrom { name } missingParentIds inheritedBy { name }
      ancestors { profile { name } } descendants { profile { name } }
      entitlements { entityId grantBy } effectiveEntitlements { entitlement { entityId } grantedBy { profileId } }
      members { identityId }
    }
  }
}`;
/** Also reads all profiles at once, so that all fields are answered from that. */
const askAllOfWhole = askAll.replace('{', '{ inheritanceFindings(kinds: []) { kind }');
const node = (id: string) => world.profiles.findIndex((profile) => profile.id === id);
const at = (id: string, field: string, place: string) =>
  `accessProfiles.nodes.${node(id)}.${field}: values[${node('mid')}].${place}`;

describe.each([
  ['by id', askAll],
  ['from a scan', askAllOfWhole],
])('an unreadable value, where profiles are read %s', (_, query) => {
  it('fails the entitlements of a profile and the effective ones below it', async () => {
    const place = 'current_version.entities_to_create_relationships_to[1].entity_id';
    const change = mid((profile) =>
      inVersion(profile, {
        entities_to_create_relationships_to: [
          { entity_type: 'Group', datasource_id: 'd', entity_id: 'of mid' },
          { entity_type: 'Group', datasource_id: 'd', entity_id: '' },
        ],
      }),
    );
    expect(await failuresOf(change, query)).toEqual(
      [
        at('mid', 'entitlements', place),
        at('mid', 'effectiveEntitlements', place),
        at('leaf', 'effectiveEntitlements', place),
      ].sort(),
    );
  });

  it.each([['base'], [{ id: 'base' }], [['base', 7]], [['base', null]], [true]])(
    'fails what lies above a profile whose parents are %j, and what lies below those it may inherit from',
    async (parents) => {
      const element = Array.isArray(parents) ? '[1]' : '';
      const place = `current_version.inherit_entities_from_access_profiles${element}`;
      const change = mid((profile) => inVersion(profile, { inherit_entities_from_access_profiles: parents }));
      expect(await failuresOf(change, query)).toEqual(
        [
          ...['inheritsFrom', 'missingParentIds'].map((field) => at('mid', field, place)),
          ...['mid', 'leaf'].flatMap((id) => [at(id, 'ancestors', place), at(id, 'effectiveEntitlements', place)]),
          ...['inheritedBy', 'descendants'].map((field) => at('base', field, place)),
        ].sort(),
      );
    },
  );

  it('asks all profiles for their parents where the children of one are unreadable', async () => {
    const change = mid((profile) => ({ ...profile, access_profiles_inherited_by: 'leaf' }));
    expect(await failuresOf(change, query)).toEqual([]);
  });
});

describe('an unreadable value', () => {
  it.each([
    ['draft_version_number', 'draftVersionNumber', 2 ** 31],
    ['catalog_item_info', 'catalogItem { name }', 'Dev'],
    ['custom_properties', 'customProperties', { a: {} }],
    ['requestable', 'requestable', 'NaN'],
    ['last_synced_at', 'lastSyncedAt', 7],
    ['profile_type', 'type { name }', ['t1']],
    ['member_details', 'members { identityId }', [{ identity_name: 'Jane' }]],
    ['current_version', 'currentVersion { state }', 'first'],
  ])('fails %s alone', async (key, field, value) => {
    const change = mid((profile) => ({ ...profile, [key]: value }));
    const [name = ''] = field.split(' ');
    const query = `{ accessProfiles { nodes { profileId name ${field} } } }`;
    const found = await failuresOf(change, query);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(at('mid', name, key))).toBe(true);
  });

  it('in a field that can not be null takes the list with it, and only where it is selected', async () => {
    const { gateway } = await start(mid((profile) => ({ ...profile, name: 7 })));
    expect(failures(await gateway.ask('{ accessProfiles { nodes { profileId } } }'))).toEqual([]);
    expect(failures(await gateway.ask('{ accessProfiles { nodes { profileId name } } }'))).toEqual([
      at('mid', 'name', 'name'),
    ]);
  });

  it('of a type fails its field, and no other field or type', async () => {
    const change = rewriting((json, request) =>
      isTypeList(request)
        ? {
            values: Object(json).values.map((type: JsonObject) =>
              type['id'] === 't1'
                ? { ...type, time_before_sync_check_in_seconds: '9223372036854775807', profiles_count: 2 ** 31 }
                : type,
            ),
          }
        : json,
    );
    const types =
      '{ accessProfileTypes { nodes { name maxEntitlements profilesCount timeBeforeSyncCheckInSeconds } } }';
    expect(await failuresOf(change, types)).toEqual([
      'accessProfileTypes.nodes.0.profilesCount: values[0].profiles_count',
      'accessProfileTypes.nodes.0.timeBeforeSyncCheckInSeconds: values[0].time_before_sync_check_in_seconds',
    ]);
    expect(await failuresOf(change, askAll)).toEqual([]);
  });

  it('fails a filter that has to look at it, and no other filter', async () => {
    const { gateway } = await start(mid((profile) => ({ ...profile, last_sync_error_message: [], updated_at: {} })));
    const ask = (filter: string) => gateway.ask(`{ accessProfiles(${filter}) { nodes { profileId } } }`);
    expect(failures(await ask('filter: { updatedAt: { gt: "2020-01-01T00:00:00Z" } }'))).toEqual([
      `accessProfiles: values[${node('mid')}].updated_at`,
    ]);
    expect(failures(await ask('filter: { labels: { isEmpty: true } }'))).toEqual([]);
  });

  it('without an id fails the page, since nobody can say which profile it is', async () => {
    const { gateway } = await start(mid((profile) => ({ ...profile, id: '' })));
    const answer = await gateway.ask('{ accessProfiles { nodes { profileId } } }');
    expect(failures(answer)).toEqual([`accessProfiles: values[${node('mid')}].id`]);
  });
});

describe('questions about all profiles', () => {
  const entity = mid((profile) => inVersion(profile, { entities_to_create_relationships_to: [{ entity_id: '' }] }));
  const parents = mid((profile) => inVersion(profile, { inherit_entities_from_access_profiles: 'base' }));

  it.each([
    ['accessProfilesGranting(entity: { datasourceId: "d", entityId: "of other" }) { name }', [entity, parents]],
    ['inheritanceGraph { nodes { name } }', [parents]],
    ['inheritanceGraph(roots: ["base"]) { nodes { name } }', [parents]],
    ['inheritanceFindings(kinds: [DUPLICATE_ENTITLEMENT]) { message }', [entity, parents]],
    ['inheritanceFindings(kinds: [CYCLE]) { message }', [parents]],
  ])('fail where they depend on an unreadable value: %s', async (field, breaking) => {
    for (const change of [entity, parents]) {
      const { gateway } = await start(change);
      const [name = ''] = field.split(/[ (]/);
      const answer = await gateway.ask(`{ ${field} }`);
      if (breaking.includes(change))
        expect(failures(answer)[0]).toMatch(`${name}: values[${node('mid')}].current_version.`);
      else expect(answer.errors).toBeUndefined();
    }
  });

  it('are answered about profiles that it is not near to', async () => {
    const { gateway } = await start(parents);
    const answer = await gateway.ask(
      '{ inheritanceGraph(roots: ["other"]) { nodes { profileId } depth mermaid missingProfileIds } }',
    );
    expect(answer).toEqual({
      data: {
        inheritanceGraph: {
          nodes: [{ profileId: 'other' }, { profileId: 'cousin' }],
          depth: 1,
          mermaid: expect.stringContaining('Profile cousin'),
          missingProfileIds: [],
        },
      },
    });
  });
});

describe('a change', () => {
  it.each([
    [
      'an entitlement',
      { entities_to_create_relationships_to: [{ entity_id: '' }] },
      'addEntitlements: [{ entityType: "Group", datasourceId: "d", entityId: "x" }]',
    ],
    ['the parents', { inherit_entities_from_access_profiles: 'base' }, 'addInheritsFrom: ["other"]'],
  ])('of %s that can not be read fails before anything is written', async (_, members, input) => {
    const { gateway, calls } = await start(mid((profile) => inVersion(profile, members)));
    const answer = await gateway.ask(
      `mutation { updateAccessProfileVersion(input: { id: "mid", ${input} }) { __typename } }`,
    );
    expect(failures(answer)).toHaveLength(1);
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(calls.every(({ path }) => path.startsWith(base))).toBe(true);
  });

  it.each([true, false])(
    'of many labels fails for the profile that can not be read alone (dryRun: %s)',
    async (dryRun) => {
      const { gateway, calls } = await start(mid((profile) => ({ ...profile, labels: 'one' })));
      const answer = await gateway.ask<
        { labelAccessProfiles: { results: { profileId: string; error: unknown }[] } },
        object
      >(
        `mutation {
        labelAccessProfiles(input: { profiles: { ids: ["mid", "leaf"] }, add: ["new"], dryRun: ${dryRun} }) {
          ... on LabelAccessProfilesPayload { results { profileId error { message } } }
        }
      }`,
      );
      expect(answer.errors).toBeUndefined();
      const errors = new Map(
        answer.data?.labelAccessProfiles.results.map(({ profileId, error }) => [profileId, error]),
      );
      expect(errors.get('mid')).toEqual({
        message: expect.stringMatching(/^Not written: .* values\[\d\]\.labels: expected/),
      });
      const written = calls.filter(({ method }) => method === 'PATCH').map(({ path }) => path);
      expect(written.every((path) => path.endsWith('/leaf'))).toBe(true);
      expect(written.length > 0).toBe(!dryRun);
    },
  );
});
