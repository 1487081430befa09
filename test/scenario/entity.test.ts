import { describe, expect, it } from 'vitest';
import { type Json, startTrial } from './mutation-support.ts';

const ref = { datasourceId: 'ds-1', entityId: 'g1' };
const ask =
  'query ($ref: EntityRefInput!) { entity(ref: $ref) { id datasourceId entityType entityId accessProfiles { profileId } direct: accessProfiles(includeInherited: false) { profileId } } accessProfilesGranting(entity: $ref) { profileId } }';
const ids = (...profileIds: string[]) => profileIds.map((profileId) => ({ profileId }));

describe('entity', () => {
  it('has the profiles that grant it, from one scan for all fields', async () => {
    await using trial = await startTrial();
    const granting = ids('base', 'app-1', 'drafted', 'child', 'grandchild');
    expect(await trial.ask<Json, Json>(ask, { ref })).toEqual({
      data: {
        entity: {
          id: 'Entity:ds-1:Group:g1',
          datasourceId: 'ds-1',
          entityType: 'Group',
          entityId: 'g1',
          accessProfiles: granting,
          direct: ids('base', 'app-1', 'drafted'),
        },
        accessProfilesGranting: granting,
      },
    });
    expect(trial.sandbox.calls).toHaveLength(1);
    expect(trial.sandbox.calls[0]?.query.has('entity_extra_info')).toBe(false);
  });

  it.each([
    ['a name in place of an id', { datasourceId: 'ds-1', entityId: 'Group one' }],
    ['letters of another case', { datasourceId: 'ds-1', entityId: 'G1' }],
    ['another data source', { datasourceId: 'ds-2', entityId: 'g1' }],
    ['another type', { ...ref, entityType: 'Role' }],
  ])('is null for %s, which accessProfilesGranting does not tell from "nobody"', async (_name, unknown) => {
    await using trial = await startTrial();
    expect(await trial.ask<Json, Json>(ask, { ref: unknown })).toEqual({
      data: { entity: null, accessProfilesGranting: [] },
    });
  });

  it('is null with an error, not absent, where a page of the scan fails', async () => {
    await using trial = await startTrial();
    trial.sandbox.faults.add({ kind: 'status', status: 403, times: 9 });
    const { data, errors } = await trial.ask<Json, Json>(ask, { ref });
    expect(data).toEqual({ entity: null, accessProfilesGranting: null });
    expect(errors).toMatchObject([
      { path: ['entity'], extensions: { code: 'FORBIDDEN' } },
      { path: ['accessProfilesGranting'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('must be named with its type where several types have the id', async () => {
    const entities = ['Group', 'Role'].map((entity_type) => ({
      entity_type,
      datasource_id: 'd:1',
      entity_id: '50%:x',
    }));
    const world = { types: [{ id: 't', name: 'T' }], profiles: [{ id: 'p', name: 'P', profile_type: 't', entities }] };
    await using trial = await startTrial({ world });
    const both = { datasourceId: 'd:1', entityId: '50%:x' };
    const ambiguous = await trial.ask<Json, Json>('query ($ref: EntityRefInput!) { entity(ref: $ref) { id } }', {
      ref: both,
    });
    expect(ambiguous.data).toEqual({ entity: null });
    expect(ambiguous.errors).toMatchObject([
      {
        path: ['entity'],
        message: expect.stringContaining('"Group", "Role"'),
        extensions: { code: 'BAD_USER_INPUT', field: 'ref.entityType' },
      },
    ]);
    const role = await trial.ask<Json, Json>(ask, { ref: { ...both, entityType: 'Role' } });
    expect(role.data.entity).toMatchObject({ id: 'Entity:d%3A1:Role:50%25%3Ax', entityType: 'Role', direct: ids('p') });
    const again = await trial.ask<Json, Json>('query ($id: ID!) { node(id: $id) { id ... on Entity { entityId } } }', {
      id: role.data.entity.id,
    });
    expect(again).toEqual({ data: { node: { id: role.data.entity.id, entityId: '50%:x' } } });
  });

  it('is read with extra detail only where its name is selected', async () => {
    const named = { entity_type: 'Group', datasource_id: 'ds-1', entity_id: 'g1', entity_name: 'Engineers' };
    const world = {
      types: [{ id: 't', name: 'T' }],
      profiles: [{ id: 'p', name: 'P', profile_type: 't', entities: [named] }],
    };
    await using trial = await startTrial({ world });
    const answer = await trial.ask<Json, Json>(
      '{ entity(ref: { datasourceId: "ds-1", entityId: "g1" }) { entityName } }',
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.entity).not.toBeNull();
    expect(trial.sandbox.calls.map(({ query }) => query.has('entity_extra_info'))).toEqual([true]);
  });

  it.each([
    ['Entity:', 'id'],
    ['Entity:ds-1:g1', 'id'],
    ['Entity:ds-1:Group:g1:more', 'id'],
    ['Entity:ds-1::g1', 'id'],
  ])('has no node with the id %s', async (id, field) => {
    await using trial = await startTrial();
    const { data, errors } = await trial.ask<Json, Json>('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(data).toEqual({ node: null });
    expect(errors).toMatchObject([{ path: ['node'], extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(trial.sandbox.calls).toEqual([]);
  });

  it('is null as a node where nobody grants it, beside others that are there', async () => {
    await using trial = await startTrial();
    const answer = await trial.ask('{ nodes(ids: ["Entity:ds-1:Group:g9", "base", "Entity:ds-1:Group:g1"]) { id } }');
    expect(answer).toEqual({
      data: { nodes: [null, { id: 'AccessProfile:base' }, { id: 'Entity:ds-1:Group:g1' }] },
    });
  });
});
