import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Json, startTrial, type Trial } from '../scenario/mutation-support.ts';
import { type DocumentName, textOf, type Variables } from './documents.ts';
import { graphcacheClient } from './graphcache.ts';

const headers = { authorization: `Bearer ${adminKey}` };
const open = (trial: Trial) => graphcacheClient(trial.fetch, headers);

const grant = (entityId: string) => ({ entityType: 'Group', datasourceId: 'ds-1', entityId });

/** Each mutation, the profile that it changes, and what must be different after it. */
const changes: readonly [mutation: DocumentName, input: Variables, id: string, evidence: RegExp][] = [
  ['setLabels', { id: 'base', labels: ['x', 'y'] }, 'base', /"labels":\["x","y"\]/],
  ['addLabels', { id: 'AccessProfile:base', labels: ['new'] }, 'base', /"labels":\["a","b","new"\]/],
  ['removeLabels', { id: 'base', labels: ['a'] }, 'base', /"labels":\["b"\]/],
  ['labelMany', { profiles: { ids: ['base', 'child'] }, add: ['bulk'] }, 'child', /"labels":\["bulk"\]/],
  [
    'update',
    {
      id: 'base',
      name: 'Renamed',
      description: 'd',
      state: 'PAUSED',
      catalogItem: { name: 'Card' },
      customProperties: { team: 'crm' },
      requireApprovalToStart: true,
    },
    'base',
    /"name":"Renamed"/,
  ],
  ['update', { id: 'base', name: 'Renamed', customProperties: null, catalogItem: null }, 'base', /"catalogItem":null/],
  [
    'updateVersion',
    { id: 'base', addEntitlements: [grant('g9')], removeEntitlements: [{ datasourceId: 'ds-1', entityId: 'g1' }] },
    'base',
    /"entityId":"g9"/,
  ],
  ['updateVersion', { id: 'base', entitlements: [] }, 'base', /"entitlements":\[\]/],
  [
    'updateVersion',
    { id: 'child', addInheritsFrom: ['drafted'], removeInheritsFrom: ['base'] },
    'child',
    /"inheritsFrom":\[\{"id":"AccessProfile:drafted"/,
  ],
  ['updateVersion', { id: 'drafted', state: 'PUBLISHED' }, 'drafted', /"currentVersionNumber":3/],
  ['updateVersion', { id: 'base', entitlements: [grant('g8')], dryRun: true }, 'base', /"entityId":"g1"/],
  ['addMembers', { id: 'base', identityIds: ['bob'] }, 'base', /"memberCount":2/],
  ['removeMembers', { id: 'base', identityIds: ['ada'] }, 'base', /"memberCount":0/],
];

// The strictest of the three normalized caches: it complains of each object without a key and each field that is missing. Apollo's and
// Relay's are tried in examples/clients.
describe('the cache of urql', () => {
  it.each(changes)('is right after %s %j', async (mutation, input, id, evidence) => {
    await using trial = await startTrial({ memberDetails: true, unlistedReads: true });
    const client = open(trial);
    const one = { id: `AccessProfile:${id}` };
    await client.ask('one', one);
    await client.ask('list', {});
    expect(plain(await client.cached('one', one))).toEqual(await fresh(trial, 'one', one));
    const answer: Json = await client.ask(mutation, { input });
    expect(answer.result.__typename).toMatch(/Payload$/);
    const now = await fresh(trial, 'one', one);
    expect(JSON.stringify(now)).toMatch(evidence);
    expect(plain(await client.cached('one', one))).toEqual(now);
    expect(plain(await client.cached('list', {}))).toEqual(await fresh(trial, 'list', {}));
    expect(client.complaints).toEqual([]);
  });

  it('shows a created profile, and its parents with it, without another request', async () => {
    await using trial = await startTrial();
    const client = open(trial);
    await client.ask('list', {});
    const input = {
      name: 'New',
      state: 'RUNNING',
      type: 'role',
      labels: ['a'],
      inheritsFrom: ['base'],
      entitlements: [grant('g7')],
    };
    const answer: Json = await client.ask('create', { input });
    const created = { id: answer.result.accessProfile.id };
    for (const view of [created, { id: 'AccessProfile:base' }]) {
      const now = await fresh(trial, 'one', view);
      expect(now.accessProfile).not.toBeNull();
      expect(plain(await client.cached('one', view))).toEqual(now);
    }
  });

  it('keeps what it knows where a mutation fails', async () => {
    await using trial = await startTrial();
    const client = open(trial);
    const one = { id: 'AccessProfile:base' };
    await client.ask('one', one);
    const before = plain(await client.cached('one', one));
    const answer: Json = await client.ask('update', { input: { id: 'base', name: ' ' } });
    expect(answer.result.__typename).toBe('InvalidInputError');
    expect(plain(await client.cached('one', one))).toEqual(before);
  });

  it('shares profiles between a list, nodes and a page of one', async () => {
    await using trial = await startTrial();
    const client = open(trial);
    const ids = { ids: ['AccessProfile:base'] };
    await client.ask('filtered', {});
    await client.ask('nodes', ids);
    await client.ask('update', { input: { id: 'base', name: 'Renamed' } });
    expect(plain(await client.cached('nodes', ids))).toEqual(await fresh(trial, 'nodes', ids));
    expect(plain(await client.cached('filtered', {}))).toEqual(await fresh(trial, 'filtered', {}));
  });
});

/** What the gateway says to somebody without a cache. */
async function fresh(trial: Trial, name: DocumentName, variables: Variables): Promise<Json> {
  const { data, errors } = await trial.ask<Json, Variables>(textOf(name), variables);
  expect(errors).toBeUndefined();
  return data;
}

/** Without what clients add to the data: the names of types, and Relay's marks. */
function plain(data: unknown): Json {
  return JSON.parse(JSON.stringify(data ?? null), (key, value) => (key.startsWith('__') ? undefined : value));
}
