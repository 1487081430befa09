import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/server.ts';
import { gatewayTo } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { type Api, type ApiReply, type ApiRequest, startUpstream, type Upstream, withQuery } from './upstream.ts';
import { directory, trickyWorld } from './world.ts';

/** All kinds of records, so that every endpoint has something to say. */
const world: World = {
  ...trickyWorld,
  policies: [{ id: 'policy-1', name: 'Joiners' }],
  accessRequests: [
    {
      id: 'request-1',
      created_at: '2024-04-12T09:00:00Z',
      access_profile_id: 'base',
      request_type: 'GRANT',
      identity_ids: ['ada'],
      datasource_ids: [directory],
      state: 'COMPLETED',
    },
  ],
};

const questions: readonly string[] = [
  '{ accessProfiles(first: 20) { nodes { name type { name } inheritsFrom { name } } pageInfo { hasNextPage } } }',
  '{ accessProfiles(first: 500) { totalCount nodes { profileId } facets { states { value count } } } }',
  '{ accessProfiles(first: 500, orderBy: { field: NAME }) { nodes { profileId } } }',
  '{ accessProfiles(search: "filler 1") { totalCount nodes { profileId } } }',
  '{ accessProfiles(filter: { hasMembers: true, type: { eq: "type-role" } }) { nodes { profileId } } }',
  '{ accessProfile(id: "base") { name members { identityId } inheritedBy { profileId } } }',
  '{ accessProfile(id: "with-draft") { members { identityId } versions { versionNumber state } } }',
  '{ accessProfile(id: "gone") { name } }',
  '{ accessProfile(id: "bottom") { effectiveEntitlements { entitlement { entityId } } ancestors { profile { name } } } }',
  '{ accessProfile(id: "left") { effectiveMembers { identityId } } }',
  '{ compareAccessProfiles(a: "bottom", b: "twice") { shared { entityId } sharedAncestors { name } } }',
  '{ nodes(ids: ["AccessProfile:base", "AccessProfile:gone", "AccessProfile:full"]) { id } }',
  '{ inheritanceGraph { nodes { profileId } missingProfileIds } }',
  '{ inheritanceFindings(kinds: [CYCLE, MISSING_PARENT, DANGLING_REFERENCE, UNUSED_PROFILE]) { kind profiles { profileId } } }',
  `{ accessProfilesGranting(entity: { datasourceId: "${directory}", entityId: "cn=staff,ou=\\"all\\"" }) { profileId } }`,
  '{ accessProfileTypes { nodes { name } } integrations datasources { name } lifecyclePolicies { name } }',
  '{ identity(id: "ada") { name accessProfiles { accessProfile { name } } actualEntitlements { entityId } } }',
  '{ accessRequest(id: "request-1") { state } }',
];

/** What takes the place of a reply; `next` is the API as it should be. */
type Strange = (request: ApiRequest, next: Api) => Promise<ApiReply>;

const says = (status: number, reply: Omit<ApiReply, 'status'>): Strange => {
  return async () => ({ status, ...reply });
};
const isWholeList = ({ path, query }: ApiRequest) => path.endsWith('/access_profiles') && !query.has('filter');
const emptyPage: ApiReply = { status: 200, json: { values: [], next_page_token: '', has_more: false } };

const bodies = [{}, [], null, 'ok', { values: null }, { value: {} }, { code: 5, message: 'no', details: [] }] as const;
const strange: readonly (readonly [name: string, reply: Strange])[] = [
  ...bodies.map((json) => [`200 ${JSON.stringify(json)}`, says(200, { json })] as const),
  ...[202, 206].map((status) => [`${status} {}`, says(status, { json: {} })] as const),
  ...[204, 205, 304].map((status) => [`${status}`, says(status, { text: '' })] as const),
  ['200 HTML', says(200, { text: '<html>' })],
  ['the first page again', (request, next) => next(withQuery(request, { page_token: null }))],
  ['rows without the filter', (request, next) => next(withQuery(request, { filter: null }))],
  [
    'the members of another profile',
    ({ path, ...request }, next) => next({ ...request, path: path.replace(/\/[^/]+\/versions\//, '/full/versions/') }),
  ],
  ['nothing instead of all', async (request, next) => (isWholeList(request) ? emptyPage : next(request))],
];

describe('an API that gives a strange reply', () => {
  let upstream: Upstream;
  const right = new Map<string, unknown>();
  const strike = { reply: strange[0]?.[1] ?? says(200, {}), from: Number.POSITIVE_INFINITY, until: 0, calls: 0 };
  beforeAll(async () => {
    upstream = await startUpstream(world, {
      name: 'strange',
      changes: true,
      sandbox: { openFilters: true, unlistedReads: true, pageSize: 40 },
      answer: (request, next) => {
        const call = strike.calls++;
        return call >= strike.from && call < strike.until ? strike.reply(request, next) : next(request);
      },
    });
    for (const question of questions) {
      await using gateway = gatewayTo(upstream.origin);
      const { data, errors } = await gateway.ask(question);
      expect(errors, question).toBeUndefined();
      right.set(question, data);
    }
  });
  afterAll(() => upstream.close());

  it('gets a right answer or an error from the gateway', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...questions),
      fc.constantFrom(...strange),
      fc.record({ from: fc.nat(4), isWarm: fc.boolean() }),
      async (question, [name, reply], { from, isWarm }) => {
        await using gateway = gatewayTo(upstream.origin);
        Object.assign(strike, { from: Number.POSITIVE_INFINITY });
        if (isWarm) await gateway.ask('{ accessProfiles(first: 500) { totalCount } }');
        Object.assign(strike, { reply, from, until: from + 1, calls: 0 });
        const { data, errors } = await gateway.ask(question, undefined, undefined);
        if (errors === undefined) expect(data, name).toEqual(right.get(question));
      },
    );
    await fc.assert(property, { numRuns: runs(100) });
  });
});
