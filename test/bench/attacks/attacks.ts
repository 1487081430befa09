import { adminKey } from '../../../src/sandbox/server.ts';
import type { upstreams } from './upstreams.ts';

export interface Attack {
  readonly name: string;
  readonly api: keyof typeof upstreams;
  /** Requests that are sent at once. */
  readonly requests: readonly AttackRequest[];
  readonly settings?: Readonly<Record<string, string>>;
}

export interface AttackRequest {
  readonly key: string;
  readonly body: string;
}

const id = (number: number) => `3a2371b6-0000-4000-8000-${String(number).padStart(12, '0')}`;
const missing = (count: number, from = 0) => Array.from({ length: count }, (_, i) => id(1_000_000 + from + i));
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const aliases = (count: number, field: (i: number) => string) =>
  `{ ${times(count, (i) => `a${i}: ${field(i)}`).join(' ')} }`;

const request = (query: string, variables: object = {}, key: string = adminKey): AttackRequest => ({
  key,
  body: JSON.stringify({ query, variables }),
});

const one = (
  name: string,
  api: Attack['api'],
  query: string,
  variables: object = {},
  key: string = adminKey,
): Attack => ({ name, api, requests: [request(query, variables, key)] });

const manyNames = { and: times(1600, (i) => ({ name: { contains: `x${i}` } })) };
const manyInstants = {
  or: times(1600, (i) => ({ updatedAt: { gt: `2031-01-01T00:00:00.${String(i).padStart(9, '0')}Z` } })),
};
const nestedNot = `${'id pr and not('.repeat(500)}id pr${')'.repeat(500)}`;
const wideScim = times(420, (i) => `name co "a${i}"`).join(' or ');
const lists = (count: number, filter: string) =>
  aliases(count, () => `accessProfiles(${filter}, first: 1) { nodes { id } }`);
const introspection = (depth: number): string =>
  depth === 0 ? 'name' : `name fields { type { ${introspection(depth - 1)} } }`;
const wholeTenant = ['mermaid', 'dot', 'nodes { id name }', 'edges { child { id } parent { id } }', 'cycles { id }'];

const listed: readonly Attack[] = [
  one(
    '1,600 tests on name × 50 aliases, a made-up key',
    'company',
    `query ($f: AccessProfileFilter) ${lists(50, 'filter: $f')}`,
    { f: manyNames },
    'made-up',
  ),
  one('the same with a valid key', 'company', `query ($f: AccessProfileFilter) ${lists(50, 'filter: $f')}`, {
    f: manyNames,
  }),
  one(
    'the same, each alias with a filter of its own',
    'company',
    `query ($f: AccessProfileFilter!) ${aliases(50, (i) => `accessProfiles(filter: {and: [$f, {name: {ne: "${i}"}}]}, first: 1) { nodes { id } }`)}`,
    { f: manyNames },
  ),
  one('1,600 instants × 20 aliases', 'company', `query ($f: AccessProfileFilter) ${lists(20, 'filter: $f')}`, {
    f: manyInstants,
  }),
  one(
    '1,600 instants × 20 aliases, 10,000 profiles',
    '10,000 profiles',
    `query ($f: AccessProfileFilter) ${lists(20, 'filter: $f')}`,
    { f: manyInstants },
  ),
  one('scimFilter with 500 nested not × 100 aliases', 'company', `query ($s: String) ${lists(100, 'scimFilter: $s')}`, {
    s: nestedNot,
  }),
  one(
    'scimFilter with 420 comparisons × 100 aliases',
    'company',
    `query ($s: String) ${lists(100, 'scimFilter: $s')}`,
    { s: wideScim },
  ),
  one(
    'scimFilter with 420 comparisons, 10,000 profiles',
    '10,000 profiles',
    `query ($s: String) ${lists(5, 'scimFilter: $s')}`,
    { s: wideScim },
  ),
  one(
    'nodes of 500 ids that do not exist × 100',
    'company',
    `query (${times(100, (i) => `$i${i}: [ID!]!`).join(' ')}) ${aliases(100, (i) => `nodes(ids: $i${i}) { id }`)}`,
    Object.fromEntries(times(100, (i) => [`i${i}`, missing(500, i * 500)])),
  ),
  one(
    'the same where filters are open',
    'company, open filters',
    `query (${times(100, (i) => `$i${i}: [ID!]!`).join(' ')}) ${aliases(100, (i) => `nodes(ids: $i${i}) { id }`)}`,
    Object.fromEntries(times(100, (i) => [`i${i}`, missing(500, i * 500)])),
  ),
  one('nodes of 10,000 ids', 'company', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: missing(10_000) }),
  one(
    'one list of 500 ids × 100 aliases',
    'company, open filters',
    `query ($ids: [ID!]!) ${aliases(100, () => 'nodes(ids: $ids) { id }')}`,
    { ids: missing(500) },
  ),
  one(
    'ancestors with their entitlements',
    '500 profiles in 10 layers',
    '{ accessProfiles(first: 500) { nodes { ancestors { profile { entitlements { entityType datasourceId entityId } } } } } }',
  ),
  one(
    'effective entitlements of everybody',
    '500 profiles in 10 layers',
    '{ accessProfiles(first: 500) { nodes { effectiveEntitlements { direct entitlement { entityType datasourceId entityId } } } } }',
  ),
  one('findings', '10,000 profiles', '{ inheritanceFindings { kind message } }'),
  one(
    'the whole graph',
    '10,000 profiles',
    '{ inheritanceGraph { nodes { id name } edges { child { id } parent { id } } } }',
  ),
  one(
    'the whole graph in 20 shapes',
    '10,000 profiles',
    aliases(20, (i) => `inheritanceGraph { ${wholeTenant[i % wholeTenant.length]} }`),
  ),
  one(
    'who is granted this × 100',
    '10,000 profiles',
    aliases(100, (i) => `accessProfilesGranting(entity: {datasourceId: "d", entityId: "${i}"}) { id }`),
  ),
  one(
    'effective entitlements of 500',
    '10,000 profiles',
    '{ accessProfiles(first: 500) { nodes { effectiveEntitlements { direct entitlement { entityId } } } } }',
  ),
  one(
    'a list that never ends',
    'endless pages',
    '{ accessProfiles(filter: {name: {contains: "x"}}) { nodes { id } totalCount } }',
  ),
  one(
    'lists that never end × 100',
    'endless pages',
    aliases(100, (i) => `accessProfiles(filter: {labels: {has: "${i}"}}) { nodes { id } }`),
  ),
  one('a body of 5 MB', 'company', `# ${'x'.repeat(5_000_000)}\n{ integrations }`),
  one(
    'a body of 1 MB of variables',
    'company',
    'query ($f: AccessProfileFilter) { accessProfiles(filter: $f) { nodes { id } } }',
    { f: { and: times(30_000, () => ({ id: { eq: 'x' } })) } },
  ),
  one('1 MB of numbers in a variable that is not declared', 'company', '{ integrations }', {
    f: times(400_000, () => 1),
  }),
  one(
    'a name of 900 KB in a filter',
    'company',
    'query ($f: AccessProfileFilter) { accessProfiles(filter: $f) { nodes { id } } }',
    { f: { name: { contains: 'x'.repeat(900_000) } } },
  ),
  one('scimFilter of 900 KB', 'company', 'query ($s: String) { accessProfiles(scimFilter: $s) { nodes { id } } }', {
    s: `${'('.repeat(900_000)}`,
  }),
  one('100 aliases of a filter of 1 MB', 'company', `query ($f: AccessProfileFilter) ${lists(100, 'filter: $f')}`, {
    f: { and: times(1600, (i) => ({ name: { contains: `${i}`.padStart(450) } })) },
  }),
  one(
    '2,000 aliases',
    'company',
    aliases(2000, () => 'integrations'),
  ),
  one('4,900 tokens of repeated fields', 'company', `{ ${'integrations '.repeat(4900)} }`),
  one(
    '4,900 tokens of fields of one profile',
    'company',
    `{ accessProfiles { nodes { ${'id name '.repeat(2400)} } } }`,
  ),
  one('4,900 tokens of unknown fields', 'company', `{ ${times(4900, (i) => `accessProfilf${i}`).join(' ')} }`),
  one('10,000 directives', 'company', `{ integrations ${'@include(if: true) '.repeat(10_000)} }`),
  one('selections 5,000 deep', 'company', `${'{ a '.repeat(5000)}${'}'.repeat(5000)}`),
  one(
    'a list literal 5,000 deep',
    'company',
    `{ accessProfiles(filter: ${'['.repeat(5000)}${']'.repeat(5000)}) { nodes { id } } }`,
  ),
  one('fragments in a circle', 'company', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'),
  one(
    'fragments that double 20 times',
    'company',
    `{ ...f0 } ${times(20, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f20 on Query { integrations }`,
  ),
  one('introspection 12 deep', 'company', `{ __schema { types { ${introspection(6)} } } }`),
  one(
    'introspection with aliases',
    'company',
    aliases(100, () => '__schema { types { name fields { name args { name } type { name } } } }'),
  ),
  {
    name: '500 made-up keys at once',
    api: 'company',
    requests: times(500, (i) =>
      request('{ accessProfiles(first: 1) { nodes { id type { name } inheritsFrom { id } } } }', {}, `made-up-${i}`),
    ),
  },
  {
    name: '50 made-up keys with 1,600 tests at once',
    api: 'company',
    requests: times(50, (i) =>
      request(`query ($f: AccessProfileFilter) ${lists(1, 'filter: $f')}`, { f: manyNames }, `made-up-${i}`),
    ),
  },
];

/** A body that no JSON printer would print. */
const deepVariables: Attack = {
  name: 'variables 100,000 deep',
  api: 'company',
  requests: [
    {
      key: adminKey,
      body: `{"query":"query ($f: AccessProfileFilter) { accessProfiles(filter: $f) { nodes { id } } }","variables":{"f":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    },
  ],
};

/** All attacks, each on a gateway of its own. */
export const attacks: readonly Attack[] = [...listed, deepVariables];
