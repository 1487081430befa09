import { composeServices } from '@theguild/federation-composition';
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import { parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';

interface Found {
  readonly _service: { readonly sdl: string };
  readonly accessProfiles: {
    readonly nodes: readonly { readonly id: string; readonly profileId: string; readonly name: string }[];
  };
}

let gateway: SandboxedGateway;
let sdl = '';
let profiles: Found['accessProfiles']['nodes'] = [];

beforeAll(async () => {
  gateway = await startGateway();
  const { data } = await gateway.ask<Found, never>(
    '{ _service { sdl } accessProfiles(first: 3) { nodes { id profileId name } } }',
  );
  sdl = data?._service.sdl ?? '';
  profiles = data?.accessProfiles.nodes ?? [];
  // The first look-up by id makes one call more: it finds out whether the API takes ids.
  await gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: profiles.map(({ id }) => id) });
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => gateway.sandbox.clearCalls());

/** A subgraph that returns profiles by the API's own id, and extends them by a field that needs their name. */
const tickets = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable"])
  type Query { tickets: [Ticket!]! pages: PageInfo }
  type Ticket @key(fields: "number") { number: ID! accessProfile: AccessProfile }
  type PageInfo @shareable {
    hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
  }
  type AccessProfile @key(fields: "profileId") {
    profileId: String!
    name: String! @external
    ticketTitle: String @requires(fields: "name")
  }`;
const subgraphs = () => [
  { name: 'access-profiles', url: 'http://profiles/graphql', typeDefs: parse(sdl) },
  { name: 'tickets', url: 'http://tickets/graphql', typeDefs: parse(tickets) },
];

const entities = (representations: unknown) =>
  gateway.ask<{ _entities: readonly unknown[] }, object>(
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on AccessProfile { name } } }',
    { representations },
  );

describe('a subgraph of Apollo Federation', () => {
  it.each([
    ['The Guild', () => composeServices(subgraphs()).errors ?? []],
    [
      'WunderGraph',
      () => {
        const result = federateSubgraphs({
          subgraphs: subgraphs().map(({ typeDefs, ...rest }) => ({ ...rest, definitions: typeDefs })),
          version: ROUTER_COMPATIBILITY_VERSION_ONE,
        });
        return result.success ? [] : result.errors;
      },
    ],
  ])('is composed with one that returns and extends profiles by the composer of %s', (_composer, errors) => {
    expect(errors().map(({ message }) => message)).toEqual([]);
  });

  it('has two keys for each type that the API knows by one id, and for entities', () => {
    const keys = [...sdl.matchAll(/^type (\w+) implements Node (.*) \{$/gm)].map(([, type, rest]) => `${type} ${rest}`);
    const key = (type: string, own: string) => `${type} @key(fields: "id") @key(fields: "${own}")`;
    expect(keys).toEqual([
      key('AccessProfile', 'profileId'),
      key('AccessProfileType', 'typeId'),
      'AccessProfileVersion @key(fields: "id")',
      key('AccessRequest', 'requestId'),
      key('Datasource', 'datasourceId'),
      key('Entity', 'datasourceId entityType entityId'),
      key('Identity', 'identityId'),
      key('LifecyclePolicy', 'policyId'),
    ]);
    expect(sdl).not.toMatch(/oneOf|semanticNonNull|_Any|_Entity|_Service|_entities/);
  });

  it('finds entities by either key with the calls of `nodes`', async () => {
    const [a, b, c] = profiles;
    const { data, errors } = await entities([
      { __typename: 'AccessProfile', profileId: a?.profileId },
      { __typename: 'AccessProfile', id: b?.id },
      { __typename: 'AccessProfile', profileId: c?.profileId },
    ]);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([a, b, c].map((each) => ({ __typename: 'AccessProfile', name: each?.name })));
    const calls = gateway.sandbox.calls.length;
    gateway.sandbox.clearCalls();
    await gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on AccessProfile { name } } }', {
      ids: profiles.map(({ id }) => id),
    });
    expect(calls).toBe(gateway.sandbox.calls.length);
    expect(calls).toBe(1);
  });

  it('returns null and an error for each representation that names nothing, and null for what does not exist', async () => {
    const [a] = profiles;
    const { data, errors = [] } = await entities([
      { __typename: 'AccessProfile', profileId: a?.profileId },
      { __typename: 'AccessProfile' },
      { __typename: 'toString', id: 'x' },
      7,
      { __typename: 'AccessProfileType', id: a?.id },
      { __typename: 'AccessProfile', profileId: 'none' },
    ]);
    expect(data?._entities).toEqual([{ __typename: 'AccessProfile', name: a?.name }, null, null, null, null, null]);
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual([1, 2, 3, 4].map((i) => `_entities.${i}`));
    expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it('looks up what is named again and again once, by nothing but the key, and nothing beyond 500', async () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        __typename: 'AccessProfile',
        profileId: profiles[i % profiles.length]?.profileId,
        // As a router sends the fields that another subgraph requires.
        name: 'of another subgraph',
        nested: [{ __typename: 'Ticket' }],
      }));
    const { data, errors } = await entities(named(500));
    expect(errors).toBeUndefined();
    expect(data?._entities).toHaveLength(500);
    expect(data?._entities.at(-1)).toEqual({ __typename: 'AccessProfile', name: profiles[499 % 3]?.name });
    expect(gateway.sandbox.calls).toHaveLength(1);
    gateway.sandbox.clearCalls();
    for (const count of [501, 10_000]) {
      const refused = await entities(named(count));
      expect(refused.data ?? null).toBeNull();
      expect(refused.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    }
    expect(gateway.sandbox.calls).toEqual([]);
  });

  it('takes all representations of a request together for its limit of cost', async () => {
    await using poor = await startGateway({}, { limits: { ...loadConfig([], {}).limits, MAX_COST: 40 } });
    const representations = Array.from({ length: 500 }, (_, i) => ({ __typename: 'AccessProfile', profileId: `${i}` }));
    const ask = (selected: string) =>
      poor.ask<{ _entities: unknown }, object>(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on AccessProfile { ${selected} } } }`,
        { representations },
      );
    expect((await ask('name')).errors).toBeUndefined();
    poor.sandbox.clearCalls();
    expect((await ask('members { identityId }')).errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'COST_LIMIT',
    ]);
    expect(poor.sandbox.calls).toEqual([]);
  });

  it('does not return its schema where introspection is off', async () => {
    await using closed = await startGateway({}, { introspection: false });
    const { data, errors } = await closed.ask('{ _service { sdl } }');
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toContain('Introspection is off');
  });
});
