import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endpoints } from '../../src/upstream/endpoints.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { caller, clientOf, echo, failureOf, write } from './support.ts';

const hangUp: Script = (response) => void response.socket?.destroy();

/** The port of a server for one test; closed again at once where nobody is to listen. */
async function portOf(server: Server, isClosed = false): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (isClosed) await new Promise((resolve) => server.close(resolve));
  else onTestFinished(() => void server.close());
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** How a write ended on an API that always answers like this: the code of the failure, and how often it was sent. */
async function outcomeOf(script: Script, timeoutMs = 5000): Promise<readonly [code: string, sent: number]> {
  const server = await scripted(script);
  const client = clientOf(server.origin, { retries: true, timeoutMs });
  const failure = await failureOf(client.call(write, { name: 'x' }, caller));
  return [failure.code, server.requests.length];
}

describe('a write that fails', () => {
  it.each<[status: number, code: string, sent: number]>([
    // Certainly not begun; only the mutation can work it out anew.
    [429, 'RATE_LIMITED', 1],
    // Refused.
    [307, 'UPSTREAM_INVALID_RESPONSE', 1],
    [308, 'UPSTREAM_INVALID_RESPONSE', 1],
    [400, 'BAD_USER_INPUT', 1],
    [401, 'UNAUTHENTICATED', 1],
    [403, 'FORBIDDEN', 1],
    [404, 'NOT_FOUND', 1],
    [409, 'CONFLICT', 1],
    [412, 'CONFLICT', 1],
    [501, 'UPSTREAM_UNAVAILABLE', 1],
    [505, 'UPSTREAM_UNAVAILABLE', 1],
    // Nobody knows: after a write that was done, some servers redirect to its result.
    [301, 'WRITE_OUTCOME_UNKNOWN', 1],
    [302, 'WRITE_OUTCOME_UNKNOWN', 1],
    [303, 'WRITE_OUTCOME_UNKNOWN', 1],
    [304, 'WRITE_OUTCOME_UNKNOWN', 1],
    [408, 'WRITE_OUTCOME_UNKNOWN', 1],
    [499, 'WRITE_OUTCOME_UNKNOWN', 1],
    [500, 'WRITE_OUTCOME_UNKNOWN', 1],
    [502, 'WRITE_OUTCOME_UNKNOWN', 1],
    [503, 'WRITE_OUTCOME_UNKNOWN', 1],
    [504, 'WRITE_OUTCOME_UNKNOWN', 1],
    [520, 'WRITE_OUTCOME_UNKNOWN', 1],
    [524, 'WRITE_OUTCOME_UNKNOWN', 1],
    [599, 'WRITE_OUTCOME_UNKNOWN', 1],
  ])('with %d is %s, sent %d times', async (status, code, sent) => {
    expect(await outcomeOf(answer(status, ''))).toEqual([code, sent]);
  });

  it.each<[name: string, script: Script]>([
    ['without a reply', hangUp],
    ['with a page instead of JSON', answer(200, '<html>log in</html>')],
    [
      'with half a reply',
      (response) => {
        response.writeHead(200, { 'content-length': '99' });
        response.write('{', () => response.socket?.destroy());
      },
    ],
    ['with JSON of another shape', answer(200, [])],
  ])('%s is unknown, and sent once', async (_name, script) => {
    expect(await outcomeOf(script)).toEqual(['WRITE_OUTCOME_UNKNOWN', 1]);
  });

  it('by a timeout has an unknown outcome, and is sent once', async () => {
    expect(await outcomeOf(() => undefined, 60)).toEqual(['WRITE_OUTCOME_UNKNOWN', 1]);
  });

  it.each<[name: string, origin: () => Promise<string>, code: string]>([
    ['nobody listens', async () => `http://127.0.0.1:${await portOf(createServer(), true)}`, 'UPSTREAM_UNAVAILABLE'],
    ['the host has no address', async () => 'http://nowhere.invalid', 'UPSTREAM_UNAVAILABLE'],
    // The other side takes the connection and never says a word of TLS.
    [
      'no connection comes about in time',
      async () => `https://127.0.0.1:${await portOf(createServer())}`,
      'UPSTREAM_TIMEOUT',
    ],
    [
      'the other side does not speak TLS',
      async () => `https://127.0.0.1:${await portOf(createServer((socket) => void socket.end('no')))}`,
      'UPSTREAM_UNAVAILABLE',
    ],
  ])('because %s was not sent, and is no unknown outcome', async (_name, origin, code) => {
    const client = clientOf(await origin(), { retries: true, timeoutMs: code === 'UPSTREAM_TIMEOUT' ? 300 : 20_000 });
    const failure = await failureOf(client.call(write, { name: 'x' }, caller));
    expect([failure.code, failure.upstream.wasSent]).toEqual([code, false]);
  });

  it('because its turn came late was not sent: its reads may be outdated', async () => {
    const server = await scripted((response, { method }) => {
      if (method === 'GET') setTimeout(() => response.end('{}'), 1500);
      else response.end('{}');
    });
    const client = clientOf(server.origin, { connections: 1 });
    const read = client.call(echo, null, caller);
    const failure = await failureOf(client.call(write, { name: 'x' }, caller));
    expect([failure.code, failure.upstream.wasSent]).toEqual(['OVERLOADED', false]);
    await read;
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
    // The connection and the client go on.
    expect(await client.call(write, { name: 'x' }, caller)).toEqual({});
  });

  it('does not wait where Retry-After is too long, and reports it', async () => {
    const server = await scripted(answer(429, '', { 'retry-after': '30' }));
    const failure = await failureOf(clientOf(server.origin, { retries: true }).call(write, { name: 'x' }, caller));
    expect([failure.code, failure.upstream.retryAfterSeconds, server.requests.length]).toEqual(['RATE_LIMITED', 30, 1]);
  });
});

describe('a write that succeeds', () => {
  const change = { profileId: 'p', changes: { labels: [] } };
  const version = { profileId: 'p', versionNumber: 1, changes: { state: 'PUBLISHED' } };
  const members = { profileId: 'p', versionNumber: 1, type: 'ADD', identityIds: ['a'] } as const;

  it.each([204, 200])('may have an empty reply with %d where nothing is needed of it', async (status) => {
    const server = await scripted((response) => void response.writeHead(status).end());
    const client = clientOf(server.origin);
    expect(await client.call(endpoints.updateProfile, change, caller)).toEqual({ echo: null });
    expect(await client.call(endpoints.updateVersion, version, caller)).toEqual({ echo: null, version: null });
    expect(await client.call(endpoints.changeMembers, members, caller)).toEqual({
      echo: null,
      change: { accessRequestId: null, accessRequestErrorMessage: null },
    });
    const created = client.call(endpoints.createProfileType, { name: 'x' }, caller);
    expect((await failureOf(created)).code).toBe('WRITE_OUTCOME_UNKNOWN');
  });

  it('is sent to the path of its id, whatever is in it', async () => {
    const server = await scripted(answer(200, {}));
    const client = clientOf(server.origin);
    await client.call(endpoints.updateProfile, { ...change, profileId: 'a/b?c#d%' }, caller);
    expect(server.requests[0]?.target).toMatch(/\/access_profiles\/a%2Fb%3Fc%23d%25$/);
    for (const profileId of ['.', '..', '', '\ud800', 'a\u0000', 'x'.repeat(513)]) {
      const failed = client.call(endpoints.updateProfile, { ...change, profileId }, caller);
      await expect(failed).rejects.toThrow(RangeError);
    }
    expect(server.requests).toHaveLength(1);
  });
});
