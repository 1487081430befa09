import { UserInputError } from '../errors.ts';
import { eventLoop } from '../event-loop.ts';
import { type Condition, isEverything, membersFor, satisfies } from '../filter/condition.ts';
import type { Page } from '../model/page.ts';
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
  readonly #matches = new WeakMap<Condition, WeakMap<Page<Profile>, Promise<readonly number[]>>>();

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

  /** The positions of matching profiles in a page, each once. Checked once for each condition. */
  matchesIn(page: Page<Profile>, condition: Condition): Promise<readonly number[]> {
    const pages = this.#matches.get(condition) ?? new WeakMap<Page<Profile>, Promise<readonly number[]>>();
    this.#matches.set(condition, pages);
    const checked = pages.get(page) ?? this.#check(page, condition);
    pages.set(page, checked);
    return checked;
  }

  async #check({ values }: Page<Profile>, condition: Condition): Promise<readonly number[]> {
    // A row that comes again in a page is the same object: each profile is kept as it was first seen.
    const places = new Map<Profile, number>();
    for (const [i, profile] of values.entries()) if (!places.has(profile)) places.set(profile, i);
    const matching = await this.matching(condition, places.keys());
    return matching.map((profile) => places.get(profile) ?? 0);
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
