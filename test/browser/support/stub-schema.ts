import { createSchema } from 'graphql-yoga';
import type { StubProfile } from './world.ts';

/** As much of the gateway's schema as the page's tests use, answered from memory. */
const typeDefs = `
  scalar StringMap
  interface Node { id: ID! }
  interface Error { message: String! }
  enum InheritanceDirection { ANCESTORS DESCENDANTS BOTH }
  input StringListFilter { has: String }
  input StringFilter { eq: String contains: String }
  input AccessProfileFilter { name: StringFilter labels: StringListFilter integrations: StringListFilter }
  type Query {
    accessProfile(id: ID!): AccessProfile
    "Profiles, one page at a time."
    accessProfiles(filter: AccessProfileFilter, first: Int, after: String): AccessProfileConnection!
    inheritanceGraph(roots: [ID!], filter: AccessProfileFilter, direction: InheritanceDirection = BOTH, maxDepth: Int): InheritanceGraph!
  }
  "An access profile."
  type AccessProfile implements Node {
    id: ID!
    profileId: String!
    name: String!
    description: String
    state: String!
    labels: [String!]!
    integrations: [String!]!
    type: AccessProfileType
    inheritsFrom: [AccessProfile!]!
    inheritedBy: [AccessProfile!]!
    descendants(maxDepth: Int): [InheritedProfile!]!
    entitlements: [Entitlement!]!
    effectiveEntitlements: [EffectiveEntitlement!]!
  }
  type AccessProfileType { name: String! }
  type Entitlement { entityType: String! datasourceId: String! entityId: String! }
  type EffectiveEntitlement { entitlement: Entitlement! direct: Boolean! grantedBy: [AccessProfile!]! paths: [[AccessProfile!]!]! }
  type InheritedProfile { profile: AccessProfile! depth: Int! }
  type AccessProfileConnection { nodes: [AccessProfile!]! pageInfo: PageInfo! scimFilter: String }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type InheritanceGraph {
    nodes: [AccessProfile!]! edges: [InheritanceEdge!]! cycles: [[AccessProfile!]!]!
    missingProfileIds: [String!]! depth: Int! truncated: Boolean! asOf: String!
  }
  type InheritanceEdge { child: AccessProfile! parent: AccessProfile! }
`;

export function createStubSchema(world: readonly StubProfile[]) {
  const byId = new Map(world.map((profile) => [profile.id, profile]));
  const find = (id: string) => byId.get(id.replace(/^AccessProfile:/, ''));
  const parentsOf = (profile: StubProfile) => profile.parentIds.flatMap((id) => find(id) ?? []);
  const childrenOf = (profile: StubProfile) => world.filter((other) => other.parentIds.includes(profile.id));

  function descendantsOf(root: StubProfile) {
    const found = new Map([[root, 0]]);
    for (const [profile, depth] of found) {
      for (const child of childrenOf(profile)) if (!found.has(child)) found.set(child, depth + 1);
    }
    found.delete(root);
    return [...found].map(([profile, depth]) => ({ profile, depth }));
  }

  return createSchema({
    typeDefs,
    resolvers: {
      Query: {
        accessProfile: (_root: unknown, { id }: { id: string }) => find(id) ?? null,
        accessProfiles: (_root: unknown, { first }: { first?: number }) => ({
          nodes: world.slice(0, first ?? 50),
          pageInfo: { hasNextPage: world.length > (first ?? 50), endCursor: null },
        }),
        inheritanceGraph: () => ({
          nodes: world,
          edges: world.flatMap((child) => parentsOf(child).map((parent) => ({ child, parent }))),
          cycles: [],
          missingProfileIds: [],
          depth: 3,
          truncated: false,
          asOf: '2026-01-01T00:00:00Z',
        }),
      },
      AccessProfile: {
        id: (profile: StubProfile) => `AccessProfile:${profile.id}`,
        profileId: (profile: StubProfile) => profile.id,
        type: (profile: StubProfile) => ({ name: profile.type }),
        integrations: () => ['Snowflake'],
        inheritsFrom: parentsOf,
        inheritedBy: childrenOf,
        descendants: descendantsOf,
        entitlements: (profile: StubProfile) => [
          { entityType: 'SnowflakeRole', datasourceId: 'snowflake-1', entityId: `role-${profile.id}` },
        ],
        effectiveEntitlements: (profile: StubProfile) => [
          {
            entitlement: { entityType: 'SnowflakeRole', datasourceId: 'snowflake-1', entityId: `role-${profile.id}` },
            direct: true,
            grantedBy: [profile],
            paths: [[profile]],
          },
        ],
      },
    },
  });
}
