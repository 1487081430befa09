import { expect } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { slice } from './documents.ts';
import { type Fact, factsOf } from './facts.ts';
import { trickyWorld } from './world.ts';

interface Slice {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly profileId: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

interface List {
  readonly name: string;
  readonly filter: object | null;
  readonly holds: (fact: Fact) => boolean;
}

export interface Walk {
  readonly name: string;
  run(gateway: TestGateway): Promise<void>;
}

const facts = factsOf(trickyWorld);
const long = Array.from({ length: 40 }, (_, i) => `tier-${i} ${'y'.repeat(40)}`);

const lists: readonly List[] = [
  { name: 'every profile', filter: null, holds: () => true },
  {
    name: 'profiles of some labels',
    filter: { labels: { hasAny: ['prod', 'tier-1', 'tier-3'] } },
    holds: ({ record }) => record.labels.some((it) => ['prod', 'tier-1', 'tier-3'].includes(it)),
  },
  {
    name: 'profiles in a state',
    filter: { state: { eq: 'PAUSED' } },
    holds: ({ record }) => record.state === 'PAUSED',
  },
  {
    name: 'profiles of a type and without a label',
    filter: { type: { eq: 'type-role' }, not: { labels: { has: 'tier-1' } } },
    holds: ({ record }) => record.profile_type === 'type-role' && !record.labels.includes('tier-1'),
  },
  {
    name: 'profiles by a filter too long for some',
    filter: { labels: { hasAny: [...long, 'tier-2'] } },
    holds: ({ record }) => record.labels.includes('tier-2'),
  },
];

/** Lists read slice by slice, from edges in their middle, and behind their end. */
export const walks: readonly Walk[] = lists.map(({ name, filter, holds }) => ({
  name: `slices of ${name}`,
  async run(gateway: TestGateway): Promise<void> {
    const expected = facts.all.filter(holds).map(({ record }) => record.id);
    const read = (first: number, after: string | null = null) => ask(gateway, { filter, first, after });

    for (const first of [20, 100]) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { edges, pageInfo }: Slice = await read(first, after);
        expect(edges).toHaveLength(Math.min(first, expected.length - seen.length));
        seen.push(...idsOf(edges));
        expect(pageInfo).toEqual({
          hasNextPage: seen.length < expected.length,
          hasPreviousPage: after !== null,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        });
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      expect(seen).toEqual(expected);
    }

    const { edges } = await read(500);
    for (let i = 0; i < edges.length; i += 29) {
      const rest = await read(3, edges[i]?.cursor);
      expect(idsOf(rest.edges)).toEqual(expected.slice(i + 1, i + 4));
    }
    expect(await read(5, edges.at(-1)?.cursor)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  },
}));

function idsOf(edges: Slice['edges']): readonly string[] {
  return edges.map(({ node }) => node.profileId);
}

async function ask(gateway: TestGateway, variables: object): Promise<Slice> {
  const answer = await gateway.ask<{ accessProfiles: Slice }, object>(slice, variables);
  expect(answer.errors).toBeUndefined();
  if (!answer.data) throw new Error('an answer without errors has data');
  return answer.data.accessProfiles;
}
