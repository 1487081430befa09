import { UpstreamError } from '../errors.ts';
import { currentVersionOf, type Profile } from '../model/profile.ts';
import type { Version } from '../model/version.ts';
import { readWhole } from '../upstream/paginate.ts';
import { versionEndpoints } from '../upstream/version-endpoints.ts';
import type { MaybePromise, UpstreamCall } from './call.ts';
import type { SeenByCaller, VersionWay } from './caller-memory.ts';
import { isRefusal } from './refusal.ts';

export interface VersionLoaderOptions {
  readonly call: UpstreamCall;
  /** Whether entitlements have to be named. */
  readonly extraInfo: boolean;
  /** The ways that worked for the caller's other operations; null: none are remembered. */
  readonly memory: Pick<SeenByCaller, 'versionWay' | 'noteVersionWay'> | null;
  readonly maxPages?: number | undefined;
}

/**
 * What one way gave: the version, `absent` (404: the version or the whole call is missing), `gone` (a complete list does not hold
 * it), `useless` (the API has no such call, or ignores it), or a failure that says nothing about the way.
 */
type Answer = Version | 'absent' | 'gone' | 'useless' | UpstreamError;

const ways: readonly VersionWay[] = ['parameter', 'path', 'list'];
/** Versions that are asked for at a time. */
const together = 8;

/**
 * Versions of profiles. The current one comes with its profile. For others the API documents no call: each of the ways that it
 * hints at is tried once for a caller, and what works is remembered. A reply counts only if it says itself that it is the version
 * that was asked for.
 */
export class VersionLoader {
  readonly #options: VersionLoaderOptions;
  readonly #works = new Map<VersionWay, boolean>();
  readonly #read = new Map<string, Promise<Version | null>>();
  readonly #asked = new Map<string, Promise<Answer>>();
  readonly #lists = new Map<string, Promise<readonly Version[]>>();
  #learning: Promise<unknown> | null = null;

  constructor(options: VersionLoaderOptions) {
    this.#options = options;
  }

  /** The draft of a profile; null where it names none. Throws as `load` does. */
  draftOf(profile: Profile): MaybePromise<Version | null> {
    const { profileId, draftVersionNumber: number } = profile;
    if (number === null) return null;
    const found = this.load(profile, number);
    if (!(found instanceof Promise)) return found;
    return found.then((version) => {
      if (version !== null) return version;
      const message = `The Veza API names version ${number} as the draft of profile ${profileId} and does not return it. It may have been published or dropped: read the profile again.`;
      throw new UpstreamError('NOT_FOUND', message, {});
    });
  }

  /**
   * A version; null where the API shows that the profile has none of this number. Throws UpstreamError: NOT_SUPPORTED where the
   * API has no call that reads it, FORBIDDEN where the caller may not.
   */
  load(profile: Profile, number: number): MaybePromise<Version | null> {
    if (profile.currentVersionNumber === number) return currentVersionOf(profile);
    const key = `${number}:${profile.profileId}`;
    let reading = this.#read.get(key);
    if (reading === undefined) {
      reading = this.#inTurn(() => this.#find(profile, number));
      this.#read.set(key, reading);
    }
    return reading;
  }

  /** Every version of a profile, the newest first. Throws as `load` does. */
  all(profile: Profile): Promise<readonly Version[]> {
    return this.#inTurn(() => this.#listed(profile)).then((listed) => listed ?? this.#oneByOne(profile));
  }

  async #listed(profile: Profile): Promise<readonly Version[] | null> {
    if (this.#isUseless('list')) return null;
    const other = profile.currentVersionNumber === null ? 1 : profile.currentVersionNumber + 1;
    const answer = await this.#ask('list', profile, other);
    if (answer === 'useless') this.#note('list', false);
    if (answer === 'useless' || answer instanceof UpstreamError) {
      if (answer instanceof UpstreamError && this.#works.get('list') === true) throw answer;
      return null;
    }
    this.#note('list', true);
    const versions = new Map((await this.#list(profile)).map((version) => [version.versionNumber, version]));
    const current = currentVersionOf(profile);
    if (current !== null) versions.set(current.versionNumber, current);
    return [...versions.values()].toSorted((a, b) => b.versionNumber - a.versionNumber);
  }

  /** Numbers have no gaps that are known of, so the first number above those that the profile names and that is not there is the end. */
  async #oneByOne(profile: Profile): Promise<readonly Version[]> {
    const latest = Math.max(profile.currentVersionNumber ?? 0, profile.draftVersionNumber ?? 0);
    const found: Version[] = [];
    const add = (version: Version | null): boolean => {
      if (version !== null) found.push(version);
      return version !== null;
    };
    let next = latest + 1;
    while (add(await this.load(profile, next))) next++;
    const rest = Array.from({ length: latest }, (_, i) => latest - i);
    for (let start = 0; start < rest.length; start += together) {
      const read = await Promise.all(rest.slice(start, start + together).map((number) => this.load(profile, number)));
      for (const version of read) add(version);
    }
    return found.toSorted((a, b) => b.versionNumber - a.versionNumber);
  }

  /** One after the other until it is known which way works, so that an API without any is not asked for each profile. */
  async #inTurn<T>(read: () => Promise<T>): Promise<T> {
    while (this.#learning !== null && !this.#isLearned) await this.#learning;
    const reading = read();
    if (this.#isLearned) return reading;
    const turn = reading.then(
      () => undefined,
      () => undefined,
    );
    this.#learning = turn;
    turn.then(() => {
      if (this.#learning === turn) this.#learning = null;
    });
    return reading;
  }

  async #find(profile: Profile, number: number): Promise<Version | null> {
    const answers = new Map<VersionWay, Exclude<Answer, Version>>();
    const open = ways.filter((way) => !this.#isUseless(way));
    for (const way of open.toSorted((a, b) => Number(this.#isKnown(b)) - Number(this.#isKnown(a)))) {
      const answer = await this.#ask(way, profile, number);
      if (isVersion(answer) || answer === 'gone') {
        this.#note(way, true);
        // A version that another way did not find is there.
        if (isVersion(answer)) for (const [other, given] of answers) if (given === 'absent') this.#note(other, false);
        return isVersion(answer) ? answer : null;
      }
      if (answer === 'useless') this.#note(way, false);
      answers.set(way, answer);
    }
    return this.#withoutAnswer(profile, number, answers);
  }

  /** Decides what it means that no way gave the version: null where one way shows another version, and so has answered. */
  async #withoutAnswer(
    profile: Profile,
    number: number,
    answers: ReadonlyMap<VersionWay, Exclude<Answer, Version>>,
  ): Promise<null> {
    const failures = [...answers.values()].filter((answer) => answer instanceof UpstreamError);
    const { currentVersionNumber, draftVersionNumber } = profile;
    const witness = [currentVersionNumber, draftVersionNumber].find((each) => each !== null && each !== number) ?? null;
    for (const [way, answer] of answers) {
      if (answer !== 'absent' || witness === null) continue;
      const known = await this.#ask(way, profile, witness);
      if (isVersion(known)) {
        this.#note(way, true);
        return null;
      }
      if (known instanceof UpstreamError) failures.push(known);
      else this.#note(way, false);
    }
    const [failure = notSupported(profile, number)] = failures.toSorted(
      (a, b) => Number(a.code === 'FORBIDDEN') - Number(b.code === 'FORBIDDEN'),
    );
    throw failure;
  }

  #ask(way: VersionWay, profile: Profile, number: number): Promise<Answer> {
    const key = `${way}:${number}:${profile.profileId}`;
    let asking = this.#asked.get(key);
    if (asking === undefined) {
      asking = this.#try(way, profile, number);
      this.#asked.set(key, asking);
    }
    return asking;
  }

  /** Rejects with what ends the operation. */
  async #try(way: VersionWay, profile: Profile, versionNumber: number): Promise<Answer> {
    const { call, extraInfo } = this.#options;
    const { profileId } = profile;
    try {
      if (way === 'list') {
        const versions = await this.#list(profile);
        const { currentVersionNumber: current } = profile;
        // A list without the current version is not one of all versions.
        const isWhole = versions.some((version) => current === null || version.versionNumber === current);
        if (!isWhole) return 'useless';
        return versions.find((version) => version.versionNumber === versionNumber) ?? 'gone';
      }
      const endpoint = way === 'parameter' ? versionEndpoints.readProfileAtVersion : versionEndpoints.readVersion;
      return (await call(endpoint, { profileId, versionNumber, extraInfo })) ?? 'useless';
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.code === 'UNAUTHENTICATED') throw error;
      const { status } = error.upstream;
      if (way !== 'list' && (status === 404 || status === 410)) return 'absent';
      // A reply that can't be read may be a proxy's: it fails this reading, and is not held against the way.
      const isRefused = error.code !== 'UPSTREAM_INVALID_RESPONSE' && isRefusal(error);
      return status === 501 || (isRefused && status !== null && status < 500) ? 'useless' : error;
    }
  }

  #list(profile: Profile): Promise<readonly Version[]> {
    const known = this.#lists.get(profile.profileId);
    if (known !== undefined) return known;
    const list = this.#readList(profile.profileId);
    this.#lists.set(profile.profileId, list);
    return list;
  }

  async #readList(profileId: string): Promise<readonly Version[]> {
    const { call, maxPages } = this.#options;
    const { listVersions } = versionEndpoints;
    const fetch = (pageToken: string | null) => call(listVersions, { profileId, pageToken });
    return readWhole(listVersions.attempt, fetch, ({ versionNumber }) => `${versionNumber}`, maxPages);
  }

  get #isLearned(): boolean {
    return ways.some((way) => this.#isKnown(way)) || ways.every((way) => this.#isUseless(way));
  }

  #isKnown(way: VersionWay): boolean {
    return this.#verdict(way) === true;
  }

  #isUseless(way: VersionWay): boolean {
    return this.#verdict(way) === false;
  }

  #verdict(way: VersionWay): boolean | null {
    return this.#works.get(way) ?? this.#options.memory?.versionWay(way) ?? null;
  }

  #note(way: VersionWay, works: boolean): void {
    this.#works.set(way, works);
    this.#options.memory?.noteVersionWay(way, works);
  }
}

function isVersion(answer: Answer): answer is Version {
  return typeof answer === 'object' && !(answer instanceof UpstreamError);
}

function notSupported({ profileId, currentVersionNumber }: Profile, number: number): UpstreamError {
  const known =
    currentVersionNumber === null ? 'and it names no current version' : `only the current one, ${currentVersionNumber}`;
  const message = `Version ${number} of profile ${profileId} can not be read: this tenant's Veza API has no call that the gateway knows of to read it, ${known}.`;
  return new UpstreamError('NOT_SUPPORTED', message, {});
}
