import { describe, expect, it } from 'vitest';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import { startEdge } from './edge-support.ts';

describe('errors of the API', () => {
  it('have a code, and the code and id of the API’s error', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 403, match: { path: ':available_integrations' } });
    const { status, answer } = await edge.ask('{ integrations }');
    expect(status).toBe(200);
    expect(answer.data).toEqual({ integrations: null });
    expect(answer.errors).toEqual([
      {
        message:
          'The gateway asked the Veza API to list the available integrations: the key is not allowed to do that.',
        path: ['integrations'],
        locations: [{ line: 1, column: 3 }],
        extensions: {
          code: 'FORBIDDEN',
          upstream: { status: 403, code: 'PermissionDenied', requestId: expect.stringMatching(/^[0-9a-f]{32}$/) },
        },
      },
    ]);
  });

  it('make their own edge null and leave the rest', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 403, match: { path: '/members' } });
    const { answer } = await edge.ask('{ accessProfiles(first: 2) { nodes { name members { identityId } } } }');
    const [error, ...others] = answer.errors ?? [];
    const failed = error?.path?.[2];
    expect(others).toEqual([]);
    expect(error).toMatchObject({
      path: ['accessProfiles', 'nodes', expect.any(Number), 'members'],
      extensions: { code: 'FORBIDDEN', upstream: { status: 403 } },
    });
    expect(error?.extensions).not.toHaveProperty('partial');
    const name = expect.any(String);
    const nodes = [0, 1].map((i) => ({ name, members: i === failed ? null : expect.any(Array) }));
    expect(answer.data).toEqual({ accessProfiles: { nodes } });
  });

  it('say when to retry', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'status', status: 429, retryAfter: 120, times: 9 });
    const { answer } = await edge.ask('{ integrations }');
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 120 });
  });

  it('carry nothing of a foreign page', async () => {
    await using edge = await startEdge();
    edge.sandbox.faults.add({ kind: 'html', status: 404 });
    const { text } = await edge.ask('{ integrations }');
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toMatch(/<html|<body/i);
    expect(text).not.toContain(new URL(edge.sandbox.origin).host);
  });
});

describe('errors of the gateway itself', () => {
  // An id that can not stand in a path: no API has one, and nothing is prepared for it.
  const world = { ...builtInWorld(), profiles: [{ id: '..', name: 'Climber', profile_type: 'type' }] };

  it('are masked at any path and written to the log', async () => {
    await using edge = await startEdge({}, { world });
    const { answer } = await edge.ask('{ accessProfiles { nodes { name members { identityId } } } }');
    expect(answer).toMatchObject({
      data: { accessProfiles: { nodes: [{ name: 'Climber', members: null }] } },
      errors: [
        {
          message: 'Something went wrong in the gateway; its log says more.',
          path: ['accessProfiles', 'nodes', 0, 'members'],
          extensions: { code: 'INTERNAL' },
        },
      ],
    });
    expect(JSON.stringify(answer)).not.toMatch(/RangeError|not an id|\.ts/);
    expect(edge.log.find(({ msg }) => msg === 'unexpected error')).toMatchObject({ err: { type: 'RangeError' } });
  });
});

describe('errors of the question', () => {
  it.each([
    ['a syntax error', '{ integrations', undefined],
    ['an unknown field', '{ colour }', undefined],
    ['a variable of the wrong type', 'query ($n: Int) { accessProfiles(first: $n) { nodes { name } } }', { n: 'many' }],
    ['an argument out of range', '{ accessProfiles(first: 501) { nodes { name } } }', undefined],
    ['a cursor that is none', '{ accessProfiles(after: "x") { nodes { name } } }', undefined],
    ['a filter that is none', '{ accessProfiles(scimFilter: "name eq") { nodes { name } } }', undefined],
    ['an id of another kind', '{ accessProfile(id: "AccessProfileType:x") { name } }', undefined],
  ])('are BAD_USER_INPUT, and cost no call: %s', async (_name, query, variables) => {
    await using edge = await startEdge();
    const { answer } = await edge.ask(query, variables);
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    expect(edge.sandbox.calls).toEqual([]);
  });
});
