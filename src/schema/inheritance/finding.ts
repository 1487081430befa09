import { inheritanceFindingsInSteps } from '../../inheritance/analysis/findings/all.ts';
import { type FindingFacts, noFacts } from '../../inheritance/analysis/findings/facts.ts';
import { type Finding, type FindingKind, findingKinds } from '../../inheritance/analysis/findings/finding.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { listOf } from '../field-cost.ts';
import { inSlices } from '../in-slices.ts';
import { AccessProfileRef, EntitlementRef } from '../refs.ts';
import { factsFor } from './finding-facts.ts';
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
        'Profile whose effective entitlements break a rule of separation of duties. One finding per profile and rule, with the entitlements that break it.',
    },
    DANGLING_REFERENCE: {
      description:
        'Data source, lifecycle policy or profile type that a profile, a type or a policy names and the Veza API does not return to your key. One finding per missing object, with all profiles that name it. If your key cannot list data sources or policies, the field fails if `kinds` names this kind; without `kinds`, references to them are left out.',
    },
    INACTIVE_PARENT: {
      description:
        'Running profile that inherits from a profile whose state is INITIAL, PAUSED, DRY_RUN or PENDING. One finding per edge: the child, then the parent.',
    },
    GRANTS_NOTHING: {
      description: 'Profile without an effective entitlement, in any state. One finding per profile.',
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
  }),
});

/** Findings by hierarchy, or promises of them. They never expire, since a hierarchy does not change. */
type Found = Map<FindingKind, readonly InheritanceFinding[] | Promise<readonly InheritanceFinding[]>>;
const found = new WeakMap<Hierarchy, Found>();

/** Kinds that depend on more than the hierarchy. */
const factKinds: ReadonlySet<FindingKind> = new Set<FindingKind>(['DANGLING_REFERENCE']);

/**
 * The findings of some kinds, in the order of the enum. Fields that share a hierarchy share one computation. `isNamed`: the
 * caller named the kinds, so that none of them must be left out.
 */
export async function findingsIn(
  hierarchy: Hierarchy,
  kinds: readonly FindingKind[],
  context: Context,
  isNamed: boolean,
): Promise<readonly InheritanceFinding[]> {
  const known: Found = found.get(hierarchy) ?? new Map();
  found.set(hierarchy, known);
  const all: InheritanceFinding[] = [];
  for (const kind of findingKinds.filter((each) => kinds.includes(each))) {
    const findings = factKinds.has(kind)
      ? await search(kind, hierarchy, await factsFor(hierarchy, context, isNamed), context)
      : await findingsOf(kind, hierarchy, known, context);
    for (const each of findings) all.push(each);
  }
  return all;
}

async function search(
  kind: FindingKind,
  hierarchy: Hierarchy,
  facts: FindingFacts,
  context: Pick<Context, 'resultLimit'>,
): Promise<readonly InheritanceFinding[]> {
  const findings = await inSlices(context, inheritanceFindingsInSteps(hierarchy, [kind], facts));
  return findings.map(({ profileIds, ...finding }) => ({
    ...finding,
    profiles: profileIds.flatMap((id) => hierarchy.find(id) ?? []),
  }));
}

async function findingsOf(
  kind: FindingKind,
  hierarchy: Hierarchy,
  known: Found,
  context: Pick<Context, 'resultLimit' | 'separationRules'>,
): Promise<readonly InheritanceFinding[]> {
  // The operation that runs the computation can time out before the operations that wait for it.
  for (let under = known.get(kind); under instanceof Promise; under = known.get(kind))
    await under.catch(() => undefined);
  const before = known.get(kind);
  if (before !== undefined) return before;
  const { separationRules } = context;
  const searching = search(kind, hierarchy, { ...noFacts, separationRules }, context);
  known.set(kind, searching);
  try {
    const now = await searching;
    known.set(kind, now);
    return now;
  } catch (error) {
    known.delete(kind);
    throw error;
  }
}
