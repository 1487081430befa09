import { UserInputError } from '../errors.ts';
import { eventLoop } from '../event-loop.ts';
import { type Condition, isEverything, membersFor, satisfies } from '../filter/condition.ts';
import type { Profile } from '../model/profile.ts';
import { carriedMemberIds, type MemberLoader } from './members.ts';

/** Profiles of one operation whose members are read for its filters, one call each. */
export const maxMemberReads = 200;

/**
 * Which profiles satisfy a condition, with time for other requests in between. Members that the list does not carry are read
 * for the profiles that all other conditions leave, each once in an operation.
 */
export class ProfileMatcher {
  readonly #members: MemberLoader;
  readonly #signal: AbortSignal | undefined;
  readonly #memberIds = new Map<Profile, ReadonlySet<string>>();

  constructor(members: MemberLoader, signal?: AbortSignal) {
    this.#members = members;
    this.#signal = signal;
  }

  /** Those of the profiles that satisfy a condition, in their order. Throws UpstreamError, and UserInputError beyond the limit. */
  async matching(condition: Condition, profiles: Iterable<Profile>): Promise<readonly Profile[]> {
    if (isEverything(condition)) return [...profiles];
    const candidates: Profile[] = [];
    const undecided: Profile[] = [];
    for (const profile of profiles) {
      const holds = satisfies(condition, profile, this.#membersOf);
      if (holds === null) undecided.push(profile);
      if (holds !== false) candidates.push(profile);
      if (eventLoop.isHeld) await eventLoop.yield(this.#signal);
    }
    if (undecided.length === 0) return candidates;
    await this.#readMembers(undecided, membersFor(condition) ?? 'filter');
    return candidates.filter((profile) => satisfies(condition, profile, this.#membersOf));
  }

  readonly #membersOf = (profile: Profile): ReadonlySet<string> | null => {
    const read = this.#memberIds.get(profile);
    if (read !== undefined) return read;
    const carried = carriedMemberIds(profile);
    return carried && new Set(carried);
  };

  async #readMembers(profiles: readonly Profile[], field: string): Promise<void> {
    if (this.#memberIds.size + profiles.length > maxMemberReads) throw tooMany(field);
    const sets = await Promise.all(
      profiles.map(async (profile) => {
        const members = await this.#members.ofProfile(profile);
        return new Set(members.map(({ identityId }) => identityId));
      }),
    );
    for (const [i, profile] of profiles.entries()) this.#memberIds.set(profile, sets[i] ?? new Set());
  }
}

function tooMany(field: string): UserInputError {
  return new UserInputError(
    field,
    `${field}: the profile list does not carry the members of more than ${maxMemberReads} profiles that satisfy the other conditions, and reading them takes one request to the Veza API per profile. Add conditions that fewer profiles satisfy, such as \`type\`, \`labels\` or \`id\`.`,
  );
}
