import { type Comparison, compareProfiles } from '../../inheritance/analysis/access-difference.ts';
import { idOf } from '../../model/node-id.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import { graphWalk, listOf } from '../field-cost.ts';
import { AccessProfileRef, EntitlementRef } from '../refs.ts';

interface ProfileComparison extends Omit<Comparison, 'sharedAncestors'> {
  readonly a: Profile;
  readonly b: Profile;
  readonly sharedAncestors: readonly Profile[];
}

const ComparisonRef = builder.objectRef<ProfileComparison>('AccessProfileComparison').implement({
  description:
    'Effective entitlements of two profiles side by side. Select `effectiveEntitlements` of `a` and `b` to see which profiles grant them.',
  fields: (t) => ({
    a: t.expose('a', { type: AccessProfileRef, description: 'First profile.' }),
    b: t.expose('b', { type: AccessProfileRef, description: 'Second profile.' }),
    shared: t.expose('shared', {
      type: [EntitlementRef],
      cost: listOf(25),
      description: 'Entitlements that both profiles have, as the profile nearest to A grants them.',
    }),
    onlyA: t.expose('onlyA', {
      type: [EntitlementRef],
      cost: listOf(25),
      description: 'Entitlements that only A has.',
    }),
    onlyB: t.expose('onlyB', {
      type: [EntitlementRef],
      cost: listOf(25),
      description: 'Entitlements that only B has.',
    }),
    sharedAncestors: t.expose('sharedAncestors', {
      type: [AccessProfileRef],
      cost: listOf(10),
      description: 'Profiles that both inherit from, those nearest to A first.',
    }),
  }),
});

builder.queryField('compareAccessProfiles', (t) =>
  t.field({
    type: ComparisonRef,
    nullable: true,
    cost: graphWalk(1),
    needs: 'followsEdges',
    description:
      'Compares what two profiles grant, directly and by inheritance. Null if the Veza API does not return one of them to your key.',
    args: {
      a: t.arg.id({ required: true, description: 'First profile: its global id, or its id in the Veza API.' }),
      b: t.arg.id({ required: true, description: 'Second profile: its global id, or its id in the Veza API.' }),
    },
    resolve: async (_root, { a, b }, { loaders }) => {
      const ids = [idOf('AccessProfile', a, 'a'), idOf('AccessProfile', b, 'b')] as const;
      const { hierarchy } = await loaders.inheritance.neighbourhood(
        [...new Set(ids)],
        ['up'],
        Number.POSITIVE_INFINITY,
      );
      const [nodeA, nodeB] = [hierarchy.indexOf(ids[0]), hierarchy.indexOf(ids[1])];
      if (nodeA < 0 || nodeB < 0) return null;
      const world = { graph: hierarchy.graphAbove([nodeA, nodeB]), grants: hierarchy.grantsAbove([nodeA, nodeB]) };
      const { sharedAncestors, ...lists } = compareProfiles(world, nodeA, nodeB);
      return {
        a: hierarchy.profileOf(nodeA),
        b: hierarchy.profileOf(nodeB),
        ...lists,
        sharedAncestors: sharedAncestors.map((node) => hierarchy.profileOf(node)),
      };
    },
  }),
);
