import { expect, it } from 'vitest';
import { adminKey, viewerKey } from '../../src/sandbox/server.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';

const world = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: ['a', 'ab', 'c'].map((id) => ({ id, name: id, profile_type: 'role' })),
};
const entries = (id: string, args = '') =>
  `{ accessProfile(id: "${id}") { auditEntries${args} { at userId action requestId } } }`;
const label = (id: string, labels: string) =>
  `mutation { setAccessProfileLabels(input: { id: "${id}", labels: ["${labels}"] }) { __typename } }`;

async function entriesOf(gateway: SandboxedGateway, id: string, args = '') {
  const { data, errors } = await gateway.ask<
    { accessProfile: { auditEntries: { action: string; at: string }[] } },
    object
  >(entries(id, args));
  return { found: data?.accessProfile.auditEntries ?? null, code: errors?.[0]?.extensions['code'] };
}

const auditCalls = ({ sandbox }: SandboxedGateway) => sandbox.calls.filter(({ path }) => path.endsWith('/audit'));

it.each(['values', 'audits', 'events'] as const)(
  'tells who changed a profile, newest first, whatever the envelope: %s',
  async (auditEnvelope) => {
    await using gateway = await startGateway({ world, auditEnvelope, auditOldestFirst: true });
    for (const id of ['a', 'ab', 'a']) await gateway.ask(label(id, `${Math.random()}`));
    const { data } = await gateway.ask(entries('a'));
    const change = {
      at: expect.any(String),
      userId: 'sandbox-admin',
      action: '/lifecyclemanagement.v1.AccessProfileService/updateProfile',
      requestId: expect.any(String),
    };
    expect(data).toEqual({ accessProfile: { auditEntries: [change, change] } });
    const { found } = await entriesOf(gateway, 'a');
    expect((found?.[0]?.at ?? '') > (found?.[1]?.at ?? '')).toBe(true);
    expect(JSON.stringify(data)).not.toContain('sandbox-private');
  },
);

it('reads a log of one page once for all profiles', async () => {
  await using gateway = await startGateway({ world });
  await gateway.ask(label('c', 'x'));
  const { data } = await gateway.ask('{ accessProfiles { nodes { profileId auditEntries { userId } } } }');
  expect(data).toEqual({
    accessProfiles: {
      nodes: [
        { profileId: 'a', auditEntries: [] },
        { profileId: 'ab', auditEntries: [] },
        { profileId: 'c', auditEntries: [{ userId: 'sandbox-admin' }] },
      ],
    },
  });
  expect(auditCalls(gateway)).toHaveLength(1);
});

it.each([
  ['asks a long log for one profile where it takes that', ['co'], 3],
  ['reads a long log to its end where it does not', [], 3],
] as const)('%s', async (_title, auditUrlOperators, calls) => {
  await using gateway = await startGateway({ world, auditUrlOperators });
  await gateway.ask(label('a', 'old'));
  // Two pages of others' changes after it.
  for (let i = 0; i < 700; i++) {
    const url = `${gateway.sandbox.origin}/api/private/lifecycle_management/access_profiles/${i % 2 ? 'ab' : 'c'}`;
    const body = JSON.stringify({ value: { labels: [`${i}`] } });
    const { ok } = await fetch(url, { method: 'PATCH', headers: { authorization: `Bearer ${adminKey}` }, body });
    expect(ok).toBe(true);
  }
  expect((await entriesOf(gateway, 'a')).found).toHaveLength(1);
  expect(auditCalls(gateway)).toHaveLength(calls);
  // A page token is only sent for the rest of the whole log.
  expect(auditCalls(gateway).filter(({ query }) => query.has('page_token'))).toHaveLength(
    auditUrlOperators.length ? 0 : 1,
  );
});

it('says that the log may not be read, does not exist, or fails', async () => {
  await using gateway = await startGateway({ world });
  const answer = await gateway.ask(entries('a'), undefined, { authorization: `Bearer ${viewerKey}` });
  expect(answer).toMatchObject({
    data: { accessProfile: { auditEntries: null } },
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  await using without = await startGateway({ world, neighbours: { audit: 'absent' } });
  expect(await entriesOf(without, 'a')).toEqual({ found: null, code: 'NOT_SUPPORTED' });
  await using failing = await startGateway({ world, neighbours: { audit: 'failing' } });
  expect(await entriesOf(failing, 'a')).toEqual({ found: null, code: 'UPSTREAM_UNAVAILABLE' });
  expect((await entriesOf(gateway, 'a', '(since: "2001-01-01")')).code).toBe('BAD_USER_INPUT');
});
