import { useMemo } from 'react';
import { askAffectedPeople, askEffect } from '../ask/change.ts';
import { askComparison } from '../ask/comparison.ts';
import { askFindings, type Finding } from '../ask/findings.ts';
import { askGranting } from '../ask/granting.ts';
import { askPeople, askProfile } from '../ask/profile.ts';
import { askEntities, askProfilesEverywhere, askProfilesNamed, askProfilesWithIds } from '../ask/search.ts';
import { askTenant } from '../ask/tenant.ts';
import { askWorld, type World } from '../ask/world.ts';
import { type FindingIndex, indexFindings, noFindings } from '../graph/finding-index.ts';
import { type TypeLook, typeLooks } from '../look/colours.ts';
import { createQuestion, type Reading } from './answers.ts';
import { useSession } from './session.tsx';

export const useTenant = createQuestion(askTenant);
export const useProfileDetails = createQuestion(askProfile);
export const useGranting = createQuestion(askGranting);
export const useEffectOf = createQuestion(askEffect);
export const useAffectedPeople = createQuestion(askAffectedPeople);
export const useComparison = createQuestion(askComparison);
/** Everybody who gets a profile's entitlements. */
export const usePeople = createQuestion(askPeople);
/** Profiles that a text names, asked of the gateway: for tenants that are not held here. */
export const useProfilesNamed = createQuestion(askProfilesNamed);
/** Profiles that have the words anywhere in their texts. */
export const useProfilesEverywhere = createQuestion(askProfilesEverywhere);
export const useProfilesWithIds = createQuestion(askProfilesWithIds);
export const useEntities = createQuestion(askEntities);
const useWorld = createQuestion(askWorld);
const useAllFindings = createQuestion((ask, _isAsked: true) => askFindings(ask));

/** Up to this many profiles are read unasked. */
export const mostUnasked = 2_000;

/** Whether every profile is read, or only what is around those in front. */
export function useIsWhole(): boolean {
  const { isWholeWanted } = useSession();
  const count = useTenant().shown?.profileCount;
  return isWholeWanted || (count !== undefined && count <= mostUnasked);
}

/** The whole tenant, if it is small or was asked for. */
export function useWholeWorld(): Reading<World> {
  return useWorld(useIsWhole() ? null : undefined);
}

/** The whole tenant if it is there, else what is above and below one profile. */
export function useWorldAround(id: string | undefined): Reading<World> {
  const { status } = useTenant();
  const isWhole = useIsWhole();
  return useWorld(status === 'reading' ? undefined : isWhole ? null : id);
}

/** Findings of a large tenant are read only where they are asked for. */
export function useFindings(isAsked: boolean): Reading<readonly Finding[]> {
  return useAllFindings(useIsWhole() || isAsked || undefined);
}

/** Findings by profile, as far as they have been read. */
export function useFindingIndex(): FindingIndex {
  const findings = useFindings(false).shown;
  return useMemo(() => (findings === undefined ? noFindings : indexFindings(findings)), [findings]);
}

const noLooks: ReadonlyMap<string, TypeLook> = new Map();

/** How each type looks, by its place among all types of the tenant. */
export function useTypeLooks(): ReadonlyMap<string, TypeLook> {
  const types = useTenant().shown?.types;
  return useMemo(() => (types === undefined ? noLooks : typeLooks(types)), [types]);
}
