import type { FilterSupport } from '../filter/support.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { MaybePromise } from './call.ts';
import { readPartitions } from './partitioned-scan.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';

/** How a scan may be made in parallel, and what is known of whether it can be. */
export interface Partitioning {
  readonly support: FilterSupport;
  /** Whether lists by type have been found not to hold everything that this caller sees. */
  readonly isDistrusted: () => boolean;
  readonly distrust: () => void;
  readonly types: () => MaybePromise<readonly ProfileType[]>;
}

/**
 * Every profile that the caller sees. In the API's order: one call per hundred, each waiting for the one before. With
 * `partitioning`, in lists by type at the same time where those prove themselves, by type and in the API's order within.
 */
export async function readAll(pages: ProfilePages, partitioning: Partitioning | null): Promise<readonly Profile[]> {
  if (partitioning !== null && !partitioning.isDistrusted()) {
    const [first, types] = await Promise.all([
      pages.fetch({ filter: null, pageSize: maxPageSize }, null),
      // Without types there is nothing to read by; the plain scan does not need them.
      Promise.resolve(partitioning.types()).catch(() => []),
    ]);
    if (first.next !== null && types.length > 1) {
      const found = await readPartitions(pages, { types, support: partitioning.support, first: first.values });
      if (found !== null) return found;
      partitioning.distrust();
    }
  }
  const profiles: Profile[] = [];
  for await (const page of pages.read({ filter: null, pageSize: maxPageSize })) {
    for (const profile of page.values) profiles.push(profile);
  }
  return profiles;
}
