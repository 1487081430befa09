import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import type { SandboxOptions } from '../../src/sandbox/server.ts';
import { startEdge } from './edge-support.ts';

interface Case {
  readonly faults?: readonly Fault[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly options?: SandboxOptions;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly retryAfter?: number;
}

const always = 1000;
const callers = Array.from({ length: 6 }, (_, i) => ({ key: btoa(`caller-${i}`), role: 'viewer' as const }));
const rename = 'mutation { setAccessProfileLabels(input: { id: "climber", labels: ["a"] }) { __typename } }';
const climber = { ...builtInWorld(), profiles: [{ id: 'climber', name: 'Climber', profile_type: 'type' }] };

/** Each row of the README's table of codes, provoked. */
const cases: Readonly<Record<string, Case>> = {
  UNAUTHENTICATED: { headers: { authorization: 'Bearer bm9ib2R5' } },
  FORBIDDEN: { faults: [{ kind: 'status', status: 403 }] },
  NOT_FOUND: { faults: [{ kind: 'status', status: 404 }] },
  NOT_SUPPORTED: { query: '{ accessProfiles { nodes { draftVersion { state } } } }' },
  BAD_USER_INPUT: { query: '{ accessProfiles(first: 501) { scimFilter } }' },
  CONFLICT: { faults: [{ kind: 'status', status: 409 }] },
  RATE_LIMITED: { faults: [{ kind: 'status', status: 429, retryAfter: 77, times: always }], retryAfter: 77 },
  UPSTREAM_TIMEOUT: { faults: [{ kind: 'hang', times: always }], environment: { UPSTREAM_TIMEOUT_MS: '50' } },
  UPSTREAM_UNAVAILABLE: { faults: [{ kind: 'status', status: 503, times: always }] },
  UPSTREAM_INVALID_RESPONSE: { faults: [{ kind: 'answer', body: { values: 'no list' } }] },
  WRITE_OUTCOME_UNKNOWN: {
    query: rename,
    options: { world: climber },
    // The write is not answered, and neither is the look at what became of it.
    faults: [
      { kind: 'reset-after', match: { method: 'PATCH' } },
      { kind: 'status', status: 500, match: { method: 'GET' }, skip: 2, times: always },
    ],
  },
  OVERLOADED: {
    // Those that may wait are given up after a while: making their calls one by one would take much longer.
    environment: { UPSTREAM_CONCURRENCY: '1', UPSTREAM_TIMEOUT_MS: '60000', REQUEST_TIMEOUT_MS: '8000' },
    options: { profiles: 480, keys: callers, latencyMs: 1, membersInVersion: false },
    retryAfter: 1,
  },
  // No answer has it; edge-cancel.test.ts finds it in the log.
  CANCELLED: {},
  COST_LIMIT: { environment: { MAX_COST: '10' }, query: '{ accessProfiles { totalCount } }' },
  // change-feed.test.ts and subscription.test.ts show it.
  EVENTS_LOST: {},
  // persisted-queries.test.ts shows who needs them.
  PERSISTED_QUERY_NOT_FOUND: {},
  PERSISTED_QUERY_NOT_SUPPORTED: {},
  INTERNAL: {
    options: {
      world: { ...climber, profiles: [{ id: '..', name: 'Climber', profile_type: 'type' }] },
      membersInVersion: false,
    },
    query: '{ accessProfiles { nodes { members { identityId } } } }',
  },
};

/** Provoked in tests of their own. */
const elsewhere = new Set([
  'OVERLOADED',
  'CANCELLED',
  'EVENTS_LOST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

describe('the codes of errors', () => {
  it('are all provoked here', () => {
    const source = readFileSync(new URL('../../src/errors.ts', import.meta.url), 'utf8');
    const codes = [...(/export type ErrorCode =[^;]*/.exec(source)?.[0] ?? '').matchAll(/'([A-Z_]+)'/g)];
    expect(Object.keys(cases)).toEqual(codes.map(([, code]) => code));
  });

  it.each(Object.entries(cases).filter(([code]) => !elsewhere.has(code)))('%s', async (code, each) => {
    await using edge = await startEdge(each.environment, each.options);
    edge.sandbox.faults.add(...(each.faults ?? []));
    const { answer, text, headers } = await edge.ask(each.query ?? '{ integrations }', undefined, each.headers);
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions['code']);
    expect(new Set(codes)).toEqual(new Set([code]));
    expect(headers['retry-after']).toBe(each.retryAfter?.toString());
    expect(text).not.toMatch(new RegExp(`Bearer [A-Za-z0-9]|${new URL(edge.sandbox.origin).host}|    at `));
  });

  it('OVERLOADED', async () => {
    const { environment, options } = cases['OVERLOADED'] ?? {};
    await using edge = await startEdge(environment, options);
    // Each waits for hundreds of calls of its own, which callers do not share; together they are more than may wait.
    const query = '{ accessProfiles(first: 480) { nodes { members { identityId } } } }';
    const answers = await Promise.all(
      callers.map(({ key }) => edge.ask(query, undefined, { authorization: `Bearer ${key}` })),
    );
    const overloaded = answers.filter(({ text }) => text.includes('"OVERLOADED"'));
    expect(overloaded.length).toBeGreaterThan(0);
    for (const { headers } of overloaded) expect(headers['retry-after']).toBe('1');
  });
});
