import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import { ancestors, descendants, type Reached, shortestPath } from '../../inheritance/graph/walk.ts';
import { idOf } from '../../model/node-id.ts';
import type { Profile } from '../../model/profile.ts';
import { depthLimit } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { graphWalk } from '../field-cost.ts';
import { AccessProfileRef } from '../refs.ts';
import { onHierarchy } from '../snapshot.ts';
import { EffectiveEntitlementRef, effectiveEntitlements } from './effective-entitlement.ts';

interface InheritedProfile {
  readonly profile: Profile;
  readonly depth: number;
}

const InheritedProfileRef = builder.objectRef<InheritedProfile>('InheritedProfile').implement({
  description: 'Ancestor or descendant of a profile, with its distance.',
  fields: (t) => ({
    profile: t.expose('profile', {
      type: AccessProfileRef,
      description: 'Profile that is the ancestor or descendant.',
    }),
    depth: t.exposeInt('depth', {
      description: 'Distance in edges on the shortest path: 1 for a direct parent or child.',
    }),
  }),
});

builder.objectFields(AccessProfileRef, (t) => ({
  ancestors: t.field({
    ...nullOnlyOnError,
    type: [InheritedProfileRef],
    cost: graphWalk(10),
    needs: 'followsEdges',
    description:
      'Ancestors of the profile: its parents, their parents and so on, each once, nearest first. Ancestors at the same distance are in the order in which profiles name their parents. Edges are those of current versions, in every profile state. A profile on a cycle has the other profiles of the cycle as ancestors, never itself. Parents that the Veza API does not return to your key are left out, with all their ancestors.',
    args: {
      maxDepth: t.arg.int({
        description: 'Maximum distance in edges: 1 returns direct parents, 0 returns none. Default: no limit.',
      }),
    },
    resolve: (profile, { maxDepth }, context) => {
      const limit = depthLimit(maxDepth);
      return onHierarchy(context, profile, 'up', limit, (hierarchy, node) =>
        reached(hierarchy, ancestors(hierarchy.graphAbove([node], limit), node, limit)),
      );
    },
  }),
  descendants: t.field({
    ...nullOnlyOnError,
    type: [InheritedProfileRef],
    cost: graphWalk(25),
    needs: 'followsEdges',
    description:
      'Descendants of the profile: its children, their children and so on, each once, nearest first. A change to the entitlements of the profile affects all of them. Edges are those of current versions. A profile on a cycle has the other profiles of the cycle as descendants, never itself.',
    args: {
      maxDepth: t.arg.int({
        description: 'Maximum distance in edges: 1 returns direct children, 0 returns none. Default: no limit.',
      }),
    },
    resolve: (profile, { maxDepth }, context) => {
      const limit = depthLimit(maxDepth);
      return onHierarchy(context, profile, 'down', limit, (hierarchy, node) =>
        reached(hierarchy, descendants(hierarchy.graphBelow([node], limit), node, limit)),
      );
    },
  }),
  effectiveEntitlements: t.field({
    ...nullOnlyOnError,
    type: [EffectiveEntitlementRef],
    cost: graphWalk(50),
    needs: 'followsEdges',
    description:
      'Effective entitlements of the profile: those of its current version and of the current versions of all its ancestors, each once, nearest granting profile first. Two entitlements are the same if they have the same data source, entity type, entity id and intermediate entity, even with different conditions. Profiles of every state count. Entitlements of parents that the Veza API does not return to your key are left out.',
    resolve: (profile, _args, context) =>
      onHierarchy(context, profile, 'up', Number.POSITIVE_INFINITY, effectiveEntitlements, 'withGrants'),
  }),
  inheritancePath: t.field({
    type: [AccessProfileRef],
    cost: graphWalk(5),
    needs: 'followsEdges',
    nullable: true,
    description:
      'Shortest inheritance path from this profile up to `ancestor`, both included. Among several, the path through the parents that are named first. Null if this profile does not inherit from `ancestor` or the Veza API does not return `ancestor` to your key. The path from a profile to itself is the profile alone.',
    args: {
      ancestor: t.arg.id({ required: true, description: 'Global id of the ancestor, or its id in the Veza API.' }),
    },
    resolve: (profile, { ancestor }, context) => {
      const id = idOf('AccessProfile', ancestor, 'ancestor');
      return onHierarchy(context, profile, 'up', Number.POSITIVE_INFINITY, (hierarchy, node) => {
        const graph = hierarchy.graphAbove([node]);
        const end = graph.indexOf(id);
        const path = end < 0 ? null : shortestPath(graph, node, end);
        return path === null ? null : path.map((step) => hierarchy.profileOf(step));
      });
    },
  }),
}));

function reached(hierarchy: Hierarchy, found: readonly Reached[]): readonly InheritedProfile[] {
  return found.map(({ node, depth }) => ({ profile: hierarchy.profileOf(node), depth }));
}
