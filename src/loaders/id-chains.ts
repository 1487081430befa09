import type { FilterSupport } from '../filter/support.ts';
import { chunk, idFilter, isAskable, maxWitnesses, withWitnesses, witnessCount } from './id-chain.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import { isBreakdown, isRefusal } from './refusal.ts';
import type { Witnesses } from './witnesses.ts';

const byId = 'id eq';

/** A chain that failed is followed by chains of this part of its length. */
const shortening = 4;

/** Chains up to this length hold nothing that can be left out: an API that fails them takes no ids. */
const shortest = 4;

/** Rounds of one proof; in each but the last, an id came that had been missing. */
const maxRounds = 4;

/** Pages of a scan where nobody knows how many profiles there are. */
const usualScanPages = 10;

/** The fate of ids that did not come: `null` is proven not to be there, an error says why nobody knows. */
export type Outcomes = Map<string, null | Error>;

/** The ids that one chain brought; `refused` and `broken` for replies that tell nothing of them. */
type Reply = ReadonlySet<string> | 'refused' | 'broken' | Error;

/** A chain that told nothing: the API refused all its ids or broke over them, or it lost some witnesses. */
interface Failure {
  readonly kind: 'refused' | 'broken' | 'lost';
  readonly ids: readonly string[];
  readonly length: number;
}

/**
 * Asks for profiles by chains of ids, `id eq "a" or id eq "b"`. A row proves that its profile is there. Silence proves nothing
 * by itself: that an id is not there is said only after a chain that brought all its witnesses, and nothing else
 * (docs/adr/0001-what-a-reply-proves.md). One object serves one operation.
 */
export class IdChains {
  readonly #pages: ProfilePages;
  readonly #witnesses: Witnesses;
  readonly #support: FilterSupport;
  readonly #expectedSize: () => number | null;
  /** The longest chain that this operation still makes. */
  #length: number;
  /** Whether one chain has to tell if the API takes chains like it; then several are asked at a time. */
  #isTrying: boolean;
  #isGivenUp = false;
  /** Calls that brought nothing. */
  #wasted = 0;
  readonly #failed: Failure[] = [];
  /** Ids that were in a chain without witnesses that the API answered. */
  readonly #askedAlone = new Set<string>();
  /** Whether a chain brought all its ids, several: then no row is left out for its place among others. */
  #isComplete = false;
  /** The most rows that a chain has brought. */
  #mostRows = 0;

  constructor(
    pages: ProfilePages,
    witnesses: Witnesses,
    support: FilterSupport,
    expectedSize: () => number | null = () => null,
  ) {
    this.#pages = pages;
    this.#witnesses = witnesses;
    this.#support = support;
    this.#expectedSize = expectedSize;
    this.#isTrying = support.verdict(byId) === 'untried';
    this.#length = Math.min(maxPageSize, support.maxComparisons('ids'));
  }

  /** Whether asking by ids is of use, as far as is known. */
  get isUseful(): boolean {
    return !this.#isGivenUp && this.#support.verdict(byId) !== 'refused';
  }

  /** Whether no chain has brought a row from this API. */
  get #isUntried(): boolean {
    return this.#support.verdict(byId) === 'untried';
  }

  /** Asks for ids that are probably there: those that are become known. Says nothing of the others. */
  async bring(ids: readonly string[], outcomes: Outcomes): Promise<void> {
    let rest = ids.filter(isAskable);
    while (rest.length > 0) {
      if (!this.#isWorthwhile(rest.length, this.#length)) return this.#giveUp();
      const chains = this.#firstChains(rest);
      const asked = this.#isTrying ? chains.slice(0, 1) : chains;
      const replies = await Promise.all(asked.map((chain) => this.#ask(chain)));
      const again: string[] = [];
      for (const [i, chain] of asked.entries()) {
        const reply = replies[i] ?? 'broken';
        if (reply instanceof Error) note(chain, reply, outcomes);
        else if (typeof reply === 'string') again.push(...this.#fail(reply, chain, chain.length));
        else for (const id of chain) this.#askedAlone.add(id);
      }
      rest = [...again, ...chains.slice(asked.length).flat()].filter((id) => !this.#pages.known.has(id));
      if (again.length > 0 && !this.#shorten(rest.length)) return;
      // No row came from this API yet: a proof tells more than further chains.
      if (this.#isUntried) return;
    }
  }

  /**
   * Finds out which ids are not there. Those that turn out to be there become known; those of which nothing can be proven are
   * left without an outcome, for a scan. Only an id that was asked for without witnesses can be proven not to be there: in
   * a chain with them, a limit on rows may be their number.
   */
  async prove(ids: readonly string[], outcomes: Outcomes): Promise<void> {
    let rest = ids.filter(isAskable);
    let witnesses = this.#knownWitnesses();
    let areFresh = this.#pages.known.size >= maxWitnesses;
    for (let round = 0; rest.length > 0 && round < maxRounds; round++) {
      if (!this.#isUntried || !rest.some((id) => this.#askedAlone.has(id))) {
        await this.bring(this.#notAskedAlone(rest), outcomes);
      }
      if (this.#isGivenUp) return;
      rest = rest.filter((id) => !this.#pages.known.has(id) && !outcomes.has(id));
      if (witnesses.length < maxWitnesses) {
        const page = await this.#witnesses.firstPage();
        areFresh = true;
        witnesses = page.values.map(({ profileId }) => profileId);
        // A list of one page is a scan: it knows all.
        if (page.next === null || witnesses.length < maxWitnesses) return;
        rest = rest.filter((id) => !this.#pages.known.has(id));
        const silenced = [...this.#askedAlone].filter((id) => this.#isUntried && this.#pages.known.has(id));
        if (silenced.length > 0) {
          this.#fail('lost', silenced, shortest);
          return this.#giveUp();
        }
      }
      const chosen = witnesses.slice(0, maxWitnesses);
      const most = Math.max(1, this.#length - (this.#length > 2 * maxWitnesses ? maxWitnesses : shortest));
      if (this.#length < shortest || !this.#isWorthwhile(rest.length, most)) return this.#giveUp();
      const chains = chunk(
        rest.filter((id) => this.#askedAlone.has(id)),
        most,
        chosen,
      );
      const asked = this.#isTrying || this.#isUntried ? chains.slice(0, 1) : chains;
      const absent: string[] = [];
      const all = () => this.#bringsAll(chosen.slice(0, shortest));
      // An API that was not asked for ids before mostly fails the proof already.
      const early = this.#isUntried ? null : all();
      const proofs = await Promise.all(asked.map((chain) => this.#proveChain(chain, chosen, absent, outcomes)));
      const isComplete = early === null ? absent.length === 0 || (await all()) : await early;
      if (isComplete) for (const id of absent) outcomes.set(id, null);
      rest = rest.filter((id) => !this.#pages.known.has(id) && !outcomes.has(id));
      if (isComplete && proofs.every((isAnswered) => isAnswered)) continue;
      // Remembered witnesses may have gone: then those of now may serve.
      if (!areFresh) witnesses = [];
      else if (!this.#shorten(rest.length)) return;
    }
    if (rest.length > 0) this.#giveUp();
  }

  /**
   * Draws conclusions from chains that failed, once it is known which of their ids are there: the API should have answered a
   * chain of profiles that all exist. A chain with other ids tells nothing, since an API may refuse ids that are not of its
   * form; so does a witness that `isListed` does not know, since it may have been deleted.
   */
  learn(isListed: (id: string) => boolean): void {
    for (const { kind, ids, length } of this.#failed.splice(0)) {
      if (!ids.every((id) => (kind === 'lost' ? isListed(id) : this.#pages.known.has(id)))) continue;
      if (length <= shortest) {
        if (kind === 'broken') this.#support.noteBreakdown(byId);
        else this.#support.refuse(byId);
      } else this.#support.limit('ids', Math.floor(length / shortening));
    }
  }

  /** One chain with witnesses. False where it proves nothing. */
  async #proveChain(
    ids: readonly string[],
    witnesses: readonly string[],
    absent: string[],
    outcomes: Outcomes,
  ): Promise<boolean> {
    // Not as many as the most rows that came: that may be where the API leaves off.
    const chosen = witnesses.slice(0, witnessCount(ids.length, this.#mostRows));
    const chain = withWitnesses(ids, chosen);
    const reply = await this.#ask(chain);
    if (reply instanceof Error) {
      note(ids, reply, outcomes);
      return true;
    }
    if (typeof reply === 'string') {
      this.#fail(reply, chain, chain.length);
      return false;
    }
    const lost = chosen.filter((id) => !reply.has(id));
    if (lost.length > 0) {
      this.#fail('lost', lost, chain.length);
      return false;
    }
    if (reply.size === chosen.length) {
      absent.push(...ids);
      return true;
    }
    // If only some ids came, the others are asked for again: the API may have left off after some rows.
    this.#wasted++;
    return ids.some((id) => reply.has(id));
  }

  /** Whether witnesses come by themselves. An API that leaves out a row, such as the last, would leave out one of them. */
  async #bringsAll(witnesses: readonly string[]): Promise<boolean> {
    if (this.#isComplete) return true;
    const reply = await this.#ask(witnesses);
    if (reply instanceof Error) return false;
    const lost = typeof reply === 'string' ? witnesses : witnesses.filter((id) => !reply.has(id));
    if (lost.length > 0) this.#fail(typeof reply === 'string' ? reply : 'lost', lost, witnesses.length);
    return lost.length === 0;
  }

  #notAskedAlone(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => !this.#askedAlone.has(id));
  }

  /** A short chain tells whether an API takes ids that was not asked for any before: no doubt is left about its length. */
  #firstChains(ids: readonly string[]): readonly (readonly string[])[] {
    if (!this.#isUntried) return chunk(ids, this.#length);
    return [ids.slice(0, shortest), ...chunk(ids.slice(shortest), this.#length)];
  }

  async #ask(chain: readonly string[]): Promise<Reply> {
    const asked = new Set(chain.map((id) => id.toLowerCase()));
    const came = new Set<string>();
    const isTrial = this.#isUntried;
    try {
      for await (const page of this.#pages.read({ filter: idFilter(chain), pageSize: chain.length, isTrial })) {
        for (const { profileId } of page.values) {
          // An API that ignores letter case in ids may return profiles of other ids as well.
          if (!asked.has(profileId.toLowerCase())) return 'refused';
          came.add(profileId);
        }
      }
    } catch (error) {
      if (isRefusal(error)) return isBreakdown(error) ? 'broken' : 'refused';
      return error instanceof Error ? error : new Error('unknown failure', { cause: error });
    }
    this.#isTrying = false;
    this.#mostRows = Math.max(this.#mostRows, came.size);
    if (came.size > 0) this.#support.noteWorking(byId);
    if (came.size > 1 && came.size === chain.length) this.#isComplete = true;
    return came;
  }

  /** Profiles that this operation has seen, or else that the caller's last operations have. */
  #knownWitnesses(): readonly string[] {
    const { known } = this.#pages;
    const ids: string[] = [];
    for (const id of known.keys()) if (ids.push(id) === maxWitnesses) break;
    return ids.length >= maxWitnesses ? ids : this.#witnesses.remembered().map(({ profileId }) => profileId);
  }

  #fail(kind: Failure['kind'], ids: readonly string[], length: number): readonly string[] {
    this.#wasted++;
    this.#failed.push({ kind, ids, length });
    return ids;
  }

  /** False where shorter chains would cost more than a scan, or there are none. */
  #shorten(left: number): boolean {
    this.#isTrying = true;
    if (this.#isUntried) {
      this.#giveUp();
      return false;
    }
    const failed = Math.min(this.#length, ...this.#failed.map(({ length }) => length));
    this.#length = Math.floor(failed / shortening);
    if (this.#length >= 1 && this.#isWorthwhile(left, this.#length)) return true;
    this.#giveUp();
    return false;
  }

  #giveUp(): void {
    this.#isGivenUp = true;
  }

  #isWorthwhile(ids: number, length: number): boolean {
    // Long chains are the usual way: what they cost was decided when the API got its first.
    if (length >= maxPageSize - maxWitnesses) return true;
    const size = this.#expectedSize();
    const scanPages = size === null ? usualScanPages : Math.ceil(size / maxPageSize);
    return this.#wasted + Math.ceil(ids / length) < scanPages;
  }
}

function note(ids: readonly string[], error: Error, outcomes: Outcomes): void {
  for (const id of ids) outcomes.set(id, error);
}
