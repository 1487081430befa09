import { useMemo } from 'react';
import { type AffectedPerson, askAffectedPeople, askEffect, type Effect } from '../ask/change.ts';
import { askComparison, type Comparison } from '../ask/comparison.ts';
import { askFindings, type Finding } from '../ask/findings.ts';
import { askGranting, type Granting } from '../ask/granting.ts';
import { askPeople, type Person } from '../ask/people.ts';
import { askProfile, type ProfileDetails } from '../ask/profile.ts';
import { askEntities, askProfilesEverywhere, askProfilesNamed, askProfilesWithIds } from '../ask/search.ts';
import { askTenant, type Tenant } from '../ask/tenant.ts';
import { askWorld, type World } from '../ask/world.ts';
import { type Change, changeKey } from '../graph/change.ts';
import type { Profile } from '../graph/profile-graph.ts';
import { type TypeLook, typeLooks } from '../look/colours.ts';
import type { Entitlement, EntityRef } from '../text/entitlement-name.ts';
import { type Reading, useAnswer } from './answers.ts';
import { useSession } from './session.tsx';

/** Up to this many profiles are read unasked. */
export const mostUnasked = 2_000;

export function useTenant(): Reading<Tenant> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.tenant, scope, (signal) => askTenant(ask(signal)));
}

/** Whether every profile is read, or only what is around those in front. */
export function useIsWhole(): boolean {
  const { isWholeWanted } = useSession();
  const count = useTenant().shown?.profileCount;
  return isWholeWanted || (count !== undefined && count <= mostUnasked);
}

/** The whole tenant, if it is small or was asked for. */
export function useWholeWorld(): Reading<World> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.world, useIsWhole() ? scope : undefined, (signal) => askWorld(ask(signal)));
}

/** The whole tenant if it is there, else what is above and below one profile. */
export function useWorldAround(id: string | undefined): Reading<World> {
  const { scope, caches, ask } = useSession();
  const { status } = useTenant();
  const isTenantKnown = status !== 'reading' && status !== 'idle';
  const isWhole = useIsWhole();
  const question = !isTenantKnown
    ? undefined
    : isWhole
      ? scope
      : id === undefined
        ? undefined
        : `${scope} around ${id}`;
  return useAnswer(caches.world, question, (signal) => askWorld(ask(signal), isWhole ? undefined : id));
}

export function useProfileDetails(id: string | undefined): Reading<ProfileDetails | undefined> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.profile, id && `${scope} ${id}`, (signal) => askProfile(ask(signal), id ?? ''));
}

/** Findings of a large tenant are read only where they are asked for. */
export function useFindings(isAsked: boolean): Reading<readonly Finding[]> {
  const { scope, caches, ask } = useSession();
  const isWhole = useIsWhole();
  return useAnswer(caches.findings, isAsked || isWhole ? scope : undefined, (signal) => askFindings(ask(signal)));
}

export function useGranting(entity: EntityRef | undefined): Reading<Granting> {
  const { scope, caches, ask } = useSession();
  const question = entity && `${scope} ${JSON.stringify([entity.datasourceId, entity.entityType, entity.entityId])}`;
  return useAnswer(caches.granting, question, (signal) =>
    entity === undefined ? Promise.reject(new Error('no entity')) : askGranting(ask(signal), entity),
  );
}

export function useEffectOf(changes: readonly Change[]): Reading<Effect> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.effect, questionOf(scope, changes), (signal) => askEffect(ask(signal), changes));
}

export function useAffectedPeople(changes: readonly Change[], isAsked: boolean): Reading<readonly AffectedPerson[]> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.affectedPeople, isAsked ? questionOf(scope, changes) : undefined, (signal) =>
    askAffectedPeople(ask(signal), changes),
  );
}

function questionOf(scope: string, changes: readonly Change[]): string | undefined {
  return changes.length === 0
    ? undefined
    : `${scope} ${changes.map((change) => change.kind + changeKey(change)).join()}`;
}

export function useComparison(a: string | undefined, b: string | undefined): Reading<Comparison | undefined> {
  const { scope, caches, ask } = useSession();
  const question = a === undefined || b === undefined ? undefined : `${scope} ${JSON.stringify([a, b])}`;
  return useAnswer(caches.comparison, question, (signal) => askComparison(ask(signal), a ?? '', b ?? ''));
}

export function usePeople(id: string, isAsked: boolean): Reading<readonly Person[]> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.people, isAsked ? `${scope} ${id}` : undefined, (signal) => askPeople(ask(signal), id));
}

/** Profiles that a text names, asked of the gateway: for tenants that are not held here. */
export function useProfilesNamed(words: string | undefined): Reading<readonly Profile[]> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.profiles, words && `${scope} named ${words}`, (signal) =>
    askProfilesNamed(ask(signal), words ?? ''),
  );
}

/** Profiles that have the words anywhere in their texts. */
export function useProfilesEverywhere(words: string | undefined): Reading<readonly Profile[]> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.profiles, words && `${scope} everywhere ${words}`, (signal) =>
    askProfilesEverywhere(ask(signal), words ?? ''),
  );
}

export function useProfilesWithIds(ids: readonly string[]): Reading<readonly Profile[]> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.profiles, ids.length === 0 ? undefined : `${scope} ids ${JSON.stringify(ids)}`, (signal) =>
    askProfilesWithIds(ask(signal), ids),
  );
}

export function useEntities(words: string | undefined): Reading<readonly Entitlement[]> {
  const { scope, caches, ask } = useSession();
  return useAnswer(caches.entities, words && `${scope} ${words}`, (signal) => askEntities(ask(signal), words ?? ''));
}

const noLooks: ReadonlyMap<string, TypeLook> = new Map();

/** How each type looks, by its place among all types of the tenant. */
export function useTypeLooks(): ReadonlyMap<string, TypeLook> {
  const types = useTenant().shown?.types;
  return useMemo(() => (types === undefined ? noLooks : typeLooks(types)), [types]);
}
