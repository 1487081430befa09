import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { graphql } from '../generated/gql.ts';
import type { TestGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';
import { arbitraryWorld, grant } from './arbitrary-world.ts';
import { askPath, checkPath, checkProfiles, checkWhole, startGenerous } from './inheritance-support.ts';
import { NaiveHierarchy } from './naive-hierarchy.ts';

/** A circle of three with a short cut, one that names itself, parents that are gone, drafts, and one of a type that is gone. */
const knotted: World = {
  types: [
    { id: 'role', name: 'Role', max_entitlements: 2 },
    { id: 'leaf', name: 'Leaf', allow_inherit_entities: false },
  ],
  profiles: [
    { id: 'a', name: 'A', profile_type: 'role', inherits: ['b', 'gone'], entities: [grant(1)] },
    { id: 'b', name: 'B', profile_type: 'role', inherits: ['c'], entities: [grant(2)] },
    { id: 'c', name: 'C', profile_type: 'role', inherits: ['a', 'b', 'd'], entities: [grant(1), grant(1)] },
    { id: 'd', name: 'D', profile_type: 'leaf', inherits: ['d'], entities: [grant(3)], state: 'PAUSED' },
    { id: 'e', name: 'E', profile_type: 'unlisted', inherits: ['d', 'd', 'lost', 'gone'] },
    {
      id: 'f',
      name: 'F',
      profile_type: 'role',
      versions: [
        { version_number: 1, state: 'RETIRED', inherit_entities_from_access_profiles: ['a'] },
        { version_number: 2, inherit_entities_from_access_profiles: ['e'] },
        { version_number: 3, state: 'DRAFT', inherit_entities_from_access_profiles: ['b'] },
      ],
    },
    {
      id: 'g',
      name: 'G',
      profile_type: 'role',
      versions: [{ state: 'DRAFT', inherit_entities_from_access_profiles: ['a'] }],
    },
  ],
};

const around = graphql(`
  query Around($roots: [ID!], $filter: AccessProfileFilter, $direction: InheritanceDirection, $maxDepth: Int) {
    inheritanceGraph(roots: $roots, filter: $filter, direction: $direction, maxDepth: $maxDepth) {
      nodes { profileId }
      edges { child { profileId } parent { profileId } }
      missingProfileIds
      truncated
    }
  }
`);

const granting = graphql(`
  query Granting($entity: EntityRefInput!, $includeInherited: Boolean) {
    accessProfilesGranting(entity: $entity, includeInherited: $includeInherited) { profileId }
  }
`);

describe.each([
  ['the built-in company', builtInWorld()],
  ['a knotted world', knotted],
])('%s', (_name, world) => {
  it('has the graph and the findings that its records say', async () => {
    await using gateway = await startGenerous({ world });
    await checkWhole(gateway, world);
  });

  it.each([{ openFilters: true }, { openFilters: false }])('answers for each profile, %j', async (options) => {
    await using gateway = await startGenerous({ world, ...options });
    await checkProfiles(gateway, world);
  });
});

describe('any world', () => {
  it('has the graph, the findings and the grants that its records say', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, fc.boolean(), async (world, openFilters) => {
        await using gateway = await startGenerous({ world, openFilters });
        await checkProfiles(gateway, world);
        await checkWhole(gateway, world);
      }),
      { numRuns: runs(40) },
    );
  });

  it('has the neighbourhoods that its records say, whichever way they are read', async () => {
    const directions = fc.constantFrom('ANCESTORS', 'DESCENDANTS', 'BOTH' as const);
    const depths = fc.option(fc.nat({ max: 4 }), { nil: null });
    await fc.assert(
      fc.asyncProperty(
        arbitraryWorld,
        directions,
        depths,
        fc.boolean(),
        async (world, direction, maxDepth, openFilters) => {
          await using gateway = await startGenerous({ world, openFilters });
          const naive = new NaiveHierarchy(world);
          for (const roots of [['p0'], ['p0', 'p3'].filter((id) => naive.ids.includes(id)), naive.ids]) {
            const { data, errors } = await gateway.ask(around, { roots, direction, maxDepth });
            expect(errors).toBeUndefined();
            checkNeighbourhood(naive, roots, direction, maxDepth, data?.inheritanceGraph ?? undefined);
            const filtered = await gateway.ask(around, { filter: { id: { in: roots } }, direction, maxDepth });
            checkNeighbourhood(naive, roots, direction, maxDepth, filtered.data?.inheritanceGraph ?? undefined);
          }
        },
      ),
      { numRuns: runs(30) },
    );
  });

  it('has the paths that its records say', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, fc.boolean(), async (world, openFilters) => {
        await using gateway = await startGenerous({ world, openFilters });
        const naive = new NaiveHierarchy(world);
        const [from = ''] = naive.ids;
        for (const to of [...naive.ids, 'nobody']) {
          const { data, errors } = await gateway.ask(askPath, { from: `AccessProfile:${from}`, to });
          expect(errors).toBeUndefined();
          const path = data?.accessProfile?.inheritancePath?.map(({ profileId }) => profileId);
          if (naive.above(from).has(to)) checkPath(naive, path ?? [], from, to);
          else expect(path).toBeUndefined();
        }
      }),
      { numRuns: runs(15) },
    );
  });

  it('has the profiles that grant something, as its records say', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, async (world) => {
        await using gateway = await startGenerous({ world });
        const naive = new NaiveHierarchy(world);
        for (const number of [0, 1, 4]) {
          const { datasource_id: datasourceId, entity_id: entityId, entity_type: entityType } = grant(number);
          const { holders, heirs } = naive.granting(datasourceId, entityId);
          const entity = { datasourceId, entityId };
          const all = await idsGranting(gateway, entity, null);
          expect(all.slice(0, holders.length)).toEqual(holders);
          expect(all.slice(holders.length).sort()).toEqual(heirs);
          expect(await idsGranting(gateway, entity, false)).toEqual(holders);
          expect(await idsGranting(gateway, { ...entity, entityType }, false)).toEqual(holders);
          expect(await idsGranting(gateway, { ...entity, entityType: 'Another' }, true)).toEqual([]);
        }
      }),
      { numRuns: runs(15) },
    );
  });
});

async function idsGranting(
  gateway: TestGateway,
  entity: { datasourceId: string; entityId: string; entityType?: string },
  includeInherited: boolean | null,
): Promise<string[]> {
  const { data, errors } = await gateway.ask(granting, { entity, includeInherited });
  expect(errors).toBeUndefined();
  return (data?.accessProfilesGranting ?? []).map(({ profileId }) => profileId);
}

interface Part {
  readonly nodes: readonly { readonly profileId: string }[];
  readonly edges: readonly {
    readonly child: { readonly profileId: string };
    readonly parent: { readonly profileId: string };
  }[];
  readonly missingProfileIds: readonly string[];
  readonly truncated: boolean;
}

function checkNeighbourhood(
  naive: NaiveHierarchy,
  roots: readonly string[],
  direction: 'ANCESTORS' | 'DESCENDANTS' | 'BOTH',
  maxDepth: number | null,
  part: Part | undefined,
): void {
  const distances = new Map<string, number>();
  for (const root of roots) {
    const reach = [
      ...(direction === 'DESCENDANTS' ? [] : [naive.above(root)]),
      ...(direction === 'ANCESTORS' ? [] : [naive.below(root)]),
    ];
    for (const [id, distance] of reach.flatMap((each) => [...each])) {
      distances.set(id, Math.min(distance, distances.get(id) ?? Number.POSITIVE_INFINITY));
    }
  }
  const inside = [...distances].filter(([, distance]) => distance <= (maxDepth ?? Number.POSITIVE_INFINITY));
  const ids = inside.map(([id]) => id);
  expect(part?.nodes.map(({ profileId }) => profileId).sort()).toEqual(ids.sort());
  expect(part?.edges.map(({ child, parent }) => `${child.profileId}>${parent.profileId}`).sort()).toEqual(
    naive.edges().filter((edge) => edge.split('>').every((end) => ids.includes(end))),
  );
  expect(part?.missingProfileIds).toEqual(
    naive.missing().filter((gone) => ids.some((child) => naive.named(child).includes(gone))),
  );
  expect(part?.truncated).toBe(ids.length < distances.size);
}
