import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { parse, print } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { type Edge, startEdge } from './edge-support.ts';

const headers = { authorization: `Bearer ${adminKey}` };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const query = 'query Known { integrations }';
const other = 'query Unknown { accessProfileTypes { nodes { name } } }';

/** Each client counts what it sends: whether a document went along. */
function counting() {
  const sent: boolean[] = [];
  const counted: typeof fetch = (url, init) => {
    const body = typeof init?.body === 'string' ? init.body : '';
    sent.push(/"query":|[?&]query=./.test(`${body}${String(url)}`));
    return fetch(url, init);
  };
  return { sent, fetch: counted };
}

function apollo(edge: Edge, fetch: typeof globalThis.fetch): (text: string, useGet: boolean) => Promise<unknown> {
  const clients = [false, true].map(
    (useGETForHashedQueries) =>
      new ApolloClient({
        cache: new InMemoryCache(),
        link: new PersistedQueryLink({ sha256, useGETForHashedQueries }).concat(
          new HttpLink({ uri: `${edge.url}/graphql`, headers, fetch }),
        ),
      }),
  );
  return async (text, useGet) =>
    (await clients[useGet ? 1 : 0]?.query({ query: gql(text), fetchPolicy: 'no-cache' }))?.data;
}

function urql(edge: Edge, fetch: typeof globalThis.fetch): (text: string, useGet: boolean) => Promise<unknown> {
  const clients = [false, true].map(
    (preferGetForPersistedQueries) =>
      new Client({
        url: `${edge.url}/graphql`,
        fetch,
        fetchOptions: { headers },
        preferGetMethod: false,
        exchanges: [
          persistedExchange({
            preferGetForPersistedQueries: preferGetForPersistedQueries ? 'force' : false,
            generateHash: async (text) => sha256(text),
          }),
          fetchExchange,
        ],
      }),
  );
  return async (text, useGet) => {
    const { data, error } = (await clients[useGet ? 1 : 0]?.query(text, {}).toPromise()) ?? {};
    if (error) throw error;
    return data;
  };
}

/** The text whose hash a client sends. */
const asSent = (text: string) => print(parse(text));

function manifest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'documents.json');
  // Apollo adds __typename where there is a selection; `query` has none below its root.
  writeFileSync(path, JSON.stringify({ [sha256(asSent(query))]: query }));
  return path;
}

describe.each([
  ['Apollo', apollo],
  ['urql', urql],
])('the persisted queries of %s', (_name, clientOf) => {
  it.each([false, true])('are kept once they were sent with the document (by GET: %j)', async (useGet) => {
    await using edge = await startEdge();
    const { sent, fetch } = counting();
    const ask = clientOf(edge, fetch);
    for (const expected of [[false, true], [false]]) {
      sent.length = 0;
      expect(await ask(query, useGet)).toMatchObject({ integrations: expect.any(Array) });
      expect(sent).toEqual(expected);
    }
    // For another client too.
    sent.length = 0;
    expect(await clientOf(edge, fetch)(query, !useGet)).toMatchObject({ integrations: expect.any(Array) });
    expect(sent).toEqual([false]);
  });

  it.each([false, true])('fall back on the document where none are kept (by GET: %j)', async (useGet) => {
    await using edge = await startEdge({ AUTOMATIC_PERSISTED_QUERIES: 'off' });
    const { sent, fetch } = counting();
    const ask = clientOf(edge, fetch);
    expect(await ask(query, useGet)).toMatchObject({ integrations: expect.any(Array) });
    expect(sent).toEqual([false, true]);
    // It has learnt that hashes are of no use here.
    expect(await ask(other, useGet)).toMatchObject({ accessProfileTypes: expect.anything() });
    expect(sent).toEqual([false, true, true]);
  });

  it.each([false, true])('are found, or fall back on the document, where some are (by GET: %j)', async (useGet) => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest() });
    const { sent, fetch } = counting();
    const ask = clientOf(edge, fetch);
    expect(await ask(query, useGet)).toMatchObject({ integrations: expect.any(Array) });
    expect(sent).toEqual([false]);
    expect(await ask(other, useGet)).toMatchObject({ accessProfileTypes: expect.anything() });
    expect(sent).toEqual([false, false, true]);
    expect(await ask(query, useGet)).toMatchObject({ integrations: expect.any(Array) });
    expect(sent).toEqual([false, false, true, false]);
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

  it('that is not its own is refused, and kept under neither', async () => {
    await using edge = await startEdge();
    const calls = edge.sandbox.calls.length;
    const { status, answer } = await send(edge, { query, ...named(sha256(other)) });
    expect([status, answer.errors[0].message]).toEqual([400, 'provided sha does not match query']);
    expect(edge.sandbox.calls).toHaveLength(calls);
    for (const text of [query, other]) expect((await send(edge, named(sha256(text)))).answer).toMatchObject(notFound);
  });

  it('of another kind is answered and not kept', async () => {
    await using edge = await startEdge();
    expect((await send(edge, { query, ...named('abc') })).answer).toHaveProperty('data.integrations');
    expect((await send(edge, named('abc'))).answer).toMatchObject(notFound);
  });

  it('is limited, and not kept without end', async () => {
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
