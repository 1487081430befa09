import { any } from '../filter/condition.ts';
import { plan } from '../filter/plan.ts';
import type { FilterSupport } from '../filter/support.ts';
import { isOfType } from '../filter/typed-filter.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';
import { isBreakdown, isRefusal } from './refusal.ts';

/** Lists that are read at a time; small types share one. */
const maxPartitions = 8;

export interface PartitionOptions {
  readonly types: readonly ProfileType[];
  readonly support: FilterSupport;
  /** The first page without a filter. */
  readonly first: readonly Profile[];
}

/**
 * Every profile by one list per type (or few types), read at the same time. null where that can't be trusted: a list holds a
 * profile of another type; a profile of the first page without a filter, or one that was read before, is in no list; or some
 * profile names a parent or child that is in none. What this can't find out is a profile without a type that the API lists,
 * if it is not on that page and no profile of the lists names it or is named by it: only a whole unfiltered scan could.
 */
export async function readPartitions(
  pages: ProfilePages,
  { types, support, first }: PartitionOptions,
): Promise<readonly Profile[] | null> {
  const plans = partition(types).map((ids) => plan(any(ids.map(isOfType)), support, false));
  if (plans.length < 2) return null;
  const lists = await Promise.all(
    plans.map(async (each) => {
      if (each === null || !each.covered) return null;
      const rows: Profile[] = [];
      try {
        for await (const page of pages.read({ filter: each.filter, pageSize: maxPageSize })) {
          if (!page.values.every(each.matches)) return null;
          for (const profile of page.values) rows.push(profile);
        }
      } catch (error) {
        if (isRefusal(error) || isBreakdown(error)) return null;
        throw error;
      }
      return rows;
    }),
  );
  const found = new Map<string, Profile>();
  for (const list of lists) {
    if (list === null) return null;
    for (const profile of list) found.set(profile.profileId, profile);
  }
  const isThere = (id: string) => found.has(id);
  const namedAreThere = (profile: Profile) =>
    directParentIds(profile).every(isThere) && (profile.inheritedByIds ?? []).every(isThere);
  const all = [...found.values()];
  const isCovered = [...pages.known.keys()].every(isThere) && first.every(({ profileId }) => isThere(profileId));
  return isCovered && all.every(namedAreThere) ? all : null;
}

interface Part {
  readonly ids: string[];
  size: number;
}

const emptyPart = (): Part => ({ ids: [], size: 0 });

/** Type ids in parts of about the same number of profiles, as far as the API counts them. */
function partition(types: readonly ProfileType[]): readonly (readonly string[])[] {
  const parts = Array.from({ length: Math.min(maxPartitions, types.length) }, emptyPart);
  for (const { typeId, profilesCount } of [...types].sort((a, b) => (b.profilesCount ?? 0) - (a.profilesCount ?? 0))) {
    const smallest = parts.reduce((least, part) => (part.size < least.size ? part : least));
    smallest.ids.push(typeId);
    smallest.size += (profilesCount ?? 0) + 1;
  }
  return parts.map(({ ids }) => ids);
}
