import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Edge, startEdge } from './edge-support.ts';

const headers = { authorization: `Bearer ${adminKey}` };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const query = 'query Known { integrations }';
const other = 'query Unknown { accessProfileTypes { nodes { name } } }';

/** The text whose hash a client sends. */
const asSent = (text: string) => print(parse(text));

function manifest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'documents.json');
  writeFileSync(path, JSON.stringify({ [sha256(asSent(query))]: query }));
  return path;
}

/** Sends a hash, and a document if there is one, as Apollo's and urql's clients do. The clients themselves are tried in examples/clients. */
async function ask(edge: Edge, sha256Hash: string, text: string | null, useGet: boolean) {
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const body = { ...(text !== null && { query: text }), extensions };
  const search = new URLSearchParams(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  const answer = useGet
    ? await edge.send(`/graphql?${search}`, { headers })
    : await edge.send('/graphql', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
  return JSON.parse(answer.text);
}

describe.each([false, true])('an automatic persisted query (by GET: %j)', (useGet) => {
  it('is answered by its hash once any caller has sent it with its document', async () => {
    await using edge = await startEdge();
    expect((await ask(edge, sha256(query), null, useGet)).errors[0].message).toBe('PersistedQueryNotFound');
    for (const text of [query, null]) {
      expect(await ask(edge, sha256(query), text, useGet)).toMatchObject({ data: { integrations: expect.any(Array) } });
    }
    expect(await ask(edge, sha256(query), null, !useGet)).toHaveProperty('data.integrations');
  });

  it('is found among persisted documents, or else learnt', async () => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest() });
    expect(await ask(edge, sha256(asSent(query)), null, useGet)).toHaveProperty('data.integrations');
    expect((await ask(edge, sha256(other), null, useGet)).errors[0].message).toBe('PersistedQueryNotFound');
    for (const text of [other, null]) {
      expect(await ask(edge, sha256(other), text, useGet)).toHaveProperty('data.accessProfileTypes');
    }
  });

  it('is answered with its document where none are kept', async () => {
    await using edge = await startEdge({ AUTOMATIC_PERSISTED_QUERIES: 'off' });
    for (let times = 0; times < 2; times++) {
      expect((await ask(edge, sha256(query), null, useGet)).errors[0].message).toBe('PersistedQueryNotSupported');
      expect(await ask(edge, sha256(query), query, useGet)).toHaveProperty('data.integrations');
    }
  });
});

describe('a hash without a document', () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256('x') } };
  const accepts = ['application/json', 'application/graphql-response+json', '*/*'];

  it.each(accepts)('is answered with the message and code that clients know, for %s', async (accept) => {
    for (const [environment, message, code] of [
      [{}, 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND'],
      [{ AUTOMATIC_PERSISTED_QUERIES: 'off' }, 'PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED'],
      [{ PERSISTED_DOCUMENTS: manifest() }, 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND'],
    ] as const) {
      await using edge = await startEdge(environment);
      const given = { ...headers, accept, 'content-type': 'application/json' };
      const byPost = await edge.send('/graphql', {
        method: 'POST',
        headers: given,
        body: JSON.stringify({ extensions }),
      });
      const byGet = await edge.send(`/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`, {
        headers: { ...headers, accept },
      });
      for (const { status, text } of [byPost, byGet]) {
        expect([status, JSON.parse(text)]).toEqual([200, { errors: [{ message, extensions: { code } }] }]);
      }
    }
  });

  it.each([{ version: 2, sha256Hash: 'a' }, { version: 1, sha256Hash: 7 }, { version: 1 }, null, 'a', []])(
    'is none where it is %j',
    async (persistedQuery) => {
      await using edge = await startEdge();
      const { status, text } = await edge.send('/graphql', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ extensions: { persistedQuery } }),
      });
      expect([status, JSON.parse(text).errors[0].extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }]);
    },
  );
});

describe('a document with a hash', () => {
  const send = async (edge: Edge, body: object) => {
    const { status, text } = await edge.send('/graphql', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status, answer: JSON.parse(text) };
  };
  const named = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
  const notFound = { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };

  it('that is not its own is refused, and cached under neither', async () => {
    await using edge = await startEdge();
    const calls = edge.sandbox.calls.length;
    const { status, answer } = await send(edge, { query, ...named(sha256(other)) });
    expect([status, answer.errors[0].message]).toEqual([400, 'provided sha does not match query']);
    expect(edge.sandbox.calls).toHaveLength(calls);
    for (const text of [query, other]) expect((await send(edge, named(sha256(text)))).answer).toMatchObject(notFound);
  });

  it('of another kind is answered and not cached', async () => {
    await using edge = await startEdge();
    expect((await send(edge, { query, ...named('abc') })).answer).toHaveProperty('data.integrations');
    expect((await send(edge, named('abc'))).answer).toMatchObject(notFound);
  });

  it('is limited, and not cached without end', async () => {
    await using edge = await startEdge();
    const text = (i: number) => `query { __typename } #${i}${'x'.repeat(30_000)}`;
    for (let i = 0; i < 70; i++) await send(edge, { query: text(i), ...named(sha256(text(i))) });
    expect((await send(edge, named(sha256(text(0))))).answer).toMatchObject(notFound);
    expect((await send(edge, named(sha256(text(69))))).answer).toEqual({ data: { __typename: 'Query' } });
    expect((await send(edge, { documentId: sha256(text(69)) })).status).toBe(400);
  });
});

describe('documentId', () => {
  it('works in a URL as in a body', async () => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest() });
    const { status, text } = await edge.send(`/graphql?documentId=${sha256(asSent(query))}`, { headers });
    expect([status, JSON.parse(text).data.integrations]).toEqual([200, expect.any(Array)]);
    const unknown = await edge.send('/graphql?documentId=x', { headers });
    expect([unknown.status, JSON.parse(unknown.text).errors[0].extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }]);
  });
});
