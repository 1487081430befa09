import { UpstreamError } from '../errors.ts';
import type { AuditEntry } from '../model/neighbours.ts';
import type { Page } from '../model/page.ts';
import { and, compare } from '../scim/ast.ts';
import { compareInstants } from '../scim/instant.ts';
import { printFilter } from '../scim/printer.ts';
import { invalidReply } from '../upstream/failure.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import { paginate } from '../upstream/paginate.ts';
import { isChangeOf } from '../wire/audit.ts';
import type { UpstreamCall } from './call.ts';
import { isRefusal } from './refusal.ts';

/** Statuses by which an API says that it has no audit log. */
const notThere = new Set([404, 405, 410, 501]);

/**
 * Who changed profiles, from the tenant's audit log. Its first page is read once for all profiles, and is often the whole log. Else
 * the log is asked for one profile, if it shows that it takes such a filter; if not, it is read to its end.
 */
export class AuditLoader {
  readonly #call: UpstreamCall;
  readonly #maxPages: number | undefined;
  readonly #firstPages = new Map<string, Promise<Page<AuditEntry>>>();
  readonly #whole = new Map<string, Promise<readonly AuditEntry[]>>();

  constructor(call: UpstreamCall, maxPages?: number) {
    this.#call = call;
    this.#maxPages = maxPages;
  }

  /**
   * Changes of a profile since then, the newest first. Throws UpstreamError: FORBIDDEN where the caller may not read the log,
   * NOT_SUPPORTED where the API has none.
   */
  async changesOf(profileId: string, since: string): Promise<readonly AuditEntry[]> {
    const first = await this.#firstPage(since);
    const entries =
      first.next === null
        ? first.values
        : ((await this.#filtered(profileId, since, first.values)) ?? (await this.#all(since, first)));
    return entries
      .filter((entry) => isChangeOf(entry, profileId) && order(entry.at, since) >= 0)
      .toSorted((a, b) => order(b.at, a.at));
  }

  #firstPage(since: string): Promise<Page<AuditEntry>> {
    const known = this.#firstPages.get(since);
    if (known !== undefined) return known;
    const page = this.#read(auditFilter(since, null), null);
    this.#firstPages.set(since, page);
    return page;
  }

  #all(since: string, first: Page<AuditEntry>): Promise<readonly AuditEntry[]> {
    const known = this.#whole.get(since);
    if (known !== undefined) return known;
    const all = this.#readAll(auditFilter(since, null), first);
    this.#whole.set(since, all);
    return all;
  }

  /** null where the API does not show that it filters by URL: what it leaves out would be missing without an error. */
  async #filtered(
    profileId: string,
    since: string,
    known: readonly AuditEntry[],
  ): Promise<readonly AuditEntry[] | null> {
    const own = known.filter((entry) => isChangeOf(entry, profileId));
    // Some entry must come back, of this profile or else of another one.
    const [witness = null] = own.length > 0 ? own : known.filter(({ url }) => profileIn(url) !== null);
    const witnessId = witness === null ? null : profileIn(witness.url);
    if (witnessId === null || !isPlain(profileId)) return null;
    try {
      if (own.length === 0) {
        const { values } = await this.#read(auditFilter(since, witnessId), null);
        if (!values.some((entry) => isSame(entry, witness)) || !values.every(({ url }) => holds(url, witnessId)))
          return null;
      }
      const found = await this.#readAll(auditFilter(since, profileId));
      const isComplete = own.every((entry) => found.some((each) => isSame(each, entry)));
      return isComplete && found.every(({ url }) => holds(url, profileId)) ? found : null;
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  async #readAll(filter: string, first?: Page<AuditEntry>): Promise<readonly AuditEntry[]> {
    const entries: AuditEntry[] = [...(first?.values ?? [])];
    if (first !== undefined && first.next === null) return entries;
    const fetch = (pageToken: string | null) => this.#read(filter, pageToken);
    for await (const page of paginate(neighbours.listAudit.attempt, fetch, first?.next ?? null, this.#maxPages)) {
      for (const entry of page.values) entries.push(entry);
    }
    return entries;
  }

  async #read(filter: string, pageToken: string | null): Promise<Page<AuditEntry>> {
    try {
      return await this.#call(neighbours.listAudit, { filter, pageToken });
    } catch (error) {
      if (!(error instanceof UpstreamError) || !notThere.has(error.upstream.status ?? 0)) throw error;
      const message =
        "The Veza API of this tenant has no audit log that the gateway knows of, so that changes can't be told.";
      throw new UpstreamError('NOT_SUPPORTED', message, error.upstream, { cause: error });
    }
  }
}

/** Throws UpstreamError for a time that can't be read. */
function order(a: string, b: string): number {
  const compared = compareInstants(a, b);
  if (compared === undefined) throw invalidReply(neighbours.listAudit.attempt, 'a time can not be read', 200);
  return compared;
}

function holds(url: string, profileId: string): boolean {
  return url.includes(`/access_profiles/${profileId}`);
}

/** Whether an id needs neither quoting in a filter nor encoding in a URL. */
function isPlain(id: string): boolean {
  return /^[\w.~-]+$/.test(id);
}

function profileIn(url: string): string | null {
  const [, id = ''] = /\/access_profiles\/([^/?#]+)/.exec(url) ?? [];
  return isPlain(id) ? id : null;
}

function isSame(a: AuditEntry, b: AuditEntry | null): boolean {
  return b !== null && a.at === b.at && a.url === b.url && a.requestId === b.requestId;
}

/**
 * The filter of the audit log (neighbour notes §8): records since then, of the paths of one profile unless it is null. The documents
 * write the operator of the time in capitals.
 */
export function auditFilter(since: string, profileId: string | null): string {
  const sinceThen = compare('ended_at', 'ge', since);
  const ofProfile = profileId === null ? [] : [compare('url', 'co', `/access_profiles/${profileId}`)];
  return printFilter(and(sinceThen, ...ofProfile)).replace(/^ended_at ge /, 'ended_at GE ');
}
