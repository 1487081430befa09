import { UpstreamError } from '../errors.ts';
import type { ProofNeed } from '../filter/plan.ts';
import { buildProbe, type Probe } from '../filter/probe.ts';
import { documentedComparisons, type FilterSupport, type SupportKey } from '../filter/support.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import { isRefusal } from './refusal.ts';
import type { Witnesses } from './witnesses.ts';

/** Pages in which the witnesses of a probe have to come; they stand at the start of the list. */
const maxPages = 3;

/** A probe, and whether its profiles were read in this operation. */
export interface OpenProbe extends Probe {
  readonly isFresh: boolean;
}

/** The result of a probe; `unknown`: the API failed, or the witnesses would come later. */
type Showing = 'shown' | 'disproved' | 'unknown';

/**
 * Proofs that the API reads filters as they are meant, made once in an operation for all its lists that need the same
 * (docs/adr/0001-what-a-reply-proves.md).
 */
export class FilterProofs {
  readonly #pages: ProfilePages;
  readonly #witnesses: Witnesses;
  readonly #support: FilterSupport;
  readonly #probes = new Map<string, Promise<OpenProbe | null>>();
  readonly #proofs = new Map<string, Promise<boolean>>();

  constructor({
    pages,
    witnesses,
    support,
  }: {
    readonly pages: ProfilePages;
    readonly witnesses: Witnesses;
    readonly support: FilterSupport;
  }) {
    this.#pages = pages;
    this.#witnesses = witnesses;
    this.#support = support;
  }

  /** A probe from profiles that the caller has seen lately, or else from the first page of the list. null: none can be made. */
  probeFor(need: ProofNeed): Promise<OpenProbe | null> {
    const key = JSON.stringify(need);
    const probe = this.#probes.get(key) ?? this.#findProbe(need);
    this.#probes.set(key, probe);
    return probe;
  }

  /** Whether the API answers the probe as it must. A failure of the API is no proof, and no error. */
  isProven(need: ProofNeed, probe: OpenProbe, trial: SupportKey | null): Promise<boolean> {
    const key = JSON.stringify(need);
    const proof = this.#proofs.get(key) ?? this.#prove(need, probe, trial);
    this.#proofs.set(key, proof);
    return proof;
  }

  async #findProbe(need: ProofNeed): Promise<OpenProbe | null> {
    const probe = buildProbe(need, this.#witnesses.remembered());
    return probe === null ? this.#freshProbe(need) : { ...probe, isFresh: false };
  }

  async #freshProbe(need: ProofNeed): Promise<OpenProbe | null> {
    try {
      const { values, next } = await this.#witnesses.firstPage();
      const probe = next === null ? null : buildProbe(need, values);
      return probe && { ...probe, isFresh: true };
    } catch (error) {
      // Filters that need no proof may still be answered.
      if (error instanceof UpstreamError) return null;
      throw error;
    }
  }

  async #prove(need: ProofNeed, probe: OpenProbe, trial: SupportKey | null): Promise<boolean> {
    let showing = await this.#ask(probe);
    if (showing === 'disproved' && !probe.isFresh) {
      // The profiles may have changed since they were seen.
      const fresh = await this.#freshProbe(need);
      showing = fresh === null ? 'unknown' : await this.#ask(fresh);
    }
    if (showing === 'shown') for (const key of need.keys) this.#support.noteWorking(key);
    if (showing === 'disproved') this.#learn(need, trial);
    return showing === 'shown';
  }

  async #ask({ filter, witnesses, accepts }: Probe): Promise<Showing> {
    const missing = new Set(witnesses);
    let pages = 0;
    try {
      for await (const page of this.#pages.read({ filter, pageSize: maxPageSize, isTrial: true })) {
        for (const row of page.values) {
          if (!accepts(row)) return 'disproved';
          missing.delete(row.profileId);
        }
        if (missing.size === 0) return 'shown';
        if (++pages === maxPages) return 'unknown';
      }
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return isRefusal(error) ? 'disproved' : 'unknown';
    }
    return 'disproved';
  }

  /** A long filter failed for its length, as far as anybody knows; a short one for what was new in it. */
  #learn({ keys, comparisons }: ProofNeed, trial: SupportKey | null): void {
    if (comparisons > documentedComparisons) this.#support.limit('lists', documentedComparisons);
    else if (trial !== null) this.#support.refuse(trial);
    else for (const key of keys) this.#support.doubt(key);
  }
}
