import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Edge, startEdge } from './edge-support.ts';

/** A connection on which a test writes what it likes. */
interface Line {
  write(bytes: string | Buffer): void;
  /** Everything that came until the gateway closed the connection. */
  received(): Promise<string>;
}

/** The connection opens where it is needed, and its end is the gateway's doing. */
async function open(edge: Edge): Promise<Line> {
  const { hostname, port } = new URL(edge.url);
  const socket: Socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
  const closed = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
    socket.on('error', () => resolve());
  });
  await once(socket, 'connect');
  return {
    write: (bytes) => void socket.write(bytes),
    async received() {
      await closed;
      socket.destroy();
      return Buffer.concat(chunks).toString('latin1');
    },
  };
}

async function raw(edge: Edge, bytes: string | Buffer): Promise<string> {
  const line = await open(edge);
  line.write(bytes);
  return line.received();
}

const statusesOf = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** No text of the gateway's code, of Node or of a library. */
function expectNoInternals(text: string) {
  expect(text).not.toMatch(/ {4}at |node:|\.[jt]s\b|HPE_|Parse Error|TypeError/);
  expect(text).not.toContain('text/plain');
}

const close = 'Connection: close\r\n';
const json = 'Content-Type: application/json\r\n';
const key = `Authorization: Bearer ${adminKey}\r\n`;
const body = JSON.stringify({ query: '{ integrations }' });
const post = (headers: string, sent = body) =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${json}${key}${close}${headers}\r\n${sent}`;

describe('a request that HTTP allows', () => {
  it.each<[name: string, request: string]>([
    [
      'with a whole URL, as to a proxy',
      `GET http://gateway:99/graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n${close}\r\n`,
    ],
    ['with a whole https URL', `GET https://gateway/graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n${close}\r\n`],
    ['with dots in its path', `GET /a/../graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n${close}\r\n`],
    ['of HTTP/1.0 without a Host', 'GET /graphql?query={__typename} HTTP/1.0\r\n\r\n'],
    ['with an IPv6 Host', `GET /graphql?query={__typename} HTTP/1.1\r\nHost: [::1]:4000\r\n${close}\r\n`],
    [
      'that would be upgraded',
      `GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
    ],
    ['that waits for 100', post(`Expect: 100-continue\r\nContent-Length: ${body.length}\r\n`)],
    ['in chunks', post('Transfer-Encoding: chunked\r\n', `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)],
  ])('%s is answered', async (_name, request) => {
    await using edge = await startEdge();
    const text = await raw(edge, request);
    expect(statusesOf(text).at(-1)).toBe(200);
    expect(text).toContain('{"data":{');
  });

  it('that asks for the abilities of the server is answered', async () => {
    await using edge = await startEdge();
    const text = await raw(edge, `OPTIONS * HTTP/1.1\r\nHost: x\r\n${close}\r\n`);
    expect(statusesOf(text)).toEqual([204]);
    expect(text.toLowerCase()).toContain('allow: get, post, options');
  });

  it('that follows another one on its connection is answered after it', async () => {
    await using edge = await startEdge({}, { latencyMs: 50 });
    const second = `GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n${close}\r\n`;
    const text = await raw(edge, post(`Content-Length: ${body.length}\r\n`).replace(close, '') + second);
    expect(statusesOf(text)).toEqual([200, 200]);
    expect(text.indexOf('integrations')).toBeLessThan(text.indexOf('__typename'));
  });

  it('lets the host of its URL decide about the configured key, as RFC 9112 has it', async () => {
    await using edge = await startEdge({ VEZA_API_KEY: adminKey });
    const of = (url: string, host: string) =>
      raw(edge, `GET ${url}/graphql?query={integrations} HTTP/1.1\r\nHost: ${host}\r\n${close}\r\n`);
    expect(statusesOf(await of('', 'localhost'))).toEqual([200]);
    expect(statusesOf(await of('', 'evil.example'))).toEqual([401]);
    expect(statusesOf(await of('http://evil.example', 'localhost'))).toEqual([401]);
  });
});

describe('a request that can not be answered', () => {
  it.each<[fault: string, request: string | Buffer, status: number]>([
    ['has no Host', `GET /graphql HTTP/1.1\r\n${close}\r\n`, 400],
    ['has an empty Host', `GET /graphql HTTP/1.1\r\nHost:\r\n${close}\r\n`, 400],
    ['has two Hosts', `GET /graphql HTTP/1.1\r\nHost: a\r\nHost: b\r\n${close}\r\n`, 400],
    ['has a Host with a space', `GET /graphql HTTP/1.1\r\nHost: a b\r\n${close}\r\n`, 400],
    ['has a Host with a path', `GET /graphql HTTP/1.1\r\nHost: a/graphql?\r\n${close}\r\n`, 400],
    ['has a Host with a user', `GET /graphql HTTP/1.1\r\nHost: a@b\r\n${close}\r\n`, 400],
    ['has a Host with a bad port', `GET /graphql HTTP/1.1\r\nHost: a:99999\r\n${close}\r\n`, 400],
    ['has a Host with a bad escape', `GET /graphql HTTP/1.1\r\nHost: a%zz\r\n${close}\r\n`, 400],
    ['has a URL with a user', `GET http://u:p@a/graphql HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    ['has a URL of another scheme', `GET ftp://a/graphql HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    ['has a URL with a bad host', `GET http://a:b:c/graphql HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    ['asks * with GET', `GET * HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    ['has a bad escape in its path', `GET /graphql%zz HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 404],
    ['has half a character in its path', `GET /%ff HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 404],
    [
      'has bytes beyond ASCII in its path',
      Buffer.from(`GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 'latin1'),
      400,
    ],
    ['has an empty path segment', `GET // HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 404],
    ['has a bad escape in its query', `GET /graphql?query=%zz HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    [
      'has half a character in its query',
      `GET /graphql?query=%7B__typename%ff HTTP/1.1\r\nHost: a\r\n${close}\r\n`,
      400,
    ],
    ['has a very long URL', `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 431],
    ['has very long headers', `GET /graphql HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n${close}\r\n`, 431],
    ['is a TRACE', `TRACE /graphql HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 405],
    ['is a CONNECT', `CONNECT a:443 HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 405],
    ['is a DELETE', `DELETE /graphql HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 405],
    ['has a made-up method', `FROB /graphql HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    ['is no HTTP', 'hello\r\n\r\n', 400],
    ['is TLS', Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3]), 400],
    ['is HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['has a header without a name', `GET /graphql HTTP/1.1\r\nHost: a\r\n: x\r\n${close}\r\n`, 400],
    ['has a header with NUL', `GET /graphql HTTP/1.1\r\nHost: a\r\nX: \0\r\n${close}\r\n`, 400],
    ['expects something else', `GET /graphql HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n${close}\r\n`, 417],
    ['has a length that is no number', post('Content-Length: ten\r\n'), 400],
    ['has two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n'), 400],
    ['has a length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 400],
    ['has a length that is too large', post('Content-Length: 99999999\r\n'), 413],
    [
      'has chunks that are too large',
      post('Transfer-Encoding: chunked\r\n', `f4241\r\n${' '.repeat(1_000_001)}\r\n`),
      413,
    ],
    ['has a chunk of no length', post('Transfer-Encoding: chunked\r\n', '5\r\n{"que\r\nzz\r\n'), 400],
    [
      'is compressed',
      Buffer.concat([
        Buffer.from(post(`Content-Encoding: gzip\r\nContent-Length: ${gzipSync(body).length}\r\n`, '')),
        gzipSync(body),
      ]),
      415,
    ],
    [
      'is in another charset',
      post(`Content-Length: ${body.length}\r\n`).replace('application/json', 'application/json; charset=utf-16'),
      415,
    ],
    ['is not UTF-8', Buffer.from(post('Content-Length: 16\r\n', '{"query":"{a\xff}"}'), 'latin1'), 400],
  ])('%s: is refused, logged and counted', async (_fault, request, status) => {
    await using edge = await startEdge();
    const text = await raw(edge, request);
    expect(statusesOf(text)).toEqual([status]);
    expectNoInternals(text);
    expect(edge.sandbox.calls).toEqual([]);
    const lines = () => edge.log.filter(({ msg }) => msg === 'request');
    await expect
      .poll(lines, { timeout: 10_000 })
      .toEqual([expect.objectContaining({ level: 30, status, requestId: expect.any(String) })]);
    expect(text).toContain(`x-request-id: ${lines()[0]?.['requestId']}`);
    expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
    const metrics = (await edge.send('/metrics')).text;
    expect(metrics).toMatch(
      /^access_profile_gateway_requests_total\{operation="none",kind="none",code="[A-Z_0-9]+"\} 1$/m,
    );
    expect(metrics).toContain('access_profile_gateway_requests_in_flight 0');
  });

  it('does not cut off the answer to the one before it on the same connection', async () => {
    await using edge = await startEdge({}, { latencyMs: 100 });
    // Its length is too short, so that the rest is read as the next request.
    const text = await raw(
      edge,
      post(`Content-Length: ${body.length}\r\n`, `${body}garbage\r\n\r\n`).replace(close, ''),
    );
    expect(statusesOf(text)).toEqual([200, 400]);
    expect(text).toContain('"integrations":[');
    expectNoInternals(text);
  });
});

describe('a client that is slow', () => {
  const timeouts = { headers: 200, request: 400, keepAlive: 200, check: 50 };

  it.each<[name: string, first: string, then: string]>([
    ['with its headers', 'GET /graphql HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'],
    ['with its body', post('Content-Length: 100000\r\n', ''), ' '],
    ['with its chunks', post('Transfer-Encoding: chunked\r\n', ''), '1\r\n \r\n'],
  ])('%s is cut off with 408', async (_name, first, then) => {
    await using edge = await startEdge({}, { timeouts });
    const line = await open(edge);
    line.write(first);
    const trickle = setInterval(() => line.write(then), 20);
    const text = await line.received();
    clearInterval(trickle);
    expect(statusesOf(text)).toEqual([408]);
    expectNoInternals(text);
    await expect
      .poll(() => edge.log.filter(({ msg }) => msg === 'request'), { timeout: 10_000 })
      .toEqual([expect.objectContaining({ level: 30, status: 408 })]);
    expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it('and sends nothing is cut off without a reply', async () => {
    await using edge = await startEdge({}, { timeouts });
    expect(await (await open(edge)).received()).toBe('');
    expect(edge.log.filter(({ msg }) => msg === 'request')).toEqual([]);
  });

  it('with its next request loses the connection', async () => {
    await using edge = await startEdge({}, { timeouts });
    const text = await raw(edge, 'GET /graphql?query={__typename} HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(statusesOf(text)).toEqual([200]);
  });

  it('and leaves in the middle of its body causes no error in the log', async () => {
    await using edge = await startEdge();
    const { hostname, port } = new URL(edge.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(post('Content-Length: 1000\r\n', '{"query"'), () => socket.destroy());
    await expect.poll(() => edge.log.filter(({ msg }) => msg === 'request').length, { timeout: 10_000 }).toBe(1);
    expect(edge.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
    expect((await edge.ask('{ integrations }')).status).toBe(200);
  });
});
