import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { type Json, startTrial } from './mutation-support.ts';

const grant = (entity_type: string, datasource_id: string, entity_id: string, entity_name?: string) => ({
  entity_type,
  datasource_id,
  entity_id,
  ...(entity_name !== undefined && { entity_name }),
});

/** Entities in the order that is documented: by folded name (or id), then by global id. */
const world = {
  types: [{ id: 't', name: 'T' }],
  profiles: [
    {
      id: 'p1',
      name: 'One',
      profile_type: 't',
      entities: [
        grant('Role', 'ds-2', 'r1', 'zebra'),
        grant('Group', 'ds-1', 'g1', 'Éclair Team'),
        grant('Group', 'ds-1', 'g2', 'eclair admins'),
      ],
    },
    {
      id: 'p2',
      name: 'Two',
      profile_type: 't',
      inherits: ['p1'],
      entities: [
        grant('Group', 'ds-2', 'g1', 'Alpha'),
        grant('Group', 'ds-1', 'g1', 'Éclair Team'),
        { ...grant('Group', 'ds-2', 'g1', 'Alpha'), assigned_to_entity_type: 'Org', assigned_to_entity_id: 'o' },
        grant('Role', 'ds-1', 'nameless'),
        grant('Role', 'ds-1', 'a', 'ALPHA'),
      ],
    },
  ],
};
const ordered = [
  'Role ds-1 a',
  'Group ds-2 g1',
  'Group ds-1 g2',
  'Role ds-1 nameless',
  'Role ds-2 r1',
  'Group ds-1 g1',
];
const document =
  'query ($search: String, $datasource: ID, $entityType: String, $first: Int, $after: String) { entities(search: $search, datasource: $datasource, entityType: $entityType, first: $first, after: $after) { totalCount nodes { id datasourceId entityType entityId entityName } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }';

interface EntityJson {
  readonly entityType: string;
  readonly datasourceId: string;
  readonly entityId: string;
}
const brief = ({ entityType, datasourceId, entityId }: EntityJson) => `${entityType} ${datasourceId} ${entityId}`;

describe('entities', () => {
  it('lists what profiles grant, each once, by name, from one scan with names', async () => {
    await using trial = await startTrial({ world });
    const { data, errors } = await trial.ask<Json, Json>(document, {});
    expect(errors).toBeUndefined();
    expect(data.entities.nodes.map(brief)).toEqual(ordered);
    expect(data.entities.nodes[2]).toEqual({
      id: 'Entity:ds-1:Group:g2',
      datasourceId: 'ds-1',
      entityType: 'Group',
      entityId: 'g2',
      entityName: 'eclair admins',
    });
    expect(data.entities).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    expect(trial.sandbox.calls.map(({ query }) => query.get('entity_extra_info'))).toEqual(['true']);
  });

  it.each<[arguments_: Json, found: readonly string[]]>([
    [{ search: 'ECLAIR' }, ['Group ds-1 g2', 'Group ds-1 g1']],
    [{ search: 'team éclair' }, ['Group ds-1 g1']],
    [{ search: 'NAMELESS' }, ['Role ds-1 nameless']],
    [{ search: ' ' }, ordered],
    [{ search: 'none' }, []],
    [{ datasource: 'ds-2' }, ['Group ds-2 g1', 'Role ds-2 r1']],
    [{ datasource: 'Datasource:ds-2', entityType: 'Role' }, ['Role ds-2 r1']],
    [{ entityType: 'role' }, []],
    [{ search: 'g1', entityType: 'Group' }, ['Group ds-2 g1', 'Group ds-1 g1']],
    [{ first: 0 }, []],
  ])('takes %j', async (given, found) => {
    await using trial = await startTrial({ world });
    const { data } = await trial.ask<Json, Json>(document, given);
    expect(data.entities.nodes.map(brief)).toEqual(found);
    expect(data.entities.totalCount).toBe(given.first === 0 ? 6 : found.length);
  });

  it.each<[arguments_: Json, field: string]>([
    [{ datasource: '' }, 'datasource'],
    [{ datasource: 'AccessProfile:p1' }, 'datasource'],
    [{ search: 'x'.repeat(501) }, 'search'],
    [{ first: -1 }, 'first'],
    [{ first: 501 }, 'first'],
    [{ after: 'x' }, 'after'],
  ])('refuses %j before any call', async (given, field) => {
    await using trial = await startTrial({ world });
    const { data, errors } = await trial.ask<Json, Json>(document, given);
    expect(data).toEqual({ entities: null });
    expect(errors).toMatchObject([{ path: ['entities'], extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(trial.sandbox.calls).toEqual([]);
  });

  it('refuses a cursor of another search', async () => {
    await using trial = await startTrial({ world });
    const { data } = await trial.ask<Json, Json>(document, { first: 1 });
    const after = data.entities.pageInfo.endCursor;
    const { errors } = await trial.ask<Json, Json>(document, { first: 1, after, search: 'a' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });

  it('is null with an error, not empty, where the scan fails', async () => {
    await using trial = await startTrial({ world });
    trial.sandbox.faults.add({ kind: 'status', status: 403, times: 9 });
    const { data, errors } = await trial.ask<Json, Json>(document, {});
    expect(data).toEqual({ entities: null });
    expect(errors).toMatchObject([{ path: ['entities'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('gives each entity once while others are granted and removed between pages', async () => {
    const name = fc.constantFrom('a', 'B', 'b', 'É', 'ß', 'ss', '\ue000', '😀', 'Z', '', 'İ', 'ﬀ');
    const grants = fc.array(fc.tuple(name, fc.integer({ min: 0, max: 4 })), { maxLength: 12 });
    const worldOf = (entities: readonly (readonly [string, number])[]) => [
      ...new Map(entities.map(([text, i]) => [`${text}${i}`, grant('G', 'd', `${text}${i}`, text)])).values(),
    ];
    let run = 0;
    await fc.assert(
      fc.asyncProperty(grants, grants, grants, fc.integer({ min: 1, max: 3 }), async (stay, gone, come, first) => {
        run++;
        const profile = (more: readonly (readonly [string, number])[]) => ({
          types: world.types,
          profiles: [{ id: `p${run}`, name: 'P', profile_type: 't', entities: worldOf([...stay, ...more]) }],
        });
        await using before = await startTrial({ world: profile(gone) });
        await using after = await startTrial({ world: profile(come) });
        const seen: string[] = [];
        let cursor: string | null = null;
        let trialNow = before;
        for (let more = true; more; trialNow = after) {
          const { data }: Json = await trialNow.ask(document, { first, after: cursor });
          seen.push(...data.entities.nodes.map(brief));
          cursor = data.entities.pageInfo.endCursor ?? cursor;
          more = data.entities.pageInfo.hasNextPage;
        }
        expect(new Set(seen).size).toBe(seen.length);
        const ends = worldOf(stay).map(({ entity_id }) => `G d ${entity_id}`);
        // Without a change of what follows, nothing that stays is left out, unless the first page was the last one.
        if (seen.length > first) expect(seen).toEqual(expect.arrayContaining(ends));
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('Entitlement.entity', () => {
  it('is the entity with all that grant it, and has its name only with extra detail', async () => {
    await using trial = await startTrial({ world });
    const { data, errors } = await trial.ask<Json, Json>(
      '{ accessProfile(id: "p2") { entitlements { entity { id direct: accessProfiles(includeInherited: false) { profileId } accessProfiles { profileId } } } } }',
    );
    expect(errors).toBeUndefined();
    const [alpha, eclair] = data.accessProfile.entitlements;
    const ids = (...list: string[]) => list.map((profileId) => ({ profileId }));
    expect(alpha.entity).toEqual({ id: 'Entity:ds-2:Group:g1', direct: ids('p2'), accessProfiles: ids('p2') });
    expect(eclair.entity).toEqual({
      id: 'Entity:ds-1:Group:g1',
      direct: ids('p1', 'p2'),
      accessProfiles: ids('p1', 'p2'),
    });
    expect(trial.sandbox.calls.some(({ query }) => query.has('entity_extra_info'))).toBe(false);
    trial.sandbox.clearCalls();
    const named = await trial.ask<Json, Json>(
      '{ accessProfile(id: "p1") { entitlements { extractionDatasourceId entity { entityName } } } }',
    );
    expect(named.data.accessProfile.entitlements.map(({ entity }: Json) => entity.entityName)).toEqual([
      'zebra',
      'Éclair Team',
      'eclair admins',
    ]);
    expect(trial.sandbox.calls.at(-1)?.query.has('entity_extra_info')).toBe(true);
  });
});

describe('memberCount', () => {
  const members = (settings: object) =>
    startTrial({
      ...settings,
      world: {
        types: world.types,
        identities: [
          { id: 'ada', name: 'Ada' },
          { id: 'bob', name: 'Bob' },
        ],
        profiles: [
          { id: 'two', name: 'Two', profile_type: 't', members: ['ada', 'bob'] },
          { id: 'none', name: 'None', profile_type: 't' },
        ],
      },
    });
  const count = '{ accessProfiles { nodes { profileId memberCount } } }';
  const counts = {
    accessProfiles: {
      nodes: [
        { profileId: 'two', memberCount: 2 },
        { profileId: 'none', memberCount: 0 },
      ],
    },
  };

  it.each([
    [{ membersInVersion: true, memberDetails: true }, 2],
    [{ membersInVersion: true, memberDetails: false }, 2],
    [{ membersInVersion: false, memberDetails: true }, 2],
    [{ membersInVersion: false, memberDetails: false }, 3],
  ])('is told by the list where %j, and confirmed where that is empty: %i calls', async (settings, calls) => {
    await using trial = await members(settings);
    expect(await trial.ask(count)).toEqual({ data: counts });
    expect(trial.sandbox.calls).toHaveLength(calls);
  });

  it('is null with an error where the members can not be read', async () => {
    await using trial = await members({});
    trial.sandbox.faults.add({ kind: 'status', status: 403, times: 9, match: { path: /members$/ } });
    const { data, errors } = await trial.ask<Json, Json>(count);
    expect(data.accessProfiles.nodes[1]).toEqual({ profileId: 'none', memberCount: null });
    expect(errors?.[0]).toMatchObject({ path: ['accessProfiles', 'nodes', expect.any(Number), 'memberCount'] });
  });
});
