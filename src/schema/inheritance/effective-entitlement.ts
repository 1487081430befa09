import { type EffectiveGrant, type EffectiveGrants, effectiveGrants } from '../../inheritance/analysis/effective.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Entitlement } from '../../model/entitlement.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { AccessProfileRef, EntitlementRef } from '../refs.ts';

interface EffectiveEntitlement {
  readonly entitlement: Entitlement;
  readonly direct: boolean;
  readonly grant: EffectiveGrant;
  readonly all: EffectiveGrants;
  readonly hierarchy: Hierarchy;
}

export const EffectiveEntitlementRef = builder.objectRef<EffectiveEntitlement>('EffectiveEntitlement').implement({
  description: 'A grant that a profile has, itself or by inheritance, and where it comes from.',
  fields: (t) => ({
    entitlement: t.expose('entitlement', {
      type: EntitlementRef,
      description: 'The grant, as the nearest profile that grants it holds it.',
    }),
    direct: t.exposeBoolean('direct', { description: "Whether the profile's own current version holds it." }),
    grantedBy: t.field({
      type: [AccessProfileRef],
      description:
        'Every profile whose own current version holds the grant, nearest first; the profile asked about among them if it is direct.',
      resolve: ({ grant, hierarchy }, _args, { resultLimit }) => {
        resultLimit.spend(grant.grantedBy.length);
        return grant.grantedBy.map((node) => hierarchy.profileOf(node));
      },
    }),
    paths: t.field({
      type: t.listRef(t.listRef(AccessProfileRef)),
      description:
        'One shortest path to each profile of `grantedBy`, in that order: from the profile asked about up to the granting one, both included. A direct grant has the path of the profile alone.',
      resolve: ({ grant, all, hierarchy }, _args, { resultLimit }) =>
        grant.grantedBy.map((node) => {
          const path = all.pathTo(node);
          resultLimit.spend(path.length);
          return path.map((step) => hierarchy.profileOf(step));
        }),
    }),
  }),
});

/** Everything that a profile grants. */
export function effectiveEntitlements(
  hierarchy: Hierarchy,
  node: number,
  { resultLimit }: Context,
): readonly EffectiveEntitlement[] {
  const all = effectiveGrants(hierarchy.graphAbove([node]), hierarchy.grantsAbove(node), node);
  resultLimit.spend(all.grants.length);
  return all.grants.map((grant) => ({
    entitlement: grant.entitlement,
    direct: grant.direct,
    grant,
    all,
    hierarchy,
  }));
}
