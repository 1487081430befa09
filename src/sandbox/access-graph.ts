import type { Entity, IdentityRecord, ProfileRecord } from './record.ts';
import { currentVersion, entityKey, parentsOf, type Store } from './store.ts';

/** The access of an identity: profiles that give it, and entitlements in the targets. */
export interface Access {
  readonly profiles: readonly ProfileRecord[];
  readonly entities: readonly Entity[];
}

/**
 * The access that the graph shows for an identity: the entities that its live profiles grant, each once, without those that the graph
 * does not show yet, and with those that came from elsewhere. It is the access of the identity, not of the person (a guess).
 */
export function accessOf(store: Store, identity: IdentityRecord): Access {
  const profiles = store.profilesOf(identity.id).filter(isLive);
  const entities = new Map<string, Entity>();
  for (const profile of liveAncestry(store, profiles)) {
    for (const entity of currentVersion(profile)?.entities_to_create_relationships_to ?? []) {
      entities.set(entityKey(entity), entity);
    }
  }
  for (const entity of identity.not_yet_in_graph) entities.delete(entityKey(entity));
  for (const entity of identity.granted_elsewhere) entities.set(entityKey(entity), entity);
  return { profiles, entities: [...entities.values()] };
}

/** These profiles and all from which they inherit on a way of live profiles alone: what is paused grants nothing (DOC). */
export function liveAncestry(store: Store, profiles: readonly ProfileRecord[]): readonly ProfileRecord[] {
  const ids = profiles.map(({ id }) => id);
  return [...ancestry(store, ids, isLive)].flatMap((id) => store.profile(id) ?? []);
}

/** The ids of these profiles and of everything above them that can be reached through profiles that `pass`. */
export function ancestry(
  store: Store,
  ids: readonly string[],
  pass: (profile: ProfileRecord) => boolean = () => true,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const profile = store.profile(id);
    if (reached.has(id) || (profile !== undefined && !pass(profile))) continue;
    reached.add(id);
    if (profile !== undefined) waiting.push(...parentsOf(profile));
  }
  return reached;
}

/** Running, with a published version (DOC: API notes §6.4). */
export function isLive(profile: ProfileRecord): boolean {
  return profile.state === 'RUNNING' && currentVersion(profile)?.state === 'PUBLISHED';
}
