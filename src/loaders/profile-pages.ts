import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { paginate } from '../upstream/paginate.ts';
import type { UpstreamCall } from './call.ts';
import type { RequestableParameter } from './requestable.ts';

/** The most rows the API gives per page (API notes §3.4). */
export const maxPageSize = 100;

export interface PageRequest {
  /** SCIM, or null for every profile. */
  readonly filter: string | null;
  readonly pageSize: number;
  /** Whether the API has yet to show that it takes the filter; an internal error is then not retried. */
  readonly isTrial?: boolean;
}

export interface PagesOptions {
  readonly call: UpstreamCall;
  readonly extraInfo: boolean;
  readonly maxPages?: number | undefined;
  /** Given where an operation asks whether profiles can be requested. */
  readonly requestable?: RequestableParameter | null;
  /** The first page of the whole list waits for this. */
  readonly beforeScan?: (() => Promise<unknown>) | undefined;
  /** Profiles that were read before. */
  readonly seen?: ProfilePages;
}

/**
 * The pages of the profile list that one request has read, each asked for once, and every profile they brought. A
 * profile stays as it was first seen, so that one answer never shows two states of it.
 */
export class ProfilePages {
  readonly known: Map<string, Profile>;
  /** The same profiles, in the order in which they were first seen. */
  readonly inOrder: Profile[];
  readonly #options: PagesOptions;
  readonly #pages = new Map<string, Promise<Page<Profile>>>();
  readonly #lenders: ProfilePages[] = [];
  #scanPageSize: number | null = null;
  #scanBegunAt = Number.POSITIVE_INFINITY;
  #again: ProfilePages | null = null;

  constructor(options: PagesOptions) {
    this.#options = options;
    this.known = options.seen?.known ?? new Map();
    this.inOrder = options.seen?.inOrder ?? [];
  }

  /**
   * The page size with which the whole list was first read from its start, so that a scan goes on from there. A scan in
   * small pages would cost more than the few rows that it reads again.
   */
  get scanPageSize(): number {
    return this.#scanPageSize !== null && this.#scanPageSize >= maxPageSize / 2 ? this.#scanPageSize : maxPageSize;
  }

  /** When the first call for the whole list was made, by `performance.now()`; infinite: none was. */
  get scanBegunAt(): number {
    return Math.min(this.#scanBegunAt, ...this.#lenders.map((lender) => lender.#scanBegunAt));
  }

  fetch(request: PageRequest, pageToken: string | null): Promise<Page<Profile>> {
    const key = JSON.stringify([request.filter, request.pageSize, pageToken]);
    const before = this.#pages.get(key);
    if (before !== undefined) return before;
    if (request.filter === null && pageToken === null) this.#scanPageSize ??= request.pageSize;
    const lent = this.#lenders.map((lender) => lender.#pages.get(key)).find((page) => page !== undefined);
    const page =
      lent === undefined
        ? this.#read(request, pageToken)
        : // Where its reader failed or gave up, it is read here.
          lent.then(
            (found) => this.#rememberAll(found),
            () => this.#read(request, pageToken),
          );
    this.#pages.set(key, page);
    return page;
  }

  /** Pages that are all read again. They show each profile as these do. */
  reopen(): ProfilePages {
    const { beforeScan: _, ...options } = this.#options;
    return new ProfilePages({ ...options, seen: this });
  }

  /** A second reading of these pages, which fields of one operation share. */
  get again(): ProfilePages {
    this.#again ??= this.reopen();
    return this.#again;
  }

  /** Takes pages from another reader of the same caller that has read them, or is about to. */
  borrowFrom(lender: ProfilePages): void {
    this.#lenders.push(lender);
  }

  /** Takes note of profiles that were read elsewhere for the same caller, and gives them as this operation shows them. */
  adopt(profiles: readonly Profile[]): readonly Profile[] {
    return profiles.map((profile) => this.#remember(profile));
  }

  read(request: PageRequest, from: string | null = null): AsyncGenerator<Page<Profile>, void, undefined> {
    return paginate(
      endpoints.listProfiles.attempt,
      (token) => this.fetch(request, token),
      from,
      this.#options.maxPages,
    );
  }

  async #read({ filter, pageSize, isTrial = false }: PageRequest, pageToken: string | null): Promise<Page<Profile>> {
    if (filter === null && pageToken === null && pageSize === this.scanPageSize) await this.#options.beforeScan?.();
    if (filter === null) this.#scanBegunAt = Math.min(this.#scanBegunAt, performance.now());
    const { call, extraInfo, requestable = null } = this.#options;
    const params = { filter, pageSize, pageToken, extraInfo, isTrial };
    const page =
      requestable === null
        ? call(endpoints.listProfiles, params)
        : requestable.read((more) =>
            call(endpoints.listProfiles, { ...params, ...more, isTrial: isTrial || more.isTrial }),
          );
    return this.#rememberAll(await page);
  }

  #rememberAll({ values, next }: Page<Profile>): Page<Profile> {
    return { values: values.map((profile) => this.#remember(profile)), next };
  }

  #remember(profile: Profile): Profile {
    const before = this.known.get(profile.profileId);
    if (before !== undefined) return before;
    this.known.set(profile.profileId, profile);
    this.inOrder.push(profile);
    return profile;
  }
}
