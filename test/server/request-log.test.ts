import { describe, expect, it } from 'vitest';
import { adminKey } from '../../src/sandbox/server.ts';
import { createLog, unrecognizedNotes } from '../../src/server/observability/log.ts';
import { type Edge, startEdge } from './edge-support.ts';

const requests = (edge: Edge) => edge.log.filter(({ msg }) => msg === 'request');

describe('the line of a request', () => {
  it('names the caller and the operation, the outcome, the duration and the cost', async () => {
    await using edge = await startEdge();
    await edge.ask('query Names { accessProfiles(first: 1) { nodes { name type { name } } } }');
    expect(requests(edge)).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        operation: 'Names',
        kind: 'query',
        status: 200,
        codes: [],
        durationMs: expect.any(Number),
        upstreamCalls: 2,
        msg: 'request',
      },
    ]);
  });

  it.each<[name: string, query: string, headers: Readonly<Record<string, string>>, expected: object]>([
    [
      'no key',
      '{ integrations }',
      { authorization: '' },
      { status: 401, codes: ['UNAUTHENTICATED'], upstreamCalls: 0 },
    ],
    ['no name', '{ __typename }', {}, { operation: null, kind: 'query', upstreamCalls: 0 }],
    ['no syntax', '{', {}, { operation: null, kind: null, codes: ['BAD_USER_INPUT'] }],
    ['not JSON', '{ __typename }', { 'content-type': 'text/plain' }, { status: 415, operation: null }],
  ])('is there however it ended: %s', async (_name, query, headers, expected) => {
    await using edge = await startEdge();
    await edge.ask(query, undefined, headers);
    expect(requests(edge)).toMatchObject([expected]);
  });

  it('names the failure of a mutation that is its result', async () => {
    await using edge = await startEdge();
    await edge.ask(`mutation M {
      a: setAccessProfileLabels(input: { id: "nobody", labels: [] }) { __typename }
      b: setAccessProfileLabels(input: { id: "nobody", labels: [" "] }) { __typename }
      c: setAccessProfileLabels(input: { id: "nobody", labels: [] }) { __typename }
      d: labelAccessProfiles(input: { profiles: { ids: ["nobody"] }, add: ["x"] }) { __typename }
    }`);
    expect(requests(edge)).toMatchObject([
      { kind: 'mutation', status: 200, codes: ['NotFoundError', 'InvalidInputError'] },
    ]);
  });

  it('names each code once', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 403, match: { path: '/members' }, times: 2 });
    await edge.ask('{ accessProfiles(first: 2) { nodes { members { identityId } } } }');
    expect(requests(edge)).toMatchObject([{ codes: ['FORBIDDEN'], upstreamCalls: 3 }]);
  });

  it('holds no key, no variable, nothing of the document and no answer', async () => {
    await using edge = await startEdge();
    const secret = 'hunter2';
    const headers = { cookie: `session=${secret}`, 'x-secret': secret };
    const query = `query Q($label: String) { # ${secret}
      a: accessProfiles(filter: { labels: { has: $label }, name: { eq: "${secret}" } }) { nodes { name } }
    }`;
    await edge.ask(query, { label: secret }, headers);
    await edge.ask(`{ accessProfile(id: "AccessProfileType:${secret}") { name } }`, undefined, headers);
    await edge.ask(query, { label: { secret } }, headers);
    await edge.send(`/graphql?secret=${secret}`);
    await edge.send(`/${secret}`);
    edge.sandbox.faults.add({ kind: 'answer', body: { values: [{ id: secret, name: { secret } }] } });
    await edge.ask('{ accessProfiles(first: 1) { nodes { name } } }', undefined, headers);
    expect(requests(edge).length).toBeGreaterThanOrEqual(4);
    expect(edge.logText()).not.toContain(secret);
    expect(edge.logText()).not.toContain(adminKey);
  });

  it('cuts a name that is too long', async () => {
    await using edge = await startEdge();
    await edge.ask(`query ${'N'.repeat(5000)} { __typename }`);
    expect(requests(edge)).toMatchObject([{ operation: 'N'.repeat(100) }]);
  });
});

describe('an unknown value from the API', () => {
  it('is logged once in the whole gateway', async () => {
    await using edge = await startEdge({}, { integerEnums: true });
    for (const { id } of [...edge.sandbox.store.profiles()].slice(0, 3)) {
      edge.sandbox.faults.add({
        kind: 'answer',
        body: { values: [{ id, state: 'ARCHIVED', current_version: { version_number: 1, state: 9 } }] },
      });
      const { answer } = await edge.ask('{ accessProfiles(first: 1) { nodes { state currentVersion { state } } } }');
      expect(answer.data?.['accessProfiles']).toEqual({
        nodes: [{ state: 'UNRECOGNIZED', currentVersion: { state: 'UNRECOGNIZED' } }],
      });
    }
    const told = edge.log.filter(({ enumeration }) => enumeration !== undefined);
    expect(told.map(({ enumeration, value }) => `${enumeration} ${value}`).sort()).toEqual([
      'AccessProfileState ARCHIVED',
      'AccessProfileVersionState 9',
    ]);
  });

  it('is cut, and only so many are logged', () => {
    const lines: string[] = [];
    const notes = unrecognizedNotes(createLog('warn', { write: (line: string) => void lines.push(line) }));
    notes.unrecognized('State', 'x'.repeat(10_000));
    notes.unrecognized('State', 'x'.repeat(10_001));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(300);
    for (let i = 0; i < 5000; i++) notes.unrecognized('State', `value ${i}`);
    expect(lines).toHaveLength(1000);
  });
});
