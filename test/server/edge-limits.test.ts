import { request } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, leastMs, refusalMs, startEdge } from './edge-support.ts';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
  // What is compiled at the first request is not what is measured.
  await edge.ask('{ integrations }');
});
afterAll(async () => edge[Symbol.asyncDispose]());

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const nested = (depth: number, open: string, close: string, inner = '') =>
  open.repeat(depth) + inner + close.repeat(depth);

/** Documents that ask for too much, and which limit says so. */
const attacks: Readonly<Record<string, readonly [query: string, limit: string | null, variables?: unknown]>> = {
  'aliases of a list': [`{ ${times(200, (i) => `a${i}: accessProfiles { totalCount }`)} }`, 'MAX_ALIASES'],
  'a field many times over': [`{ accessProfiles { ${times(1900, () => 'scimFilter')} } }`, 'MAX_ALIASES'],
  'aliases within fragments': [
    `{ accessProfiles { nodes { ...A } } } fragment A on AccessProfile { ${times(160, (i) => `a${i}: members { identityId }`)} }`,
    'MAX_ALIASES',
  ],
  'a field in many inline fragments': [
    `{ accessProfiles { ${times(600, () => '... { nodes { id } }')} } }`,
    'MAX_ALIASES',
  ],
  'a field in many fragments': [
    `{ accessProfiles { ${times(140, (i) => `...F${i}`)} } } ${times(140, (i) => `fragment F${i} on AccessProfileConnection { nodes { inheritsFrom { inheritsFrom { id } } } }`)}`,
    'MAX_ALIASES',
  ],
  'a chain of fragments': [
    `{ accessProfiles { nodes { ...F0 } } } ${times(400, (i) => `fragment F${i} on AccessProfile { id ...F${i + 1} }`)} fragment F400 on AccessProfile { id }`,
    'MAX_ALIASES',
  ],
  'deep selections': [`{ accessProfiles { nodes ${nested(40, '{ inheritsFrom ', '}', '{ id }')} } }`, 'MAX_DEPTH'],
  'depth through fragments': [
    `{ accessProfiles { nodes { ...F0 } } } ${times(20, (i) => `fragment F${i} on AccessProfile { inheritsFrom { ...F${i + 1} } }`)} fragment F20 on AccessProfile { id }`,
    'MAX_DEPTH',
  ],
  'thousands of braces': [nested(1900, '{', ''), 'MAX_DEPTH'],
  'a circle of fragments': [
    '{ accessProfiles { nodes { ...A } } } fragment A on AccessProfile { inheritsFrom { ...B } } fragment B on AccessProfile { inheritsFrom { ...A } }',
    null,
  ],
  'fragments that double': [
    `{ accessProfiles { nodes { ...F0 } } } ${times(11, (i) => `fragment F${i} on AccessProfile { inheritsFrom { ...F${i + 1} } inheritedBy { ...F${i + 1} } }`)} fragment F11 on AccessProfile { id }`,
    'MAX_TOKENS',
  ],
  'a flood of directives': [`{ integrations ${times(1000, () => '@skip(if: false)')} }`, 'MAX_DIRECTIVES'],
  'a smaller flood of directives': [`{ integrations ${times(200, () => '@x')} }`, 'MAX_DIRECTIVES'],
  'directives on fields': [
    `{ accessProfiles { ${times(60, () => 'scimFilter @include(if: true)')} } }`,
    'MAX_DIRECTIVES',
  ],
  'root fields': [`{ ${times(130, (i) => `f${i}: integrations`)} }`, 'MAX_ROOT_FIELDS'],
  'many tokens': [`{ ${times(5000, (i) => `f${i}`)} }`, 'MAX_TOKENS'],
  'a nested argument': [
    `{ accessProfiles(filter: ${nested(100, '{ not: ', '}', '{}')}) { totalCount } }`,
    'MAX_INPUT_DEPTH',
  ],
  'a nested variable': [
    'query ($f: AccessProfileFilter) { accessProfiles(filter: $f) { totalCount } }',
    'MAX_INPUT_DEPTH',
    `{ "f": ${nested(20_000, '{"not":', '}', '{}')} }`,
  ],
  'many values in a variable that is not used': [
    '{ integrations }',
    'MAX_INPUT_VALUES',
    JSON.stringify({ a: Array(10_000).fill(1) }),
  ],
  'a nested variable that is not used': ['{ integrations }', 'MAX_INPUT_DEPTH', `{ "a": ${nested(20_000, '[', ']')} }`],
  'members of many lists': [
    `{ ${times(15, (i) => `a${i}: accessProfiles(first: 500) { nodes { members { identityId } } }`)} }`,
    'MAX_COST',
  ],
  'counts of many lists': [
    `{ accessProfileTypes(first: 500) { nodes { ${times(20, (i) => `a${i}: accessProfiles { totalCount }`)} } } }`,
    'MAX_COST',
  ],
  'recursion up and down': [
    `{ accessProfiles(first: 500) { nodes { ${'inheritsFrom { inheritedBy { '.repeat(5)} id ${'} }'.repeat(5)} } } }`,
    'MAX_COST',
  ],
  'an introspection bomb': [
    `{ __schema { types { ${times(30, (i) => `a${i}: fields { type { fields { args { type { name } } } } }`)} } } }`,
    'MAX_COST',
  ],
  'deep introspection': [`{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } }`, null],
};

describe('documents that ask for too much', () => {
  it.each(Object.entries(attacks))('%s', async (_name, [query, limit, variables]) => {
    const before = edge.sandbox.calls.length;
    // Different documents, so that none is known already: other tests keep this machine busy.
    const fastest = await leastMs(async (i) => {
      const { answer, status } = await edge.ask(`${query} # ${i}`, variables);
      expect(answer.data ?? null).toBeNull();
      const [error] = answer.errors ?? [];
      expect(error?.extensions['limit'] ?? null).toBe(limit);
      expect(['BAD_USER_INPUT', 'COST_LIMIT']).toContain(error?.extensions['code']);
      expect(status).toBe(400);
    });
    expect(edge.sandbox.calls.length).toBe(before);
    expect(fastest).toBeLessThan(refusalMs);
  });
});

describe('bodies', () => {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
  };

  it.each([
    ['that say how long they are', (body: string) => body],
    ['in chunks', (body: string) => [body.slice(0, 1000), body.slice(1000)]],
    ['in many chunks', (body: string) => body.match(/.{1,16000}/gs) ?? []],
  ])('of 5 MB %s are refused with 413, in no time', async (_name, form) => {
    const body = form(JSON.stringify({ query: `{ integrations } # ${'x'.repeat(5_000_000)}` }));
    const before = edge.sandbox.calls.length;
    const fastest = await leastMs(async () => {
      const { status, text } = await edge.send('/graphql', { ...post, body });
      expect(status).toBe(413);
      expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', limit: 'MAX_BODY_BYTES' });
    });
    expect(edge.sandbox.calls.length).toBe(before);
    expect(fastest).toBeLessThan(refusalMs);
  });

  it.each([
    ['that say how long they are, as soon as they have', { 'content-length': 2_000_000_000 }, 1],
    ['in chunks, as soon as they are too long', {}, 1_000_001],
  ])('%s, are answered before they have come to an end', async (_name, headers, bytes) => {
    const endless = { ...post, headers: { ...post.headers, ...headers } };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(`${edge.url}/graphql`, { agent: false, ...endless }, (response) => {
        resolve(response.statusCode);
        outgoing.destroy();
      });
      outgoing.once('error', reject);
      outgoing.write('x'.repeat(bytes));
    });
    expect(status).toBe(413);
  });

  it.each(['', '{', 'null', '"query"', '17', '[{"query":"{ integrations }"}]'])('%j is no request', async (body) => {
    const { status, text } = await edge.send('/graphql', { ...post, body });
    expect(status).toBe(400);
    expect(JSON.parse(text).errors[0].message).not.toMatch(/unexpected/i);
  });
});

describe('what a reasonable client asks', () => {
  it('GraphiQL introspects the schema', async () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true });
    const { answer } = await edge.ask(query);
    expect(answer.errors).toBeUndefined();
  });

  it.each([
    ['{ accessProfiles(first: 500) { nodes { members { identityId } } } }', 509 + 1 + 10],
    ['{ accessProfiles { nodes { name type { name } inheritsFrom { name type { name } } } } }', 1 + 1 + 2 * 2 + 18],
    ['{ accessProfiles(filter: { labels: { has: "sales" } }) { nodes { name } } }', 1],
    ['{ accessProfiles(filter: { name: { contains: "s" } }) { nodes { name } } }', 12],
    ['{ a: accessProfile(id: "a") { id } b: accessProfile(id: "b") { id } }', 2 + 18],
    // Neither is asked of the API: it documents no way to say so.
    ['{ accessProfiles(filter: { labels: { isEmpty: true } }) { nodes { name } } }', 12],
    ['{ accessProfiles(filter: { providerIds: { has: "p" } }) { nodes { name } } }', 1],
    ['{ accessProfileTypes { nodes { accessProfiles { totalCount } } } }', 1 + 20 * (1 + 19)],
    ['{ accessProfiles(first: 20) { nodes { inheritedBy { name } } } }', 1 + 1 + 2 * 2 + 12 + 18],
    ['{ integrations __typename }', 1],
    ['{ integrations @skip(if: true) __typename }', 0],
  ])('%s costs %d', async (query, expected) => {
    const { answer } = await edge.ask(query, undefined, { 'x-gateway-cost': '1' });
    expect(answer.extensions?.['cost']).toMatchObject({ estimated: expected, limit: 1000 });
  });

  it.each([
    ['filter: { labels: { has: "a" } } }', 12 + 100 + 22],
    ['filter: { labels: { has: "a" } } }, maxMatches: 250', 12 + 250 + 3 * 22],
    ['ids: ["a", "b"] }', 12 + 2 + 22],
  ])('to label { %s costs %d', async (profiles, expected) => {
    const input = `{ profiles: { ${profiles}, add: ["b"], dryRun: true }`;
    const { answer } = await edge.ask(`mutation { labelAccessProfiles(input: ${input}) { __typename } }`, undefined, {
      'x-gateway-cost': '1',
    });
    expect(answer.extensions?.['cost']).toMatchObject({ estimated: expected });
  });

  it('learns the cost of its operation', async () => {
    const query = '{ accessProfiles(first: 10) { nodes { members { identityId } } } }';
    const before = edge.sandbox.calls.length;
    const { answer } = await edge.ask(query, undefined, { 'x-gateway-cost': '1' });
    const made = edge.sandbox.calls.length - before;
    expect(answer.extensions).toEqual({ cost: { estimated: 11, limit: 1000, upstreamCalls: made } });
    expect((await edge.ask(query)).answer.extensions).toBeUndefined();
  });

  it('is charged by its variables, defaults included', async () => {
    const query = 'query ($n: Int = 200) { accessProfiles(first: $n) { nodes { members { identityId } } } }';
    const cost = async (variables?: unknown) =>
      (await edge.ask(query, variables, { 'x-gateway-cost': '1' })).answer.extensions?.['cost'];
    expect(await cost()).toMatchObject({ estimated: 3 + 1 + 200 + 4 });
    expect(await cost({ n: 3 })).toMatchObject({ estimated: 1 + 3 });
  });
});

it('limits are settings', async () => {
  await using strict = await startEdge({ MAX_COST: '3', MAX_DEPTH: '3', MAX_BODY_BYTES: '500' });
  const limitOf = async (query: string) => (await strict.ask(query)).answer.errors?.[0]?.extensions;
  expect(await limitOf('{ accessProfiles { totalCount } }')).toEqual({
    code: 'COST_LIMIT',
    limit: 'MAX_COST',
    cost: { estimated: 13, limit: 3 },
  });
  expect(await limitOf('{ accessProfiles { nodes { type { id } } } }')).toMatchObject({ limit: 'MAX_DEPTH' });
  expect(await limitOf(`{ integrations } # ${'x'.repeat(500)}`)).toMatchObject({ limit: 'MAX_BODY_BYTES' });
  expect(strict.sandbox.calls).toEqual([]);
});
