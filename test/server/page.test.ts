import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageLocation } from '../../src/graphiql/page-location.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Edge, exchange, startEdge } from './edge-support.ts';

// Built by `npm run build`, which `npm test` runs first.
let server: Edge;
let plain: Edge;

beforeAll(async () => {
  server = await startEdge({ VEZA_API_KEY: adminKey }, { page: true });
  plain = await startEdge({ GRAPHIQL: 'off' });
});

afterAll(async () => {
  await Promise.all([server, plain].map((each) => each[Symbol.asyncDispose]()));
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  exchange(`${server.url}${path}`, { headers });
const html = { accept: 'text/html,application/xhtml+xml' };

/** A request whose target no client library would send as it is. */
function raw(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  });
}

describe('the GraphiQL page', () => {
  it('sends its assets compressed to clients that accept it', async () => {
    const { text } = await get('/graphiql');
    const path = new URL(/src="([^"]+\.js)"/.exec(text)?.[1] ?? 'none', `${server.url}/graphiql`).pathname;
    const plain = await get(path);
    expect([plain.headers['content-encoding'], plain.headers['vary']]).toEqual([undefined, 'accept-encoding']);
    for (const accepts of ['gzip, deflate, br', 'br;q=1.0, gzip;q=0.5', '*']) {
      const response = await fetch(`${server.url}${path}`, { headers: { 'accept-encoding': accepts } });
      expect(response.headers.get('content-encoding')).toBe('gzip');
      expect(Number(response.headers.get('content-length'))).toBeLessThan(plain.text.length / 2);
      // fetch has undone the compression.
      expect(await response.text()).toBe(plain.text);
    }
    for (const refuses of ['br', 'gzip;q=0', 'identity, gzip; q=0.0']) {
      const { headers } = await get(path, { 'accept-encoding': refuses });
      expect(headers['content-encoding']).toBeUndefined();
    }
  });

  it('is served under a policy that lets nothing in from elsewhere', async () => {
    const page = await get('/graphiql');
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(page.text)),
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('serves its own assets, which clients may cache for ever', async () => {
    const { text } = await get('/graphiql');
    const script = /src="([^"]+\.js)"/.exec(text)?.[1] ?? 'none';
    const { status, headers } = await get(new URL(script, `${server.url}/graphiql`).pathname);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it('knows the type of each of its files', async () => {
    const folder = fileURLToPath(new URL('assets/', pageLocation));
    const names = readdirSync(folder).map((name) => name.replace(/\.gz$/, ''));
    const extensions = new Map(names.map((name) => [name.slice(name.lastIndexOf('.')), name]));
    for (const name of extensions.values()) {
      const { status, headers } = await exchange(`${server.url}/graphiql/assets/${name}`, { method: 'HEAD' });
      expect([name, status]).toEqual([name, 200]);
      expect(headers['content-type'], name).not.toBe('application/octet-stream');
    }
  });

  it('answers HEAD with headers alone', async () => {
    const head = await exchange(`${server.url}/graphiql`, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
  });

  it.each([
    '/graphiql/assets/../index.html',
    '/graphiql/assets/../../cli/main.js',
    '/graphiql/assets/..',
    '/graphiql/assets/',
    '/graphiql/assets',
    '/graphiql/assets/%2e%2e%2f%2e%2e%2fcli%2fmain.js',
    '/graphiql/assets/..%2f..%2fcli%2fmain.js',
    '/graphiql/assets/..\\..\\cli\\main.js',
    '/graphiql/../cli/main.js',
    '/graphiql/assets//etc/passwd',
    '/graphiql/assets/x/../../index.html',
    '/graphiql/.stamp',
    '/graphiql/page-location.js',
    '/graphiql/index.html',
    '/graphiql/assets/nothing-of-that-name.js',
    '/graphiql/assets/a%00.js',
  ])('serves no other file: %s', async (target) => {
    expect(await raw(target)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('accepts no POST', async () => {
    const { status } = await exchange(`${server.url}/graphiql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(status).toBe(404);
  });
});

describe('visitors', () => {
  it.each(['/', '/graphql'])('of %s are led to the page', async (path) => {
    const { status, headers } = await get(path, html);
    expect([status, headers['location']]).toEqual([302, '/graphiql']);
  });

  it('are led to the page only if they accept HTML', async () => {
    const { status, text } = await get('/graphql?query=%7B__typename%7D', { accept: 'application/json' });
    expect([status, text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
  });

  it('find no page where it is off', async () => {
    for (const path of ['/', '/graphiql']) {
      expect((await exchange(`${plain.url}${path}`, { headers: html })).status).toBe(404);
    }
  });
});
