import { useMemo } from 'react';
import type { Profile } from '../graph/profile-graph.ts';
import { displayName } from '../look/box-content.ts';
import {
  useEntities,
  useIsWhole,
  useProfilesEverywhere,
  useProfilesNamed,
  useProfileWithId,
  useWholeWorld,
} from '../page/questions.ts';
import { useRecent } from '../page/use-recent.ts';
import { useSettled } from '../page/use-settled.ts';
import { type Entitlement, entitlementKey, entitlementName } from '../text/entitlement-name.ts';
import { looksLikeId, type Match, rankByName } from '../text/rank.ts';

/** What a picker offers. */
export type Kinds = 'profiles' | 'entitlements' | 'both';

export type Hit =
  | {
      readonly kind: 'profile';
      readonly key: string;
      readonly profile: Profile;
      readonly match: Match<Profile> | undefined;
    }
  | {
      readonly kind: 'entitlement';
      readonly key: string;
      readonly entitlement: Entitlement;
      readonly match: Match<unknown> | undefined;
    };

export interface HitGroup {
  readonly title: string;
  /** How many there are; more than are listed. Undefined while they are being read. */
  readonly count: number | undefined;
  readonly hits: readonly Hit[];
  /** Why there are no hits. */
  readonly note: string | undefined;
}

const mostListed = 7;

/** Hits for what was typed. Names of a tenant that is held here are looked through at once; others are asked for. */
export function useHits(typed: string, kinds: Kinds, isOpen: boolean): readonly HitGroup[] {
  const words = useSettled(typed.trim(), 150);
  const isWhole = useIsWhole();
  const whole = useWholeWorld();
  const { recent } = useRecent();
  const wantsProfiles = isOpen && kinds !== 'entitlements';
  const isId = looksLikeId(words);
  const named = useProfilesNamed(wantsProfiles && !isWhole && !isId && words !== '' ? words : undefined);
  const withId = useProfileWithId(wantsProfiles && isId ? words : undefined);
  const graph = whole.value?.graph;
  const local = useMemo(
    () =>
      graph === undefined
        ? []
        : rankByName(
            graph.profiles.filter(({ isMissing }) => !isMissing),
            typed,
          ),
    [graph, typed],
  );
  const remote = useMemo(() => rankByName(named.value ?? [], words), [named.value, words]);
  const found = isWhole ? local : remote;
  const isNamedNowhere =
    wantsProfiles &&
    words !== '' &&
    !isId &&
    found.length === 0 &&
    (isWhole ? graph !== undefined : named.status === 'done');
  const everywhere = useProfilesEverywhere(isNamedNowhere ? words : undefined);
  const entities = useEntities(isOpen && kinds !== 'profiles' && words !== '' ? words : undefined);

  return useMemo(() => {
    const groups: HitGroup[] = [];
    if (wantsProfiles && typed.trim() === '') {
      const known = recent.flatMap((id) => graph?.find(id) ?? []);
      if (known.length > 0)
        groups.push(
          profileGroup(
            'Looked at last',
            known.map((item) => ({ item, start: 0, length: 0 })),
          ),
        );
    } else if (wantsProfiles) {
      const byId = (withId.value ?? []).map((item) => ({ item, start: 0, length: 0 }));
      const other = (everywhere.value ?? []).map((item) => ({ item, start: 0, length: 0 }));
      const isReading =
        named.status === 'reading' ||
        withId.status === 'reading' ||
        (isWhole && graph === undefined) ||
        typed.trim() !== words;
      const shown = byId.length > 0 ? byId : found.length > 0 ? found : other;
      const isOther = shown === other && other.length > 0;
      if (shown.length > 0)
        groups.push(profileGroup(isOther ? 'Profiles with this in another text' : 'Profiles', shown));
      else {
        const error = named.error ?? withId.error;
        const note = isReading ? 'reading…' : (error?.message ?? `No profile is called “${words}”.`);
        groups.push({ title: 'Profiles', count: isReading ? undefined : 0, hits: [], note });
      }
    }
    if (kinds !== 'profiles' && words !== '') {
      const hits = rankEntitlements(entities.shown ?? [], words);
      const note =
        entities.error?.message ??
        (entities.status === 'reading'
          ? 'reading…'
          : hits.length === 0 && entities.status === 'done'
            ? `No entitlement is called “${words}”.`
            : undefined);
      if (hits.length > 0 || note !== undefined) {
        groups.push({
          title: 'Entitlements',
          count: hits.length,
          hits: hits.slice(0, mostListed),
          note: hits.length > 0 ? undefined : note,
        });
      }
    }
    return groups;
  }, [wantsProfiles, typed, words, recent, graph, found, everywhere.value, named, withId, isWhole, kinds, entities]);
}

function profileGroup(title: string, matches: readonly Match<Profile>[]): HitGroup {
  return {
    title,
    count: matches.length,
    hits: matches.slice(0, mostListed).map((match) => ({
      kind: 'profile',
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
  const found = new Set(ranked.map(({ item }) => item.id));
  return [
    ...ranked.map(
      (match): Hit => ({
        kind: 'entitlement',
        key: `entitlement ${match.item.id}`,
        entitlement: match.item.entitlement,
        match,
      }),
    ),
    ...named
      .filter(({ id }) => !found.has(id))
      .map(
        ({ id, entitlement }): Hit => ({
          kind: 'entitlement',
          key: `entitlement ${id}`,
          entitlement,
          match: undefined,
        }),
      ),
  ];
}
