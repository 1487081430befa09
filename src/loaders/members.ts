import { refuseSimulated } from '../model/node-id.ts';
import type { Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import type { Member } from '../model/version.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { readWhole } from '../upstream/paginate.ts';
import type { MaybePromise, UpstreamCall } from './call.ts';
import { inParallel, refuseTooMany } from './in-parallel.ts';

/**
 * The ids of a profile's members as the profile list carries them: in the version, in the details beside it, or in both
 * alike. null where that takes a call: the API prints empty lists also where it did not fill them in.
 */
export function carriedMemberIds(profile: Profile): readonly string[] | null {
  const { currentVersion, currentVersionNumber, memberDetails } = profile;
  const named = (memberDetails ?? []).map(({ identityId }) => identityId);
  if (currentVersionNumber === null) return named;
  const ids = currentVersion?.memberIds ?? [];
  if (ids.length === 0) return named.length === 0 ? null : named;
  return named.length === 0 || isSameSet(named, ids) ? ids : null;
}

/** Members of profile versions, each version's read at most once. */
export class MemberLoader {
  readonly #call: UpstreamCall;
  readonly #maxPages: number | undefined;
  readonly #lists = new Map<string, Promise<readonly Member[]>>();
  readonly #seenIds = new Set<string>();

  constructor(call: UpstreamCall, maxPages?: number) {
    this.#call = call;
    this.#maxPages = maxPages;
  }

  /**
   * The members of a profile's current version. The profile list may carry them (API notes §6.5): they are taken
   * from there if they are the very identities that the version names. An empty list says nothing: the API prints one
   * also where it did not fill it in.
   */
  ofProfile(profile: Profile): MaybePromise<readonly Member[]> {
    const { currentVersionNumber, profileId } = profile;
    // Nothing is published, or the API did not say: there is no version to ask for.
    if (currentVersionNumber === null) return onceEach(profile.memberDetails ?? []);
    const embedded = embeddedMembers(profile);
    return embedded === null ? this.ofVersion(profileId, currentVersionNumber) : onceEach(embedded);
  }

  /** How many they are: as the list tells, without a call, unless the members of the version have been read. */
  count(profile: Profile): MaybePromise<number> {
    const { profileId, currentVersionNumber } = profile;
    const isRead = this.#lists.has(`${currentVersionNumber}:${profileId}`);
    const carried = isRead ? null : carriedMemberIds(profile);
    if (carried !== null) return new Set(carried).size;
    const members = this.ofProfile(profile);
    return members instanceof Promise ? members.then(({ length }) => length) : members.length;
  }

  /**
   * The members of each of some profiles. They are read eight at a time, and not at all if the operation has not enough calls
   * left for them. Throws GatewayError.
   */
  async ofProfiles(profiles: readonly Profile[], callsLeft: () => number): Promise<readonly (readonly Member[])[]> {
    const toRead = profiles.filter((profile) => !this.#isAtHand(profile));
    refuseTooMany(toRead.length, callsLeft(), `the members of ${toRead.length} profiles`);
    return inParallel(profiles, async (profile) => this.ofProfile(profile));
  }

  /** Identities that a list of members has named in this operation. */
  get seenIds(): ReadonlySet<string> {
    return this.#seenIds;
  }

  #isAtHand(profile: Profile): boolean {
    const { profileId, currentVersionNumber } = profile;
    if (currentVersionNumber === null || this.#lists.has(`${currentVersionNumber}:${profileId}`)) return true;
    return embeddedMembers(profile) !== null;
  }

  /** One call per version: the API has no other way (E7). */
  ofVersion(profileId: string, versionNumber: number): Promise<readonly Member[]> {
    refuseSimulated(profileId);
    const key = `${versionNumber}:${profileId}`;
    let list = this.#lists.get(key);
    if (list === undefined) {
      list = this.#read(profileId, versionNumber);
      this.#lists.set(key, list);
    }
    return list;
  }

  async #read(profileId: string, versionNumber: number): Promise<readonly Member[]> {
    const fetch = (pageToken: string | null) =>
      this.#call(endpoints.listMembers, { profileId, versionNumber, pageToken });
    const members = await readWhole(endpoints.listMembers.attempt, fetch, memberKey, this.#maxPages);
    for (const { identityId } of members) this.#seenIds.add(identityId);
    return onceEach(members);
  }
}

const memberKey = ({ identityId }: Member) => identityId;

/** Members without rows that say the same as one before: an API may join tables and send a row several times. */
function onceEach(members: readonly Member[]): readonly Member[] {
  const seen = new Map<string, Member[]>();
  return members.filter((member) => {
    const before = seen.get(member.identityId);
    if (before === undefined) seen.set(member.identityId, [member]);
    else {
      const row = JSON.stringify(member);
      if (before.some((other) => JSON.stringify(other) === row)) return false;
      before.push(member);
    }
    return true;
  });
}

/** The members that the profile list carries, if they are the very identities that the version names; null: not known. */
function embeddedMembers({ memberDetails, currentVersion }: Profile): readonly Member[] | null {
  const ids = currentVersion?.memberIds ?? [];
  const details = memberDetails ?? [];
  const named = details.map(({ identityId }) => identityId);
  return details.length > 0 && isSameSet(named, ids) ? details : null;
}
