import { type EffectiveGrant, type EffectiveGrants, effectiveGrants } from '../../inheritance/analysis/effective.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Entitlement } from '../../model/entitlement.ts';
import { builder } from '../builder.ts';
import { listOf } from '../field-cost.ts';
import { AccessProfileRef, EntitlementRef } from '../refs.ts';

interface EffectiveEntitlement {
  readonly entitlement: Entitlement;
  readonly direct: boolean;
  readonly grant: EffectiveGrant;
  readonly all: EffectiveGrants;
  readonly hierarchy: Hierarchy;
}

export const EffectiveEntitlementRef = builder.objectRef<EffectiveEntitlement>('EffectiveEntitlement').implement({
  description: 'Entitlement that a profile has, directly or by inheritance, with the profiles that grant it.',
  fields: (t) => ({
    entitlement: t.expose('entitlement', {
      type: EntitlementRef,
      description: 'The entitlement, as defined by the nearest profile that grants it.',
    }),
    direct: t.exposeBoolean('direct', {
      description:
        'Whether the current version of the profile grants the entitlement directly. It can be inherited as well.',
    }),
    grantedBy: t.field({
      type: [AccessProfileRef],
      cost: listOf(2),
      description:
        'All profiles whose current version grants the entitlement directly, nearest first. The list includes the profile itself if the entitlement is direct.',
      resolve: ({ grant, hierarchy }) => grant.grantedBy.map((node) => hierarchy.profileOf(node)),
    }),
    paths: t.field({
      type: t.listRef(t.listRef(AccessProfileRef)),
      cost: listOf(8),
      description:
        'One shortest path from the profile to each profile in `grantedBy`, in the same order, both ends included. The path of a direct entitlement has one profile.',
      resolve: ({ grant, all, hierarchy }) =>
        grant.grantedBy.map((node) => all.pathTo(node).map((step) => hierarchy.profileOf(step))),
    }),
  }),
});

/** The effective entitlements of a profile. */
export function effectiveEntitlements(hierarchy: Hierarchy, node: number): readonly EffectiveEntitlement[] {
  const all = effectiveGrants(hierarchy.graphAbove([node]), hierarchy.grantsAbove([node]), node);
  return all.grants.map((grant) => ({ entitlement: grant.entitlement, direct: grant.direct, grant, all, hierarchy }));
}
