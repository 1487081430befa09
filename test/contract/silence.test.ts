import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/server.ts';
import type { WorldProfile } from '../../src/sandbox/world.ts';
import { gatewayTo, startGateway, type TestGateway } from '../support/gateway.ts';
import { every, runs } from '../support/runs.ts';
import { type Deception, deceiving, deceptions } from './deviants/deceiving.ts';
import { startUpstream, type Upstream } from './upstream.ts';

/** 230 profiles in chains of five, so that the list has three pages, and parents and children lie on others. */
const count = 230;
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const states = ['RUNNING', 'PAUSED', 'DRY_RUN'] as const;
const words = ['Sales', 'Legal', 'Nurses', 'Finance', 'Support'];
const parentsOf = (n: number) => [n + 46, n + 92].filter((parent) => parent <= count);

const world: World = {
  types: [{ id: 'type', name: 'Type' }],
  profiles: Array.from({ length: count }, (_, i): WorldProfile => {
    const n = i + 1;
    return {
      id: id(n),
      name: `Profile ${n} of ${words[n % words.length]}`,
      description: n % 3 === 0 ? `about ${words[n % 4]} ${n}` : '',
      state: states[n % states.length] ?? 'RUNNING',
      profile_type: 'type',
      labels: [`label-${n % 7}`, `own-${n}`],
      inherits: parentsOf(n).map(id),
      created_at: new Date(Date.UTC(2024, 0, 1, n)).toISOString(),
      entities: [{ entity_type: 'Group', datasource_id: 'source', entity_id: `group-${n % 50}` }],
    };
  }),
};

const all = Array.from({ length: count }, (_, i) => i + 1);
const nodes = (numbers: readonly number[]) => numbers.map((n) => ({ profileId: id(n) }));
const childrenOf = (n: number) => all.filter((child) => parentsOf(child).includes(n));
const above = (n: number): readonly number[] => [...new Set(parentsOf(n).flatMap((each) => [each, ...above(each)]))];
const below = (n: number): readonly number[] => [...new Set(childrenOf(n).flatMap((each) => [each, ...below(each)]))];
const name = (n: number) => `Profile ${n} of ${words[n % words.length]}`;

interface Question {
  readonly name: string;
  /** A field, and the value that it must have if it has no error. */
  readonly field: string;
  readonly value: unknown;
}

const missing = '00000000-0000-4000-8000-999999999999';

const list = (filter: string, matches: (n: number) => boolean): readonly Question[] => {
  const found = all.filter(matches);
  return [
    {
      name: filter,
      field: `accessProfiles(${filter}, first: 500) { totalCount nodes { profileId } pageInfo { hasNextPage } }`,
      value: { totalCount: found.length, nodes: nodes(found), pageInfo: { hasNextPage: false } },
    },
    {
      name: `${filter}, first`,
      field: `accessProfiles(${filter}, first: 3) { nodes { profileId } pageInfo { hasNextPage } }`,
      value: { nodes: nodes(found.slice(0, 3)), pageInfo: { hasNextPage: found.length > 3 } },
    },
  ];
};

const several = (from: number, to: number) => all.slice(from - 1, to);

const questions: readonly Question[] = [
  { name: 'a profile', field: `accessProfile(id: "${id(150)}") { name }`, value: { name: name(150) } },
  { name: 'no profile', field: `accessProfile(id: "${missing}") { name }`, value: null },
  { name: 'a node', field: `node(id: "AccessProfile:${id(211)}") { id }`, value: { id: `AccessProfile:${id(211)}` } },
  ...[1, 2, 5, 50, 100].map(
    (gone): Question => ({
      name: `${gone} missing nodes, then 60`,
      field: `nodes(ids: ${JSON.stringify([
        ...Array.from({ length: gone }, (_, i) => `AccessProfile:${missing.slice(0, -3)}${String(i).padStart(3, '0')}`),
        ...several(121, 180).map((n) => `AccessProfile:${id(n)}`),
      ])}) { id }`,
      value: [
        ...Array.from({ length: gone }, () => null),
        ...several(121, 180).map((n) => ({ id: `AccessProfile:${id(n)}` })),
      ],
    }),
  ),
  {
    name: 'parents and children',
    field: `accessProfile(id: "${id(110)}") { inheritsFrom { profileId } missingParentIds inheritedBy { profileId } }`,
    value: {
      inheritsFrom: nodes(parentsOf(110)),
      missingParentIds: [],
      inheritedBy: nodes(childrenOf(110).toReversed()),
    },
  },
  {
    name: 'parents of a page',
    field: 'accessProfiles(first: 40) { nodes { inheritsFrom { profileId } missingParentIds } }',
    value: {
      nodes: several(1, 40).map((n) => ({ inheritsFrom: nodes(parentsOf(n)), missingParentIds: [] })),
    },
  },
  {
    name: 'effective entitlements',
    field: `accessProfile(id: "${id(3)}") { effectiveEntitlements { entitlement { entityId } } }`,
    value: {
      effectiveEntitlements: [...new Set([3, ...above(3)].map((n) => `group-${n % 50}`))].map((entityId) => ({
        entitlement: { entityId },
      })),
    },
  },
  {
    name: 'descendants',
    field: `accessProfile(id: "${id(200)}") { descendants { profile { profileId } } }`,
    value: { descendants: below(200).map((n) => ({ profile: { profileId: id(n) } })) },
  },
  {
    name: 'who grants an entity',
    field:
      'accessProfilesGranting(entity: { datasourceId: "source", entityId: "group-7" }, includeInherited: false) { profileId }',
    value: nodes(all.filter((n) => n % 50 === 7)),
  },
  ...list('filter: { name: { contains: "rofile 1" } }', (n) => name(n).includes('rofile 1')),
  ...list('filter: { name: { contains: "ale" } }', (n) => name(n).includes('ale')),
  ...list('filter: { name: { startsWith: "Profile 2" } }', (n) => name(n).startsWith('Profile 2')),
  ...list('filter: { name: { endsWith: "urses" } }', (n) => name(n).endsWith('urses')),
  ...list(`filter: { name: { in: ${JSON.stringify([2, 120, 229].map(name))} } }`, (n) => [2, 120, 229].includes(n)),
  ...list(`filter: { name: { in: ${JSON.stringify(several(101, 140).map(name))} } }`, (n) => n > 100 && n <= 140),
  ...list('filter: { state: { eq: PAUSED } }', (n) => n % 3 === 1),
  ...list('filter: { state: { in: [PAUSED, DRY_RUN] } }', (n) => n % 3 !== 0),
  ...list(`filter: { id: { in: ${JSON.stringify(several(81, 130).map(id))} } }`, (n) => n > 80 && n <= 130),
  ...list(`filter: { id: { eq: "${id(140)}" } }`, (n) => n === 140),
  ...list('filter: { createdAt: { gte: "2024-01-06T00:00:00Z" } }', (n) => n >= 120),
  ...list('filter: { createdAt: { gt: "2024-01-03T00:00:00Z", lt: "2024-01-05T00:00:00Z" } }', (n) => n > 48 && n < 96),
  ...list(`filter: { inheritsFrom: { eq: "${id(200)}" } }`, (n) => parentsOf(n).includes(200)),
  ...list(`filter: { inheritedBy: { eq: "${id(100)}" } }`, (n) => parentsOf(100).includes(n)),
  ...list('filter: { labels: { has: "label-3" }, name: { contains: "egal" } }', (n) => n % 7 === 3 && n % 5 === 1),
  ...list(
    `filter: { labels: { hasAny: ${JSON.stringify(several(90, 130).map((n) => `own-${n}`))} } }`,
    (n) => n >= 90 && n <= 130,
  ),
  ...list('filter: { labels: { hasAny: ["own-1", "own-120", "own-230"] } }', (n) => [1, 120, 230].includes(n)),
  ...list(
    'filter: { or: [{ name: { endsWith: "egal" }, state: { eq: RUNNING } }, { labels: { has: "own-200" } }] }',
    (n) => (n % 5 === 1 && n % 3 === 0) || n === 200,
  ),
  ...list(
    'scimFilter: "name co \\"12 \\" or name co \\"30 \\""',
    (n) => name(n).includes('12 ') || name(n).includes('30 '),
  ),
  ...list(`scimFilter: "id eq \\"${id(77)}\\" or id eq \\"${id(177)}\\""`, (n) => n === 77 || n === 177),
  ...list(
    'scimFilter: "name sw \\"Profile 9\\" and state eq \\"RUNNING\\""',
    (n) => name(n).startsWith('Profile 9') && n % 3 === 0,
  ),
  ...list('scimFilter: "labels co \\"label-6\\" and description pr"', (n) => n % 7 === 6 && n % 3 === 0),
];

/** Asks a question, and gives what is wrong with the answer: nothing where it is right, or an error stands for it. */
async function mistakeIn(gateway: TestGateway, { name: title, field, value }: Question): Promise<string | null> {
  const { data, errors } = await gateway.ask<{ readonly answer?: unknown }, never>(`{ answer: ${field} }`);
  if (errors !== undefined && errors.length > 0) return null;
  const given = JSON.stringify(data?.answer);
  const isRight = given === JSON.stringify(value) || sorted(data?.answer) === sorted(value);
  return isRight ? null : `${title}: ${given?.slice(0, 300)}`;
}

/** Without the order of edges, which is the API's. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) =>
    edges.has(key) && Array.isArray(each) ? each.map((one) => JSON.stringify(one)).sort() : each,
  );
}

const edges = new Set(['inheritedBy', 'descendants', 'effectiveEntitlements']);

/** Walks through a list by cursors; null where it ends with an error. */
async function walk(gateway: TestGateway, filter: string, onPage: () => void): Promise<readonly string[] | null> {
  const found: string[] = [];
  let after = '';
  for (;;) {
    const query = `{ accessProfiles(${filter}, first: 40${after}) { nodes { profileId } pageInfo { hasNextPage endCursor } } }`;
    const { data, errors } = await gateway.ask<ListAnswer, never>(query);
    if (errors !== undefined && errors.length > 0) return null;
    const list = data?.accessProfiles;
    found.push(...(list?.nodes.map(({ profileId }) => profileId) ?? []));
    if (!list?.pageInfo.hasNextPage) return found;
    after = `, after: "${list.pageInfo.endCursor}"`;
    onPage();
  }
}

interface ListAnswer {
  readonly accessProfiles?: {
    readonly nodes: readonly { readonly profileId: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const walked: readonly [filter: string, matches: (n: number) => boolean][] = [
  ['filter: { name: { contains: "rofile 1" } }', (n) => name(n).includes('rofile 1')],
  ['filter: { state: { in: [PAUSED, RUNNING] } }', (n) => n % 3 < 2],
  [`filter: { id: { in: ${JSON.stringify(several(81, 130).map(id))} } }`, (n) => n > 80 && n <= 130],
];

/** An API that deceives as the test says, or as it should be while `isActive` says no. */
const startDeceiving = (deception: () => Deception, isActive: () => boolean): Promise<Upstream> =>
  startUpstream(world, {
    name: 'deceiving',
    changes: true,
    sandbox: { openFilters: true },
    answer: deceiving(deception, isActive),
  });

const askedOf = ({ name }: Deception, offset: number): readonly Question[] =>
  every(
    5,
    offset,
    questions.filter((_, i) => (i + name.length) % 3 === 0 || i < 10),
  );

const mistakesIn = async (gateway: TestGateway, asked: readonly Question[]): Promise<readonly string[]> => {
  const mistakes: (string | null)[] = [];
  for (const question of asked) mistakes.push(await mistakeIn(gateway, question));
  return mistakes.filter((each) => each !== null);
};

describe('the gateway gives no wrong answer', () => {
  // Each of three tests meets another quarter of the deceptions.
  it.each(every(4, 0, deceptions))('of an API with $name from the start', async (deception) => {
    await using upstream = await startDeceiving(
      () => deception,
      () => true,
    );
    await using gateway = gatewayTo(upstream.origin);
    expect(await mistakesIn(gateway, askedOf(deception, 0))).toEqual([]);
  });

  it.each(every(4, 1, deceptions))('of an API with $name after right answers', async (deception) => {
    let isActive = false;
    await using upstream = await startDeceiving(
      () => deception,
      () => isActive,
    );
    await using gateway = gatewayTo(upstream.origin);
    const asked = askedOf(deception, 2);
    expect(await mistakesIn(gateway, asked)).toEqual([]);
    isActive = true;
    expect(await mistakesIn(gateway, asked)).toEqual([]);
  });

  it.each(every(4, 2, deceptions))('in the middle of a list of an API with $name', async (deception) => {
    let isActive = false;
    await using upstream = await startDeceiving(
      () => deception,
      () => isActive,
    );
    for (const [filter, matches] of every(3, deception.name.length, walked)) {
      await using gateway = gatewayTo(upstream.origin);
      isActive = false;
      const found = await walk(gateway, filter, () => {
        isActive = true;
      });
      if (found !== null) expect(found, filter).toEqual(all.filter(matches).map(id));
    }
  });
});

describe('an API that changes', () => {
  const isList = ({ field }: Question) => field.includes('ilter');

  it.each<[when: string, asked: readonly Question[], moment: 'call' | 'question']>([
    // A list and its proof are two calls, made at the same time: nothing can tell that the API changed between them.
    ['between two questions', questions, 'question'],
    ['between two calls', questions.filter((question) => !isList(question)), 'call'],
  ])('%s gives no wrong answer', async (_when, choice, moment) => {
    let deception: Deception = { name: 'none', answer: () => null };
    let count = 0;
    let from = 0;
    await using upstream = await startDeceiving(
      () => deception,
      () => (moment === 'call' ? ++count : count) > from,
    );
    const property = fc.asyncProperty(
      fc.constantFrom(...deceptions),
      fc.shuffledSubarray([...choice], { minLength: 1, maxLength: 6 }),
      fc.nat(moment === 'call' ? 12 : 4),
      async (chosen, asked, start) => {
        await using gateway = gatewayTo(upstream.origin);
        deception = chosen;
        count = 0;
        from = start;
        for (const question of asked) {
          if (moment === 'question') count++;
          expect(await mistakeIn(gateway, question), chosen.name).toBeNull();
        }
      },
    );
    await fc.assert(property, { numRuns: runs(60) });
  });
});

/** Deletes or creates a profile right before some page of the list is read. */
describe.each([
  ['takes ids', true],
  ['refuses ids', false],
])('a list of an API that %s, which moves while it is read', (_api, openFilters) => {
  const whole: readonly Question[] = questions.filter((question) => !isFiltered(question));

  function isFiltered({ field }: Question): boolean {
    return field.includes('ilter') || field.includes('first: 40');
  }

  it('loses no profile that was there throughout', async () => {
    const graph = '{ inheritanceGraph { nodes { profileId } missingProfileIds } }';
    const property = fc.asyncProperty(
      fc.constantFrom(...whole.map(({ field }) => `{ answer: ${field} }`), graph),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 }),
      async (query, moves) => {
        const moving = { ...world, profiles: [...spare, ...world.profiles] };
        await using sandboxed = await startGateway({ world: moving, openFilters });
        const { faults, store } = sandboxed.sandbox;
        for (const [i, page] of moves.entries()) {
          faults.add({
            kind: 'run',
            skip: page,
            match: { path: '/access_profiles' },
            run: () => store.deleteProfile(spare[i]?.id ?? ''),
          });
        }
        const { data, errors } = await sandboxed.ask<Record<string, unknown>, never>(query);
        if (errors !== undefined && errors.length > 0) return;
        if (query === graph) {
          const found = JSON.stringify(data);
          expect(all.filter((n) => !found.includes(id(n)))).toEqual([]);
          expect(data).toMatchObject({ inheritanceGraph: { missingProfileIds: [] } });
        } else {
          const asked = whole.find(({ field }) => query === `{ answer: ${field} }`);
          expect(sorted(data?.['answer'])).toBe(sorted(asked?.value));
        }
      },
    );
    await fc.assert(property, { numRuns: runs(60) });
  });
});

/** Profiles at the start of the list that nobody names: with each that goes, all others move forward. */
const spare: readonly WorldProfile[] = Array.from({ length: 3 }, (_, i) => ({
  id: `spare-${i}`,
  name: `Spare ${i}`,
  profile_type: 'type',
}));
