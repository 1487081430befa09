import { GatewayError, valueOrError } from '../errors.ts';
import { eventLoop } from '../event-loop.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { WholeList } from './reference-cache.ts';

/** Every type that the caller sees, with the API's counts of their profiles. */
export type TypeList = WholeList<ProfileType>;

/** Milliseconds for which a scan waits for the counts: it does not depend on them. */
const patienceMs = 1000;

/** Milliseconds by which the clocks of the API and of the gateway may differ. */
const clockSkewMs = 60_000;

/** Whether the API's counts fit what the caller sees. It is no data of the caller. */
export interface CountTrust {
  areUsable(): boolean;
  /** The counts do not fit, although the list stands still: they are not read again for some minutes. */
  noteMisfit(): void;
}

export interface ProfileCountsOptions {
  /** The types as the operation or the caller has read them last, or as they are read now. */
  readonly read: () => Promise<TypeList>;
  /** The types as they are now. */
  readonly readAgain: () => Promise<TypeList>;
  readonly trust: CountTrust;
  /** Whether they are to be read before the first page: it takes no call, or the list is known to be longer than a page. */
  readonly comesFirst: () => boolean;
  /** Whether a scan needs the counts: not where it will be one page, or can be compared with an earlier one. */
  readonly isNeeded: () => boolean;
}

/** The verdict of the counts on a scan: it has all profiles; it has others; profiles were created about when it was made; nothing. */
export type CountVerdict = 'complete' | 'misfit' | 'changing' | 'unknown';

/**
 * How many profiles of each type there are, as the API counts them (`profiles_count`). Where the list of profiles moves while
 * its pages are read, a profile can slip past the reader. Counts from before the first page show that: no profile was missed if
 * the pages had as many of each type.
 */
export class ProfileCounts {
  readonly #options: ProfileCountsOptions;
  #first: Promise<TypeList | null> | null = null;
  #arrivedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ProfileCountsOptions) {
    this.#options = options;
  }

  /** Whether to ask for the counts before it is known whether the list is longer than a page. */
  get comeFirst(): boolean {
    return this.#first !== null || this.#options.comesFirst();
  }

  /** Counts for a scan that has not begun; null: none are needed, or there are none. Does not reject. */
  before(): Promise<TypeList | null> {
    this.#first ??= this.#readFirst();
    return this.#first;
  }

  /** When those had come, by `performance.now()`: a page that was asked for earlier may be from before a deletion that they show. */
  get arrivedAt(): number {
    return this.#arrivedAt;
  }

  async #readFirst(): Promise<TypeList | null> {
    const { read, trust, isNeeded } = this.#options;
    const counts = isNeeded() && trust.areUsable() ? await inTime(read()) : null;
    this.#arrivedAt = performance.now();
    return counts;
  }

  /** Counts for a scan that is made again. */
  again(): Promise<TypeList | null> {
    return inTime(this.#options.readAgain());
  }

  /** Compares what a scan has brought with counts from before its first page. */
  async judge({ byId, readAt }: TypeList, profiles: Iterable<Profile>, signal?: AbortSignal): Promise<CountVerdict> {
    const expected = new Map<string, number>();
    for (const [id, type] of byId) {
      const count = valueOrError(() => type.profilesCount);
      if (typeof count === 'number') expected.set(id, count);
    }
    const newFrom = Date.now() - (performance.now() - readAt) - clockSkewMs;
    const seen = new Map<string, number>();
    let isChanging = false;
    for (const profile of profiles) {
      const typeId = valueOrError(() => profile.typeId);
      const id = typeId instanceof GatewayError ? '' : (typeId ?? '');
      seen.set(id, (seen.get(id) ?? 0) + 1);
      isChanging ||= isCreatedAfter(profile, newFrom);
      if (eventLoop.isHeld) await eventLoop.yield(signal);
    }
    if (![...expected].some(([id, count]) => count > 0 && seen.has(id))) {
      if (seen.size > 0) this.noteMisfit();
      return 'unknown';
    }
    if ([...expected].some(([id, count]) => count !== (seen.get(id) ?? 0))) return 'misfit';
    // One that was created may stand in for one that was missed.
    if (isChanging) return 'changing';
    return [...seen.keys()].every((id) => expected.has(id)) ? 'complete' : 'unknown';
  }

  noteMisfit(): void {
    this.#options.trust.noteMisfit();
  }
}

function isCreatedAfter(profile: Profile, time: number): boolean {
  const createdAt = valueOrError(() => profile.createdAt);
  return typeof createdAt === 'string' && Date.parse(createdAt) > time;
}

/** null for what fails or takes too long: the scan must not fail, or wait, because of the types. */
function inTime(reading: Promise<TypeList>): Promise<TypeList | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), patienceMs);
    const settle = (result: TypeList | null) => {
      clearTimeout(timer);
      resolve(result);
    };
    reading.then(settle, () => settle(null));
  });
}
