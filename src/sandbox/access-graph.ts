import type { Entity, IdentityRecord, ProfileRecord } from './record.ts';
import { currentVersion, entityKey, type Store } from './store.ts';

/** What somebody has: profiles that give it to them, and entitlements in the targets. */
export interface Access {
  readonly profiles: readonly ProfileRecord[];
  readonly entities: readonly Entity[];
}

/**
 * What the access graph shows of an identity: what its live profiles grant, each entity once, without what the graph does not
 * show yet, and with what came from elsewhere. That it is told of the identity and not of the person is a guess.
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
export function liveAncestry(store: Store, profiles: readonly ProfileRecord[]): Iterable<ProfileRecord> {
  const reached = new Map<string, ProfileRecord>();
  const waiting = [...profiles];
  for (let profile = waiting.pop(); profile !== undefined; profile = waiting.pop()) {
    if (reached.has(profile.id) || !isLive(profile)) continue;
    reached.set(profile.id, profile);
    for (const id of currentVersion(profile)?.inherit_entities_from_access_profiles ?? []) {
      const parent = store.profile(id);
      if (parent !== undefined) waiting.push(parent);
    }
  }
  return reached.values();
}

/** Running, with a published version (DOC: API notes §6.4). */
export function isLive(profile: ProfileRecord): boolean {
  return profile.state === 'RUNNING' && currentVersion(profile)?.state === 'PUBLISHED';
}
