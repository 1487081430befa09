import { inheritanceFindingsInSteps } from '../../inheritance/analysis/findings/all.ts';
import { type Finding, type FindingKind, findingKinds } from '../../inheritance/analysis/findings/finding.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../in-slices.ts';
import { AccessProfileRef } from '../refs.ts';

export interface InheritanceFinding extends Pick<Finding, 'kind' | 'message'> {
  readonly profiles: readonly Profile[];
}

export const InheritanceFindingKindRef = builder.enumType('InheritanceFindingKind', {
  description: 'What may be wrong with a hierarchy, or wasteful in it.',
  values: {
    CYCLE: {
      description:
        'Profiles inherit from one another in a circle, or one from itself. One for each elementary cycle, its profiles from child to parent; a knot of more than 100 cycles is one finding with all of its profiles.',
    },
    MISSING_PARENT: {
      description:
        'An id that is inherited from and that the API does not return to you. One for each id, with all profiles that name it.',
    },
    REDUNDANT_PARENT: {
      description:
        'A direct parent that the profile would inherit from without naming it, through others. One for each edge: the child, then the parent. On a cycle each edge is judged alone, so of two that cover each other both are reported.',
    },
    DUPLICATE_ENTITLEMENT: {
      description:
        'A grant of the profile itself that it also inherits. One for each such grant: the profile, then one that it inherits the grant from.',
    },
    SAME_EFFECTIVE_ENTITLEMENTS: {
      description:
        'Two or more profiles grant exactly the same, direct and inherited together, and not nothing. One for each such group.',
    },
    TYPE_RULE_VIOLATION: {
      description:
        'The profile as it stands breaks a rule of its type. One for each rule. `max_entitlements` counts direct and inherited grants.',
    },
  } as const satisfies Record<FindingKind, unknown>,
});

export const InheritanceFindingRef = builder.objectRef<InheritanceFinding>('InheritanceFinding').implement({
  description: 'Something wrong or wasteful in the inheritance graph.',
  fields: (t) => ({
    kind: t.expose('kind', { type: InheritanceFindingKindRef, description: 'What it is.' }),
    message: t.exposeString('message', {
      description: 'It in plain words, with the names of profiles as they are: escape it before you show it as markup.',
    }),
    profiles: t.expose('profiles', {
      type: [AccessProfileRef],
      description: 'The profiles it is about, the one to look at first in front.',
    }),
  }),
});

/** What has been found in a hierarchy, or is being looked for: it does not change. */
type Found = Map<FindingKind, readonly InheritanceFinding[] | Promise<readonly InheritanceFinding[]>>;
const found = new WeakMap<Hierarchy, Found>();

/** The findings of some kinds, in the order of the enum; looked for once, however many fields ask. */
export async function findingsIn(
  hierarchy: Hierarchy,
  kinds: readonly FindingKind[],
  context: Pick<Context, 'resultLimit'>,
): Promise<readonly InheritanceFinding[]> {
  const known: Found = found.get(hierarchy) ?? new Map();
  found.set(hierarchy, known);
  const all: InheritanceFinding[] = [];
  for (const kind of findingKinds.filter((each) => kinds.includes(each))) {
    for (const each of await findingsOf(kind, hierarchy, known, context)) all.push(each);
  }
  return all;
}

async function findingsOf(
  kind: FindingKind,
  hierarchy: Hierarchy,
  known: Found,
  context: Pick<Context, 'resultLimit'>,
): Promise<readonly InheritanceFinding[]> {
  // The time of whoever looks for them may be over before that of others who wait.
  for (let under = known.get(kind); under instanceof Promise; under = known.get(kind))
    await under.catch(() => undefined);
  const before = known.get(kind);
  if (before !== undefined) return before;
  const search = inSlices(context, inheritanceFindingsInSteps(hierarchy, [kind])).then((findings) =>
    findings.map(({ message, profileIds }) => ({
      kind,
      message,
      profiles: profileIds.flatMap((id) => hierarchy.find(id) ?? []),
    })),
  );
  known.set(kind, search);
  try {
    const now = await search;
    known.set(kind, now);
    return now;
  } catch (error) {
    known.delete(kind);
    throw error;
  }
}
