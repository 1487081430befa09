import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import type { Steps } from '../steps.ts';
import { type AffectedProfile, holdersIn, type World } from './access-difference.ts';

/** A member of a profile, with what names them. */
export interface ProfileMember {
  readonly identityId: string;
  readonly identityName: string | null;
}

/** Somebody who has other entitlements in one world than in another. */
export interface AffectedMember extends ProfileMember {
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
}

/** The work that is left once the members of the profiles are known. */
export interface MemberQuestion {
  /** The profiles whose members decide: those that have any of the differing entitlements, in one world or the other. */
  readonly profileIds: readonly string[];
  /**
   * The people who gain or lose something, in the order in which they are met. A member of two profiles loses nothing that
   * the other one still gives, and gains nothing that it gave before. O(members * differing entitlements).
   */
  answer(membersOf: (profileId: string) => readonly ProfileMember[]): Steps<AffectedMember[]>;
}

/** Prepares to tell whom a difference between two worlds concerns. `affected`: `accessDifference` of them. */
export function* memberQuestion(
  before: World,
  after: World,
  affected: readonly AffectedProfile[],
): Steps<MemberQuestion> {
  const differing = new Map<string, Entitlement>();
  for (const { gained, lost } of affected) {
    for (const entitlement of [...gained, ...lost]) differing.set(entitlementKey(entitlement), entitlement);
  }
  const entitlements = [...differing.values()];
  const had = yield* holdersIn(before, [...differing.keys()]);
  const has = yield* holdersIn(after, [...differing.keys()]);
  const profileIds = [...new Set([...before.graph.ids, ...after.graph.ids])].filter(
    (id) => had.classOf(id) !== 0 || has.classOf(id) !== 0,
  );
  return {
    profileIds,
    *answer(membersOf) {
      const found = new Map<string, ProfileMember & { readonly old: Set<number>; readonly now: Set<number> }>();
      for (const profileId of profileIds) {
        const [old, now] = [[...had.of(profileId)], [...has.of(profileId)]];
        for (const { identityId, identityName } of membersOf(profileId)) {
          const person = found.get(identityId) ?? { identityId, identityName, old: new Set(), now: new Set() };
          found.set(identityId, person);
          for (const bit of old) person.old.add(bit);
          for (const bit of now) person.now.add(bit);
          yield;
        }
      }
      return Array.from(found.values(), ({ old, now, ...person }) => ({
        ...person,
        gained: entitlements.filter((_, bit) => now.has(bit) && !old.has(bit)),
        lost: entitlements.filter((_, bit) => old.has(bit) && !now.has(bit)),
      })).filter(({ gained, lost }) => gained.length + lost.length > 0);
    },
  };
}
