import type { GraphQLResolveInfo } from 'graphql';
import { GatewayError } from '../../errors.ts';
import {
  isLive,
  type Membership,
  type MembershipWay,
  membershipWays,
  type Person,
  people,
} from '../../inheritance/analysis/membership-ways.ts';
import type { Graph } from '../../inheritance/graph/graph.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import { personKey } from '../../model/identity.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { free, membersOf } from '../field-cost.ts';
import { holdersOf } from '../granted-entity.ts';
import { identityOf, needsIdentity } from '../neighbour.ts';
import { AccessProfileRef, EntityRef, IdentityRef } from '../refs.ts';
import { giveWay, onHierarchy } from '../snapshot.ts';

interface EffectiveMember extends Person<MembershipWay> {
  readonly hierarchy: Hierarchy;
}

const EffectiveMemberRef = builder.objectRef<EffectiveMember>('EffectiveMember').implement({
  description: 'Person who gets entitlements through membership in access profiles.',
  fields: (t) => ({
    identityId: t.exposeString('identityId', {
      description:
        'Id of the identity in Veza lifecycle management. For a person with several identities, one of them.',
    }),
    identityName: t.exposeString('identityName', { nullable: true, description: 'Name of the identity.' }),
    identity: t.field({
      type: IdentityRef,
      nullable: true,
      cost: free,
      description:
        'Identity of the person; null if the Veza API does not return it to your key. Fields other than ids and name cost one request per identity. If you select such a field, identities with the same source record are one person.',
      resolve: (member, _args, { loaders }, info) => identityOf(member, loaders, info),
    }),
    paths: t.field({
      type: t.listRef(t.listRef(AccessProfileRef)),
      cost: { size: () => 6 },
      description:
        'One shortest inheritance path for each profile of which the person is a member: from that profile up to the profile that was asked about or that grants the entity, both included.',
      resolve: ({ ways, hierarchy }, _args, { resultLimit }) =>
        ways.map((way) => {
          const path = way.path();
          resultLimit.spend(path.length);
          return path.map((node) => hierarchy.profileOf(node));
        }),
    }),
    provisioned: t.boolean({
      description:
        'Whether at least one inheritance path, shortest or not, is live: each profile on it is running and its current version is published. False: the membership gives nothing at the moment.',
      resolve: ({ ways }) => ways.some(({ provisioned }) => provisioned),
    }),
  }),
});

builder.objectField(AccessProfileRef, 'effectiveMembers', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: [EffectiveMemberRef],
    cost: membersOf(10),
    needs: 'wantsWhole',
    description:
      'Everybody who gets the entitlements of the profile: its members and the members of all its descendants, each person once, members of the profile first. Profiles of every state count; see `provisioned`. Conditions of entitlements are not evaluated. Requires one scan of all profiles, and one request per profile if the profile list does not include members.',
    resolve: async (profile, _args, context, info) => {
      const [hierarchy, node] = await onHierarchy(
        context,
        profile,
        'down',
        Number.POSITIVE_INFINITY,
        (found, at): readonly [Hierarchy, number] => [found, at],
      );
      return membersReaching(context, info, hierarchy, hierarchy.graphBelow([node]), [node]);
    },
  }),
);

builder.objectField(EntityRef, 'reachedBy', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: [EffectiveMemberRef],
    cost: membersOf(10),
    needs: 'wantsWhole',
    description:
      'Everybody who gets the entity through access profiles, directly or by inheritance, each person once. Profiles of every state count; see `provisioned`. Conditions of entitlements are not evaluated, and access that no profile gives is not included. Requires one scan of all profiles, and one request per profile if the profile list does not include members.',
    resolve: async (entity, _args, context, info) => {
      const { hierarchy, holders } = await holdersOf(context, entity);
      return membersReaching(context, info, hierarchy, hierarchy.graph, holders);
    },
  }),
);

async function membersReaching(
  context: Context,
  info: GraphQLResolveInfo,
  hierarchy: Hierarchy,
  graph: Graph,
  targets: readonly number[],
): Promise<readonly EffectiveMember[]> {
  const { members, callsLeft } = context.loaders;
  const ways = membershipWays(graph, targets, (node) => isLive(hierarchy.profileOf(node)));
  const profiles = ways.map(({ node }) => hierarchy.profileOf(node));
  const lists = await members.ofProfiles(profiles, callsLeft);
  const memberships: Membership<MembershipWay>[] = [];
  for (const [i, way] of ways.entries()) {
    for (const { identityId, identityName } of lists[i] ?? []) memberships.push({ identityId, identityName, way });
    await giveWay(context);
  }
  const personOf = needsIdentity(info, 'identity') ? await personsOf(memberships, context) : () => null;
  const found = people(memberships, personOf);
  context.resultLimit.spend(found.length);
  return found.map((person) => ({ ...person, hierarchy }));
}

/** Reads the identities of members, to tell which of them are one person. An identity that can't be read fails at its own path. */
async function personsOf(
  memberships: readonly Membership<unknown>[],
  { loaders }: Context,
): Promise<(identityId: string) => string | null> {
  const keys = new Map<string, string | null>();
  const read = async (identityId: string) => {
    const identity = await loaders.identities.load(identityId).catch(onlyIfRefused);
    keys.set(identityId, identity === null ? null : personKey(identity));
  };
  await Promise.all(Array.from(new Set(memberships.map(({ identityId }) => identityId)), read));
  return (identityId) => keys.get(identityId) ?? null;
}

/** Too many identities for one operation: one error for the list tells it, rather than one for each member. */
function onlyIfRefused(error: unknown): null {
  if (error instanceof GatewayError && error.code === 'COST_LIMIT') throw error;
  return null;
}
