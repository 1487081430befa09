import { expect } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { SandboxOptions } from '../../src/sandbox/server.ts';
import type { World } from '../../src/sandbox/world.ts';
import { graphql } from '../generated/gql.ts';
import type { AskEverythingQuery } from '../generated/graphql.ts';
import { type SandboxedGateway, startGateway, type TestGateway } from '../support/gateway.ts';
import { NaiveHierarchy } from './naive-hierarchy.ts';

export const askEverything = graphql(`
  query AskEverything {
    inheritanceGraph {
      nodes { profileId }
      edges { child { profileId } parent { profileId } }
      cycles { profileId }
      missingProfileIds
      depth
      truncated
      truncatedBy
    }
    inheritanceFindings { kind message profiles { profileId } }
  }
`);

export const askProfiles = graphql(`
  query AskProfiles {
    accessProfiles(first: 500) {
      nodes {
        profileId
        ancestors { depth profile { profileId } }
        parents: ancestors(maxDepth: 1) { depth profile { profileId } }
        descendants { depth profile { profileId } }
        children: descendants(maxDepth: 1) { depth profile { profileId } }
        effectiveEntitlements {
          direct
          entitlement { datasourceId entityType entityId assignedToEntityType assignedToEntityId }
          grantedBy { profileId }
          paths { profileId }
        }
      }
    }
  }
`);

export const askPath = graphql(`
  query AskPath($from: ID!, $to: ID!) {
    accessProfile(id: $from) { inheritancePath(ancestor: $to) { profileId } }
  }
`);

/** A gateway that answers whatever it costs. */
export function startGenerous(
  options: SandboxOptions = {},
  settings: Parameters<typeof startGateway>[1] = {},
): Promise<SandboxedGateway> {
  return startGateway(options, { limits: { ...loadConfig([], {}).limits, MAX_COST: 1_000_000 }, ...settings });
}

const idsOf = (profiles: readonly { readonly profileId: string }[]) => profiles.map(({ profileId }) => profileId);

/** Asks for the graph and the findings, and compares with the naive answer. */
export async function checkWhole(gateway: TestGateway, world: World): Promise<void> {
  const naive = new NaiveHierarchy(world);
  const { data, errors } = await gateway.ask(askEverything);
  expect(errors).toBeUndefined();
  const graph = data?.inheritanceGraph;
  expect(idsOf(graph?.nodes ?? [])).toEqual(naive.ids);
  expect(graph?.edges.map(({ child, parent }) => `${child.profileId}>${parent.profileId}`).sort()).toEqual(
    naive.edges(),
  );
  expect(graph?.cycles.map((cycle) => idsOf(cycle).join('>')).sort()).toEqual(naive.cycles());
  expect(graph?.missingProfileIds).toEqual(naive.missing());
  expect(graph?.depth).toBe(naive.depth());
  expect(graph).toMatchObject({ truncated: false, truncatedBy: [] });
  expect((data?.inheritanceFindings ?? []).map(lineOf).sort()).toEqual(naive.findings());
}

type Finding = NonNullable<AskEverythingQuery['inheritanceFindings']>[number];

/** A finding as the naive hierarchy writes it. */
function lineOf({ kind, message, profiles }: Finding): string {
  const ids = idsOf(profiles);
  switch (kind) {
    case 'CYCLE':
      return `CYCLE ${ids.join('>')}`;
    case 'DUPLICATE_ENTITLEMENT':
      return `${kind} ${ids[0]}`;
    case 'TYPE_RULE_VIOLATION':
      return `${kind} ${ids} ${/ breaks (?<rule>\w+):/.exec(message)?.groups?.['rule']}`;
    default:
      return `${kind} ${ids}`;
  }
}

/** Asks each profile what is above and below it and what it grants, and compares with the naive answers. */
export async function checkProfiles(gateway: TestGateway, world: World): Promise<void> {
  const naive = new NaiveHierarchy(world);
  const { data, errors } = await gateway.ask(askProfiles);
  expect(errors).toBeUndefined();
  expect(idsOf(data?.accessProfiles?.nodes ?? [])).toEqual(naive.ids);
  for (const node of data?.accessProfiles?.nodes ?? []) {
    const { profileId: id, ancestors, descendants, effectiveEntitlements } = node;
    expect(reached(ancestors ?? [])).toEqual(without(naive.above(id), id));
    expect(reached(descendants ?? [])).toEqual(without(naive.below(id), id));
    expect(node.parents?.map(({ profile }) => profile.profileId)).toEqual(
      naive.parents(id).filter((each) => each !== id),
    );
    expect(node.children?.map(({ profile }) => profile.profileId).sort()).toEqual(
      naive
        .children(id)
        .filter((each) => each !== id)
        .sort(),
    );
    const depths = ancestors?.map(({ depth }) => depth);
    expect(depths).toEqual(depths?.toSorted(ascending));
    const effective = naive.effective(id);
    expect(effectiveEntitlements?.map(keyOf).sort()).toEqual([...effective.keys()].sort());
    for (const grant of effectiveEntitlements ?? []) {
      const expected = effective.get(keyOf(grant));
      expect(grant.direct).toBe(expected?.direct);
      expect(idsOf(grant.grantedBy).sort()).toEqual(expected?.grantedBy);
      expect(grant.paths.map((path) => path.at(-1)?.profileId)).toEqual(idsOf(grant.grantedBy));
      for (const path of grant.paths) checkPath(naive, idsOf(path), id, idsOf(path).at(-1) ?? '');
    }
  }
}

/** A path goes from one to the other by edges that are there, and none is shorter. */
export function checkPath(naive: NaiveHierarchy, path: readonly string[], from: string, to: string): void {
  expect([path[0], path.at(-1)]).toEqual([from, to]);
  path.slice(1).forEach((parent, i) => void expect(naive.parents(path[i] ?? '')).toContain(parent));
  expect(path.length - 1).toBe(naive.above(from).get(to));
}

const ascending = (a: number, b: number) => a - b;

function reached(list: readonly { readonly depth: number; readonly profile: { readonly profileId: string } }[]) {
  return new Map(list.map(({ depth, profile }) => [profile.profileId, depth]));
}

function without(distances: ReadonlyMap<string, number>, id: string): Map<string, number> {
  return new Map([...distances].filter(([each]) => each !== id));
}

function keyOf({ entitlement }: { readonly entitlement: Entitlement }): string {
  const { datasourceId, entityType, entityId, assignedToEntityType, assignedToEntityId } = entitlement;
  return [datasourceId, entityType, entityId, assignedToEntityType ?? '', assignedToEntityId ?? ''].join('|');
}

interface Entitlement {
  readonly datasourceId: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly assignedToEntityType: string | null;
  readonly assignedToEntityId: string | null;
}
