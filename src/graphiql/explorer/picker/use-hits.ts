import { useMemo } from 'react';
import type { Profile } from '../graph/profile-graph.ts';
import { displayName } from '../look/box-content.ts';
import { useSettled } from '../page/browser.ts';
import {
  useEntities,
  useIsWhole,
  useProfilesEverywhere,
  useProfilesNamed,
  useProfilesWithIds,
  useTenant,
  useWholeWorld,
} from '../page/questions.ts';
import { type Entitlement, entitlementKey, entitlementName } from '../text/entitlement-name.ts';
import { looksLikeId, type Match, rankByName } from '../text/order.ts';
import { useRecentProfiles } from './recent.ts';

/** What a picker offers. */
export type Kinds = 'profiles' | 'entitlements' | 'both';

/** A profile or an entitlement, and where what was typed stands in its name. */
export interface Hit {
  readonly key: string;
  readonly match: Match<unknown> | undefined;
  readonly profile?: Profile;
  readonly entitlement?: Entitlement;
}

export interface HitGroup {
  readonly title: string;
  /** How many there are, listed or not. Undefined if that is not known. */
  readonly count: number | undefined;
  readonly hits: readonly Hit[];
  /** Why there are no hits. */
  readonly note: string | undefined;
}

const mostListed = 7;

export interface Hits {
  readonly groups: readonly HitGroup[];
  /** What is shown is not yet the answer to what was typed. */
  readonly isReading: boolean;
}

/** Hits for what was typed. Names of a tenant that is held here are looked through at once; others are asked for. */
export function useHits(typed: string, kinds: Kinds, isOpen: boolean, except?: string): Hits {
  const settled = useSettled(typed.trim(), 150);
  const profiles = useProfileHits(typed.trim(), settled, isOpen && kinds !== 'entitlements', except);
  const entitlements = useEntitlementHits(typed.trim(), settled, isOpen && kinds !== 'profiles');
  // What is called so comes before what has it in another text only.
  const isElsewhere = (group: HitGroup) => group.title === elsewhereTitle;
  const named = profiles.groups.filter((group) => !isElsewhere(group));
  return {
    groups: [...named, ...entitlements.groups, ...profiles.groups.filter(isElsewhere)],
    // Profiles of that name stand first: they need not wait for entitlements.
    isReading: profiles.isReading || (entitlements.isReading && named.every(({ hits }) => hits.length === 0)),
  };
}

const elsewhereTitle = 'Profiles with this in another text';
const nothing: Hits = { groups: [], isReading: false };

function useProfileHits(typed: string, settled: string, isWanted: boolean, except: string | undefined): Hits {
  const { status } = useTenant();
  const isTenantKnown = status !== 'reading' && status !== 'idle';
  const isWhole = useIsWhole();
  const whole = useWholeWorld().value;
  const graph = whole?.graph;
  const recent = useRecentProfiles(isWanted && isTenantKnown && typed === '').filter(({ id }) => id !== except);
  const isId = looksLikeId(settled);
  const isAsked = isWanted && isTenantKnown && settled !== '';
  const named = useProfilesNamed(isAsked && !isWhole && !isId ? settled : undefined);
  const withId = useProfilesWithIds(isAsked && isId ? [settled] : undefined);
  const local = useMemo(() => rankByName(whole?.byName ?? [], typed), [whole, typed]);
  const remote = useMemo(() => rankByName(named.value ?? [], settled), [named.value, settled]);
  const found = isWhole ? local : remote;
  const isNamedNowhere =
    isAsked &&
    !isId &&
    typed === settled &&
    found.length === 0 &&
    (isWhole ? graph !== undefined : named.status === 'done');
  const everywhere = useProfilesEverywhere(isNamedNowhere ? settled : undefined);

  if (!isWanted) return nothing;
  if (typed === '')
    return {
      groups: recent.length > 0 ? [profileGroup('Looked at last', recent.map(unmatched))] : [],
      isReading: false,
    };
  const isReading =
    !isTenantKnown ||
    (isWhole && !isId ? graph === undefined : typed !== settled) ||
    [named.status, withId.status, everywhere.status].includes('reading');
  const byId = (withId.value ?? []).map(unmatched);
  const elsewhere = (everywhere.value ?? []).map(unmatched);
  const [title, shown] =
    byId.length > 0
      ? ['Profiles', byId]
      : found.length > 0 || elsewhere.length === 0
        ? ['Profiles', found]
        : [elsewhereTitle, elsewhere];
  if (shown.length > 0) return { groups: [profileGroup(title, shown)], isReading };
  const error = named.error ?? withId.error;
  const note = isReading ? 'reading…' : (error?.message ?? `No profile is called “${typed}”.`);
  return { groups: [{ title: 'Profiles', count: undefined, hits: [], note }], isReading };
}

function useEntitlementHits(typed: string, settled: string, isWanted: boolean): Hits {
  const entities = useEntities(isWanted && settled !== '' ? settled : undefined);
  if (!isWanted || typed === '') return nothing;
  const isReading = typed !== settled || entities.status === 'reading' || entities.status === 'idle';
  const hits = rankEntitlements(entities.value ?? [], settled);
  const none = isReading ? 'reading…' : (entities.error?.message ?? `No entitlement is called “${typed}”.`);
  const group: HitGroup = {
    title: 'Entitlements',
    count: countOf(hits.length),
    hits: hits.slice(0, mostListed),
    note: hits.length > 0 ? undefined : none,
  };
  return { groups: [group], isReading };
}

function unmatched(item: Profile): Match<Profile> {
  return { item, start: 0, length: 0 };
}

/** The gateway is asked for no more than 40 entitlements and 60 profiles: where there are as many, there may be more. */
function countOf(count: number): number | undefined {
  return count === 40 || count === 60 ? undefined : count;
}

function profileGroup(title: string, matches: readonly Match<Profile>[]): HitGroup {
  return {
    title,
    count: countOf(matches.length),
    hits: matches.slice(0, mostListed).map((match) => ({
      key: `profile ${match.item.id}`,
      profile: match.item,
      match: match.length > 0 && displayName(match.item) === match.item.name ? match : undefined,
    })),
    note: undefined,
  };
}

/** By name like profiles; those whose id alone matches come behind. */
function rankEntitlements(entitlements: readonly Entitlement[], words: string): readonly Hit[] {
  const named = entitlements.map((entitlement) => ({
    id: entitlementKey(entitlement),
    name: entitlementName(entitlement),
    entitlement,
  }));
  const ranked = rankByName(named, words);
  const found = new Set(ranked.map(({ item }) => item));
  return [
    ...ranked.map((match) => ({ ...match.item, match })),
    ...named.filter((item) => !found.has(item)).map((item) => ({ ...item, match: undefined })),
  ].map(({ id, entitlement, match }) => ({ key: `entitlement ${id}`, entitlement, match }));
}
