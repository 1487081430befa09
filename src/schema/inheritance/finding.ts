import type { Finding, FindingKind } from '../../inheritance/analysis/findings/finding.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import { free, listOf } from '../field-cost.ts';
import { identityOf } from '../neighbour.ts';
import { AccessProfileRef, EntitlementRef, IdentityRef } from '../refs.ts';
import { SeparationRuleRef } from './separation-rule.ts';

export interface InheritanceFinding extends Omit<Finding, 'profileIds'> {
  readonly profiles: readonly Profile[];
}

export const InheritanceFindingKindRef = builder.enumType('InheritanceFindingKind', {
  description: 'Kind of a problem or redundancy in the inheritance graph.',
  values: {
    CYCLE: {
      description:
        'Profiles that inherit from each other in a cycle, or one profile that inherits from itself. One finding per elementary cycle, its profiles from child to parent. If connected cycles (a strongly connected component) number more than 100, they are one finding with all their profiles.',
    },
    MISSING_PARENT: {
      description:
        'Parent that the Veza API does not return to your key. One finding per missing parent, with all profiles that name it.',
    },
    REDUNDANT_PARENT: {
      description:
        'Direct parent that is an ancestor through another parent as well, so its edge is redundant. One finding per edge: the child, then the parent. Each edge on a cycle is checked alone: two edges that replace each other are both reported.',
    },
    DUPLICATE_ENTITLEMENT: {
      description:
        'Direct entitlement that the profile also inherits. One finding per entitlement: the profile, then one ancestor that grants it.',
    },
    SAME_EFFECTIVE_ENTITLEMENTS: {
      description:
        'Two or more profiles whose effective entitlements are equal and not empty. One finding per group of such profiles.',
    },
    TYPE_RULE_VIOLATION: {
      description:
        'Profile that breaks a rule of its type. One finding per profile and rule. `max_entitlements` counts direct and inherited entitlements.',
    },
    SEPARATION_VIOLATION: {
      description:
        'Profile whose effective entitlements break a rule of separation of duties. One finding per profile and rule, with the entitlements that break it. With `includePeople` also people who break a rule by all their profiles together: one finding per person and rule, with the profiles that grant those entitlements.',
    },
    DANGLING_REFERENCE: {
      description:
        'Data source, lifecycle policy or profile type that a profile, a type or a policy names and the Veza API does not return to your key. One finding per missing object, with all profiles that name it. If your key cannot list data sources or policies, the field fails if `kinds` names this kind; without `kinds`, references to them are left out.',
    },
    UNUSED_PROFILE: {
      description:
        'Profile without members and children that no lifecycle policy uses, in any state. One finding per profile. Returned only if `kinds` names it, since it can require one request per profile without children. Fails if your key cannot list policies or members.',
    },
    INACTIVE_PARENT: {
      description:
        'Running profile that inherits from a profile whose state is INITIAL, PAUSED, DRY_RUN or PENDING. One finding per edge: the child, then the parent.',
    },
    GRANTS_NOTHING: {
      description: 'Profile without an effective entitlement, in any state. One finding per profile.',
    },
    DISABLED_DATASOURCE: {
      description:
        'Profile that directly grants entitlements in a data source that is disabled. One finding per profile and data source, with those entitlements. If your key cannot list data sources, the field fails if `kinds` names this kind; without `kinds`, this kind is left out.',
    },
  } as const satisfies Record<FindingKind, unknown>,
});

export const InheritanceFindingRef = builder.objectRef<InheritanceFinding>('InheritanceFinding').implement({
  description: 'Problem or redundancy in the inheritance graph.',
  fields: (t) => ({
    kind: t.expose('kind', { type: InheritanceFindingKindRef, description: 'Kind of the finding.' }),
    message: t.exposeString('message', {
      description:
        'Explanation of the finding as plain text. Profile names are not escaped: escape the message before you show it as markup.',
    }),
    profiles: t.expose('profiles', {
      type: [AccessProfileRef],
      cost: listOf(5),
      description: 'Profiles that the finding is about, the most relevant one first.',
    }),
    entitlements: t.expose('entitlements', {
      type: [EntitlementRef],
      cost: listOf(2),
      description:
        'Entitlements that the finding is about. The list is empty for kinds that are not about single entitlements.',
    }),
    separationRule: t.expose('separationRule', {
      type: SeparationRuleRef,
      nullable: true,
      description: 'Rule of separation of duties that is broken; null for other kinds.',
    }),
    identityId: t.string({
      nullable: true,
      description:
        'Id of the identity that breaks the rule of separation by all its profiles together; null if the finding is about profiles alone.',
      resolve: ({ member }) => member?.identityId ?? null,
    }),
    identityName: t.string({
      nullable: true,
      description: 'Name of that identity.',
      resolve: ({ member }) => member?.identityName ?? null,
    }),
    identity: t.field({
      type: IdentityRef,
      nullable: true,
      cost: free,
      description:
        'That identity; null if the finding is about profiles alone or the Veza API does not return the identity to your key. Fields other than ids and name cost one request per identity.',
      resolve: ({ member }, _args, { loaders }, info) => member && identityOf(member, loaders, info),
    }),
  }),
});

/** A finding with its profiles. */
export function shown({ profileIds, ...finding }: Finding, find: (id: string) => Profile | null): InheritanceFinding {
  return { ...finding, profiles: profileIds.flatMap((id) => find(id) ?? []) };
}

/** Whether people who break rules of separation are among the findings. */
export const includePeopleArg = {
  defaultValue: false,
  description:
    'Whether people who break a rule of separation of duties by all their profiles together are returned as well. Default: false. True requires one request per profile with an entitlement that a rule names, unless the profile list includes members. Profiles of every state count, and conditions of entitlements are not evaluated.',
} as const;
