import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import { inPieces, joined, withPrintedData } from '../../src/server/graphql/operation/print-answer.ts';
import { piecesOf } from '../../src/server/graphql/plugins/use-large-answers.ts';
import { codingFor } from '../../src/server/http/compression.ts';
import { startGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { startEdge } from './edge-support.ts';

const { limits } = loadConfig([], {});

describe.each([true, false])('an answer that holds too much (prepared execution: %s)', (preparedExecution) => {
  const start = () => startGateway({}, { preparedExecution, limits: { ...limits, MAX_ANSWER_VALUES: 150 } });

  it('is refused as a whole field, with one error that names the setting', async () => {
    await using gateway = await start();
    const { data, errors } = await gateway.ask<{ accessProfiles: unknown }, object>(
      '{ accessProfiles { nodes { id name labels entitlements { entityId } } } }',
    );
    expect(data?.accessProfiles ?? null).toBeNull();
    expect(new Set(errors?.map(({ extensions }) => extensions['limit']))).toEqual(new Set(['MAX_ANSWER_VALUES']));
    if (preparedExecution) expect(errors).toHaveLength(1);
  });

  it('counts each field of an object once, and no object besides', async () => {
    // Per profile of the graph: two fields here, and one of the query, one of the graph.
    const query = '{ inheritanceGraph { nodes { id name } } }';
    await using generous = await startGateway({}, { preparedExecution });
    const all = await generous.ask<{ inheritanceGraph: { nodes: readonly object[] } }, object>(query);
    const values = 2 + 2 * (all.data?.inheritanceGraph.nodes.length ?? 0);
    for (const [most, isRefused] of [
      [values, false],
      [values - 1, true],
    ] as const) {
      await using gateway = await startGateway(
        {},
        { preparedExecution, limits: { ...limits, MAX_ANSWER_VALUES: most } },
      );
      expect((await gateway.ask(query)).errors !== undefined, String(most)).toBe(isRefused);
    }
  });

  it('leaves the fields alone that were answered before', async () => {
    await using gateway = await start();
    const { data } = await gateway.ask<{ integrations: unknown }, object>(
      '{ integrations accessProfiles { nodes { id name labels entitlements { entityId } } } }',
    );
    // Where the schema says that the failing field is never null, all is null.
    if (data) expect(data.integrations).toEqual(expect.any(Array));
  });

  it('is counted over all fields together, lists within lists included', async () => {
    await using gateway = await start();
    const few = '{ accessProfiles(first: 20) { nodes { id name } } }';
    expect((await gateway.ask(few)).errors).toBeUndefined();
    const twice = few.replace('{ ', '{ a: ').replace(/^\{ a: (.*) \}$/, '{ a: $1 b: $1 c: $1 d: $1 }');
    expect((await gateway.ask(twice)).errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT' });
    const nested =
      '{ accessProfiles(first: 20) { nodes { labels a: entitlements { entityId entityType } b: entitlements { entityId } c: entitlements { entityId } } } }';
    expect((await gateway.ask(nested)).errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT' });
  });
});

describe('an answer that is printed in parts', () => {
  // Large enough to be cut in many places, and deep.
  const large = fc
    .array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 8 })
    .map((parts) => ({ list: Array.from({ length: 3000 }, (_, i) => parts[i % parts.length] ?? null), parts }));

  it('is what JSON.stringify prints', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(large, fc.jsonValue()), async (value) => {
        const result: ExecutionResult = { data: { value } };
        const printed = await inPieces(result);
        const { pieces, stringify } = printed;
        expect(Buffer.concat(joined(stringify(printed), pieces)).toString()).toBe(JSON.stringify(result));
        const errors = [new GraphQLError('one')];
        expect(Buffer.concat(joined(stringify({ ...printed, errors }), pieces)).toString()).toBe(
          JSON.stringify({ errors, ...result }),
        );
      }),
      { numRuns: runs(60) },
    );
  });

  it('keeps the errors and extensions that a plugin adds', () => {
    const data = { a: 1 };
    const result = withPrintedData({ data }, () => '{"a":1}');
    expect(JSON.parse(result.stringify({ data, extensions: { b: 2 } }))).toEqual({ data, extensions: { b: 2 } });
    expect(result.stringify({ data })).toBe('{"data":{"a":1}}');
    expect(result.stringify({ data: { other: true } })).toBe('{"data":{"other":true}}');
  });
});

describe('a large answer', () => {
  it('is sent in pieces that are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (text, length) => {
        const pieces = [...piecesOf(text, length)];
        expect(Buffer.concat(pieces).toString()).toBe(text);
        expect(pieces.every((piece) => piece.length > 0 && !piece.toString().includes('\u{fffd}'))).toBe(true);
      }),
    );
  });

  it.each([
    ['text', ['🧭 Größe '.repeat(1000)]],
    // Printed in pieces before it is sent.
    ['values', Array.from({ length: 600 }, (_, i) => `🧭 Größe ${i}`)],
  ])('with many %s arrives as a whole, with its length and its headers', async (_, labels) => {
    const profiles = Array.from({ length: 100 }, (_, i) => ({
      id: `p${i}`,
      name: `${i}`,
      profile_type: 't',
      labels,
    }));
    const world = { types: [{ id: 't', name: 'T' }], profiles };
    await using edge = await startEdge({}, { world });
    const { status, headers, text, answer } = await edge.ask('{ accessProfiles(first: 100) { nodes { labels } } }');
    expect(answer).toEqual({ data: { accessProfiles: { nodes: profiles.map(() => ({ labels })) } } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-length': String(Buffer.byteLength(text)),
      'content-type': 'application/graphql-response+json; charset=utf-8',
      'x-request-id': expect.any(String),
    });
    expect(edge.log.at(-1)).toMatchObject({ status: 200, codes: [] });
  });
});

describe('compression', () => {
  const decoders = { br: brotliDecompressSync, gzip: gunzipSync };
  const written = Array.from({ length: 100 }, (_, i) => ({ description: `${i} 🧭 Größe ${'x'.repeat(10_000)}` }));
  const world = {
    types: [{ id: 't', name: 'T' }],
    profiles: written.map((profile, i) => ({ ...profile, id: `p${i}`, name: `${i}`, profile_type: 't' })),
  };

  it.each([
    ['{ accessProfiles(first: 3) { nodes { description } } }', 3],
    // In many pieces.
    ['{ accessProfiles(first: 100) { nodes { description } } }', 100],
  ])('is what the client asks for: %s', async (query, count) => {
    await using edge = await startEdge({}, { world });
    const plain = await edge.ask(query);
    expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': expect.any(String) });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    for (const coding of ['br', 'gzip'] as const) {
      const { status, headers, bytes } = await bytesOf(
        `${edge.url}/graphql?query=${encodeURIComponent(query)}`,
        coding,
      );
      expect([status, headers['content-encoding'], headers.vary]).toEqual([200, coding, 'Accept-Encoding']);
      expect(headers).not.toHaveProperty('content-length');
      expect(bytes.length).toBeLessThan(plain.text.length / 10);
      const answer = JSON.parse(decoders[coding](bytes).toString());
      expect(answer).toEqual({ data: { accessProfiles: { nodes: written.slice(0, count) } } });
    }
    expect(edge.log.filter(({ msg }) => msg === 'request')).toMatchObject(Array(3).fill({ status: 200, codes: [] }));
  });

  it('leaves alone what is small', async () => {
    await using edge = await startEdge({}, { world });
    const { headers, answer } = await edge.ask('{ __typename }', undefined, { 'accept-encoding': 'br, gzip' });
    expect(answer).toEqual({ data: { __typename: 'Query' } });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it.each<[string | undefined, string | null]>([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;Q=0.5', 'gzip'],
    ['br;q=0.1, gzip;q=0.2', 'gzip'],
    ['br;q=0, gzip ; q=0.000', null],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['*;q=0, gzip', 'gzip'],
    ['identity, gzip;q=0.5', null],
    ['gzip;q=nonsense', null],
  ])('for %j is %j', (accepted, coding) => expect(codingFor(accepted)).toBe(coding));
});

async function bytesOf(url: string, coding: string) {
  const [response] = await once(
    request(url, { agent: false, headers: { authorization: `Bearer ${adminKey}`, 'accept-encoding': coding } }).end(),
    'response',
  );
  if (!(response instanceof IncomingMessage)) throw new Error('no response');
  return { status: response.statusCode, headers: response.headers, bytes: await buffer(response) };
}
