import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { apolloRouter, hiveRouter, type Router, stitchedRouter } from './routers';
import { startTickets, typeDefs } from './tickets';

const gatewayUrl = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';
/** The key of the sandbox. */
const authorization = process.env['GATEWAY_KEY'] ?? 'Bearer c2FuZGJveC1hZG1pbg==';

// Between router and gateway, to count what the router asks.
let requests = 0;
const counter = createServer(async (request, response) => {
  requests++;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const answer = await fetch(gatewayUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: request.headers.accept ?? '*/*',
      authorization: request.headers.authorization ?? '',
    },
    body: Buffer.concat(parts),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(await answer.text());
});
await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
const port = Object(counter.address()).port;
const countedUrl = `http://127.0.0.1:${port}/graphql`;

const response = await fetch(gatewayUrl, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization },
  body: JSON.stringify({
    query: `{
      _service { sdl }
      accessProfiles(first: 3) { nodes { id profileId name type { id name } currentVersion { id versionNumber } } }
      entities(first: 1) { nodes { id entityId datasource { id name } } }
      lifecyclePolicies { id name }
      members: accessProfiles(filter: { hasMembers: true }, first: 1) { nodes { members { identity { id name } } } }
    }`,
  }),
});
const { data, errors } = await response.json();
assert.equal(errors, undefined);
const profiles = data.accessProfiles.nodes;
const [{ type, currentVersion }] = profiles;
const [entity] = data.entities.nodes;
const [policy] = data.lifecyclePolicies;
const [{ identity }] = data.members.nodes[0].members;

const tickets = await startTickets({
  profileIds: profiles.map(({ profileId }: { profileId: string }) => profileId),
  ids: {
    AccessProfileType: type.id,
    AccessProfileVersion: currentVersion.id,
    Datasource: entity.datasource.id,
    Entity: entity.id,
    Identity: identity.id,
    LifecyclePolicy: policy.id,
  },
});
const composed = composeServices([
  { name: 'access-profiles', url: countedUrl, typeDefs: parse(data._service.sdl) },
  { name: 'tickets', url: tickets.url, typeDefs: parse(typeDefs) },
]);
assert(composed.supergraphSdl, String(composed.errors));

const query = `{ tickets {
  accessProfile { id name ticketTitle }
  aboutAccessProfileType { name } aboutAccessProfileVersion { versionNumber } aboutDatasource { name }
  aboutEntity { entityId } aboutIdentity { name } aboutLifecyclePolicy { name }
} }`;
const expected = profiles.map(({ id, name }: { id: string; name: string }) => ({
  accessProfile: { id, name, ticketTitle: `Ticket for ${name}` },
  aboutAccessProfileType: { name: type.name },
  aboutAccessProfileVersion: { versionNumber: currentVersion.versionNumber },
  aboutDatasource: { name: entity.datasource.name },
  aboutEntity: { entityId: entity.entityId },
  aboutIdentity: { name: identity.name },
  aboutLifecyclePolicy: { name: policy.name },
}));

/** Joins all rows, and counts what that took; then is refused with another key. */
async function check(name: string, router: Router, source: string, rows: unknown, most: number): Promise<void> {
  requests = 0;
  const answer = await router.ask(source, authorization);
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  assert.deepEqual(JSON.parse(JSON.stringify(answer.data)), { tickets: rows });
  assert(requests <= most, `${name} sent ${requests} requests`);
  const sent = requests;
  const denied = await router.ask(source, 'Bearer wrong');
  assert(
    denied.errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED'),
    JSON.stringify(denied),
  );
  await router.close();
  process.stdout.write(`${name}: ${sent} requests to the gateway\n`);
}

// However many rows there are: one request for each type at most.
await check('Apollo Gateway', await apolloRouter(composed.supergraphSdl), query, expected, 7);
await check('Hive Gateway', await hiveRouter(composed.supergraphSdl), query, expected, 7);

const schema = await readFile(new URL('../../../schema.graphql', import.meta.url), 'utf8');
const rows = profiles.map(({ id, name }: { id: string; name: string }) => ({ accessProfile: { id, name } }));
const plain = createServer((_request, answer) => {
  const list = profiles.map(({ id }: { id: string }) => ({ accessProfile: { id, __typename: 'AccessProfile' } }));
  answer.setHeader('content-type', 'application/json');
  answer.end(JSON.stringify({ data: { tickets: list } }));
});
await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
const stitched = await stitchedRouter(schema, countedUrl, `http://127.0.0.1:${Object(plain.address()).port}/`);
await check('Stitching', stitched, '{ tickets { accessProfile { id name } } }', rows, 1);

for (const server of [counter, plain, tickets]) server.close();
process.exit();
