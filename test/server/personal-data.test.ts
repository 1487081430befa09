import { expect, it, onTestFinished, vi } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import { adminKey, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { createGateway } from '../../src/server/gateway.ts';
import { listen } from '../../src/server/http/http-server.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { startTracing } from '../../src/server/observability/tracing.ts';

const world = builtInWorld();
const [person] = world.identities ?? [];
const { id: held = '' } = world.profiles.find(({ members = [] }) => members.length > 0) ?? {};

const questions = [
  `{ accessProfiles(first: 5) { nodes { members { identityName identity { email title department } } } } }`,
  `{ accessProfile(id: "${held}") { effectiveMembers { identityName identity { name email } } } }`,
  `{ identity(id: "${person?.id}") { name email title department actualEntitlements { entityName } } }`,
  '{ identity(id: "nobody@evergreen.example") { email } }',
  `{ accessProfiles(filter: { member: "${person?.id}" }) { nodes { members { identityName } } } }`,
  '{ datasources { name } lifecyclePolicies { name } }',
  `mutation { addAccessProfileMembers(input: { id: "${held}", identityIds: ["${person?.id}"] }) { ... on ChangeAccessProfileMembersPayload { accessRequestId accessRequest { state } } } }`,
];

const written: string[] = [];
const config = loadConfig([], { OTEL_TRACES_EXPORTER: 'console', LOG_LEVEL: 'debug' });
const log = createLog(config.logLevel, { write: (line: string) => void written.push(line) });
const spans = config.tracing && startTracing(config.tracing, 'https://acme.vezacloud.com', log);

/** Asks for people, and gives the answers; what is logged and traced meanwhile is `written`. */
async function ask(options: SandboxOptions): Promise<string> {
  const sandbox = await startSandbox({ ...options, world });
  const gateway = createGateway({ ...config, upstreamOrigin: sandbox.origin, ambientKey: null, log, spans });
  const server = await listen({ ...config, port: 0, gateway, page: false });
  onTestFinished(async () => {
    await server.close();
    await gateway.close();
    await sandbox.close();
  });
  const answers: string[] = [];
  for (const query of questions) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` },
      body: JSON.stringify({ query }),
    });
    answers.push(await response.text());
  }
  return answers.join();
}

const personal = [
  ...new Set((world.identities ?? []).flatMap(({ name, email, title }) => [name, email, title])),
  'nobody@evergreen.example',
].filter((text) => text !== undefined && text !== '');

it('what people are called, and the secrets of an API, are in no log line and in no span', async () => {
  if (spans === null) throw new Error('traces are off');
  vi.spyOn(console, 'dir').mockImplementation((span: unknown) => void written.push(JSON.stringify(span)));
  const answers = [
    await ask({ identityNode: true }),
    await ask({ curatedShapes: true, memberDetails: true }),
    await ask({ neighbours: { identities: 'failing', entitlements: 'failing', 'access-requests': 'failing' } }),
  ].join();
  await spans.close();
  const told = written.join();
  expect(told).toContain('readIdentity');
  expect(answers).toContain(person?.email);
  for (const text of [...personal, adminKey]) expect(told).not.toContain(text);
  expect(answers + told).not.toMatch(/sandbox-(secret|private)/);
});
