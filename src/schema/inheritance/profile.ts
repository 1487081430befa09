import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import { shortestPath } from '../../inheritance/graph/paths.ts';
import { ancestors, descendants, type Reached } from '../../inheritance/graph/walk.ts';
import { idOf } from '../../model/node-id.ts';
import type { Profile } from '../../model/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { AccessProfileRef } from '../refs.ts';
import { depthLimit } from './depth.ts';
import { EffectiveEntitlementRef, effectiveEntitlements } from './effective-entitlement.ts';
import { onHierarchy } from './on-hierarchy.ts';

interface InheritedProfile {
  readonly profile: Profile;
  readonly depth: number;
}

const InheritedProfileRef = builder.objectRef<InheritedProfile>('InheritedProfile').implement({
  description: 'A profile that another one inherits from, or that inherits from it, and how far away it is.',
  fields: (t) => ({
    profile: t.expose('profile', { type: AccessProfileRef, description: 'The profile.' }),
    depth: t.exposeInt('depth', {
      description: 'Edges on the shortest way to it: 1 for a direct parent or child.',
    }),
  }),
});

builder.objectFields(AccessProfileRef, (t) => ({
  ancestors: t.field({
    ...nullOnlyOnError,
    type: [InheritedProfileRef],
    description:
      'Its parents, their parents and so on, each once: nearest first, and at one distance in the order in which the profiles name their parents. Edges are those of current versions, whatever state the profiles are in. On a cycle it has the others as ancestors, never itself. Parents that the API does not return to you are left out, with all above them.',
    args: {
      maxDepth: t.arg.int({
        required: false,
        description: 'At most this many edges away: 1 gives direct parents, 0 none.',
      }),
    },
    resolve: (profile, { maxDepth }, context) => {
      const limit = depthLimit(maxDepth);
      return onHierarchy(context, profile, 'up', limit, (hierarchy, node) =>
        reached(hierarchy, ancestors(hierarchy.graph, node, limit), context),
      );
    },
  }),
  descendants: t.field({
    ...nullOnlyOnError,
    type: [InheritedProfileRef],
    description:
      'Its children, their children and so on, each once: nearest first. These are the profiles that a change of its grants affects. Edges are those of current versions; on a cycle it has the others as descendants, never itself.',
    args: {
      maxDepth: t.arg.int({
        required: false,
        description: 'At most this many edges away: 1 gives direct children, 0 none.',
      }),
    },
    resolve: (profile, { maxDepth }, context) => {
      const limit = depthLimit(maxDepth);
      return onHierarchy(context, profile, 'down', limit, (hierarchy, node) =>
        reached(hierarchy, descendants(hierarchy.graph, node, limit), context),
      );
    },
  }),
  effectiveEntitlements: t.field({
    ...nullOnlyOnError,
    type: [EffectiveEntitlementRef],
    description:
      'What it really grants: the grants of its current version and of the current versions of all its ancestors, each once. Two grants are the same if data source, entity type, entity id and what they are assigned through are; conditions and the like do not tell them apart. Nearest granting profile first. Paused profiles and those without a running version count as they stand in the API: their state is theirs to tell. What a parent grants that the API does not return to you is unknown and not in here.',
    resolve: (profile, _args, context) =>
      onHierarchy(context, profile, 'up', Number.POSITIVE_INFINITY, (hierarchy, node) =>
        effectiveEntitlements(hierarchy, node, context),
      ),
  }),
  inheritancePath: t.field({
    type: [AccessProfileRef],
    nullable: true,
    description:
      'A shortest chain of profiles from this one up to `ancestor`, both included; among several the one through the parents named first. null if it does not inherit from it, or the API does not return it to you; of the profile itself it is the profile alone.',
    args: {
      ancestor: t.arg.id({ required: true, description: 'The global id of the other profile, or its id in the API.' }),
    },
    resolve: (profile, { ancestor }, context) => {
      const id = idOf('AccessProfile', ancestor, 'ancestor');
      return onHierarchy(context, profile, 'up', Number.POSITIVE_INFINITY, (hierarchy, node) => {
        const end = hierarchy.graph.indexOf(id);
        const path = end < 0 ? null : shortestPath(hierarchy.graph, node, end);
        context.resultLimit.spend(path?.length ?? 0);
        return path === null ? null : path.map((step) => hierarchy.profileOf(step));
      });
    },
  }),
}));

function reached(
  hierarchy: Hierarchy,
  found: readonly Reached[],
  { resultLimit }: Context,
): readonly InheritedProfile[] {
  resultLimit.spend(found.length);
  return found.map(({ node, depth }) => ({ profile: hierarchy.profileOf(node), depth }));
}
