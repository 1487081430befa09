import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { documentCache } from '../../src/server/graphql/documents/document-cache.ts';
import { readPersistedDocuments } from '../../src/server/graphql/documents/persisted-documents.ts';
import { type Edge, startEdge } from './edge-support.ts';

function manifest(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'persisted-documents.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function post(edge: Edge, body: object) {
  const { status, text } = await edge.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` },
    body: JSON.stringify(body),
  });
  return { status, answer: JSON.parse(text) };
}

describe('persisted documents', () => {
  const documents = {
    abc: 'query Integrations { integrations }',
    def: 'query Few($first: Int) { accessProfiles(first: $first) { nodes { members { identityId } } } }',
  };

  it('are named by an id, in both ways', async () => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest(documents) });
    for (const named of [
      { documentId: 'abc' },
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } },
    ]) {
      expect((await post(edge, named)).answer.data.integrations).toHaveLength(8);
    }
    const { answer } = await post(edge, { documentId: 'def', variables: { first: 2 } });
    expect(answer.data.accessProfiles.nodes).toHaveLength(2);
    expect((await post(edge, { query: '{ __typename }' })).answer).toEqual({ data: { __typename: 'Query' } });
  });

  it.each(['xyz', '__proto__', 'toString', ''])('%j is none of them', async (documentId) => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest(documents) });
    const { status, answer } = await post(edge, { documentId });
    expect(status).toBe(400);
    expect(answer.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('can be all that is answered', async () => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest(documents), PERSISTED_DOCUMENTS_ONLY: 'on' });
    expect((await post(edge, { documentId: 'abc' })).status).toBe(200);
    const calls = edge.sandbox.calls.length;
    for (const body of [
      { query: '{ integrations }' },
      { query: documents.abc },
      { query: getIntrospectionQuery() },
      { query: '{ __typename }', documentId: 'abc' },
    ]) {
      const { status, answer } = await post(edge, body);
      expect(status).toBe(403);
      expect(answer).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN' } }] });
    }
    expect((await post(edge, {})).status).toBe(400);
    expect((await edge.send('/graphql?query={__typename}')).status).toBe(403);
    expect(edge.sandbox.calls).toHaveLength(calls);
  });

  it('are limited like all others', async () => {
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: manifest(documents), MAX_COST: '100' });
    const { answer } = await post(edge, { documentId: 'def', variables: { first: 500 } });
    expect(answer.errors[0].extensions).toMatchObject({ code: 'COST_LIMIT' });
  });

  it("can stand in Apollo's manifest", async () => {
    const operations = [
      { id: 'abc', name: 'Integrations', type: 'query', body: documents.abc },
      { id: 'abc', name: 'Integrations', type: 'query', body: documents.abc, clientName: 'web' },
      { id: 'def', name: 'Few', type: 'query', body: documents.def },
    ];
    const path = manifest({ format: 'apollo-persisted-query-manifest', version: 1, operations });
    expect(Object.fromEntries(readPersistedDocuments(path))).toEqual(documents);
    // An id is free to be called as a part of that manifest is.
    expect(readPersistedDocuments(manifest({ format: documents.abc })).get('format')).toBe(documents.abc);
    await using edge = await startEdge({ PERSISTED_DOCUMENTS: path });
    expect((await post(edge, { documentId: 'abc' })).answer.data.integrations).toHaveLength(8);
  });

  const apollo = { format: 'apollo-persisted-query-manifest', version: 1 };

  it.each([
    [{ ...apollo, version: 2, operations: [] }, /version 2; only version 1/],
    [apollo, /no list of operations/],
    [{ ...apollo, operations: [{ id: 'a', body: '{ a }' }, { id: 'b' }] }, /operations\[1\]/],
    [
      {
        ...apollo,
        operations: [
          { id: 'a', body: '{ a }' },
          { id: 'a', body: '{ b }' },
        ],
      },
      /two documents under "a"/,
    ],
    ['{', /is not JSON/],
    [[], /is no JSON object/],
    [{ abc: 1 }, /under "abc" that is no document/],
  ])('a manifest of %j stops the start', (content, problem) => {
    const path = manifest(content);
    expect(() => readPersistedDocuments(path)).toThrow(ConfigError);
    expect(() => readPersistedDocuments(path)).toThrow(problem);
  });

  it('a manifest that does not exist, or is not named, stops the start', () => {
    expect(() => readPersistedDocuments('nowhere.json')).toThrow(/^PERSISTED_DOCUMENTS: nowhere.json cannot be read/);
    expect(() => loadConfig([], { PERSISTED_DOCUMENTS_ONLY: 'on' })).toThrow(/^PERSISTED_DOCUMENTS: must be set too/);
  });
});

describe('introspection', () => {
  it('can be turned off, with the hints that spell out the schema', async () => {
    await using edge = await startEdge({ INTROSPECTION: 'off' });
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }']) {
      const { answer, status } = await edge.ask(query);
      expect(status).toBe(400);
      expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
      expect(answer.data).toBeUndefined();
    }
    const { answer } = await edge.ask('{ integration }');
    expect(answer.errors?.[0]?.message).toBe('The document does not fit the schema at line 1, column 3.');
    expect((await edge.ask('{ __typename integrations }')).answer.data).toHaveProperty('integrations');
  });

  it('is on by default', async () => {
    await using edge = await startEdge();
    expect((await edge.ask('{ integration }')).answer.errors?.[0]?.message).toContain('Did you mean "integrations"?');
  });
});

describe('the cache of documents', () => {
  it('keeps what was used last, within its budget', () => {
    const cache = documentCache<number>(1000);
    for (let i = 0; i < 100; i++) {
      cache.set(`${i}`.padEnd(20), i);
      cache.get('0'.padEnd(20));
    }
    expect(cache.get('0'.padEnd(20))).toBe(0);
    expect(cache.get('99'.padEnd(20))).toBe(99);
    expect(cache.get('1'.padEnd(20))).toBeUndefined();
    const kept = Array.from({ length: 100 }, (_, i) => cache.get(`${i}`.padEnd(20))).filter((v) => v !== undefined);
    expect(kept).toHaveLength(50);
  });

  it('does not keep what is long, and counts what is set twice once', () => {
    const cache = documentCache<number>(1000);
    cache.set('x'.repeat(21), 1);
    expect(cache.get('x'.repeat(21))).toBeUndefined();
    for (let i = 0; i < 1000; i++) cache.set('a', i);
    cache.set('b', 1);
    expect([cache.get('a'), cache.get('b')]).toEqual([999, 1]);
  });
});
