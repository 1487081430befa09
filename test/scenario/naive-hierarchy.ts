/** Answers by definition from a world's raw records, the slow way round: shares nothing with src but the records. */
import type { Entity, ProfileRecord, TypeRecord } from '../../src/sandbox/record.ts';
import { completeProfile, completeType, type World } from '../../src/sandbox/world.ts';

export interface NaiveGrant {
  readonly entityId: string;
  readonly direct: boolean;
  /** Ids, sorted, each with how many edges away it is. */
  readonly grantedBy: readonly string[];
  readonly distances: Readonly<Record<string, number>>;
}

export class NaiveHierarchy {
  readonly profiles: readonly ProfileRecord[];
  readonly #world: World;
  readonly #types: readonly TypeRecord[];
  readonly #byId: ReadonlyMap<string, ProfileRecord>;

  constructor(world: World, canSee: (profile: ProfileRecord) => boolean = () => true) {
    this.profiles = world.profiles.map(completeProfile).filter(canSee);
    this.#world = world;
    this.#types = world.types.map(completeType);
    this.#byId = new Map(this.profiles.map((profile) => [profile.id, profile]));
  }

  get ids(): string[] {
    return this.profiles.map(({ id }) => id);
  }

  /** What the live version names, seen or not. */
  named(id: string): string[] {
    return [...new Set(liveVersion(this.#byId.get(id))?.inherit_entities_from_access_profiles ?? [])];
  }

  parents(id: string): string[] {
    return this.named(id).filter((parent) => this.#byId.has(parent));
  }

  children(id: string): string[] {
    return this.ids.filter((child) => this.parents(child).includes(id));
  }

  edges(): string[] {
    return this.ids.flatMap((child) => this.parents(child).map((parent) => `${child}>${parent}`)).sort();
  }

  missing(): string[] {
    return [...new Set(this.ids.flatMap((id) => this.named(id)).filter((id) => !this.#byId.has(id)))].sort();
  }

  /** Fewest edges to everything that is reached; widened by one edge until nothing changes. */
  distances(start: string, step: (id: string) => readonly string[]): Map<string, number> {
    const found = new Map([[start, 0]]);
    for (let changed = true; changed; ) {
      changed = false;
      for (const [id, distance] of [...found]) {
        for (const next of step(id)) {
          if (distance + 1 >= (found.get(next) ?? Number.POSITIVE_INFINITY)) continue;
          found.set(next, distance + 1);
          changed = true;
        }
      }
    }
    return found;
  }

  above(id: string): Map<string, number> {
    return this.distances(id, (each) => this.parents(each));
  }

  below(id: string): Map<string, number> {
    return this.distances(id, (each) => this.children(each));
  }

  grants(id: string): Entity[] {
    const seen = new Set<string>();
    return (liveVersion(this.#byId.get(id))?.entities_to_create_relationships_to ?? []).filter((entity) => {
      const isNew = !seen.has(keyOf(entity));
      seen.add(keyOf(entity));
      return isNew;
    });
  }

  /** By key of the grant. */
  effective(id: string): Map<string, NaiveGrant> {
    const found = new Map<string, NaiveGrant>();
    for (const [holder, distance] of this.above(id)) {
      for (const entity of this.grants(holder)) {
        const before = found.get(keyOf(entity));
        found.set(keyOf(entity), {
          entityId: entity.entity_id,
          direct: holder === id || (before?.direct ?? false),
          grantedBy: [...(before?.grantedBy ?? []), holder].sort(),
          distances: { ...before?.distances, [holder]: distance },
        });
      }
    }
    return found;
  }

  /** Every circle once, written from its first profile in the order of the list. */
  cycles(): string[] {
    const order = this.ids;
    const found: string[] = [];
    const walk = (path: readonly string[]): void => {
      for (const parent of this.parents(path.at(-1) ?? '')) {
        if (parent === path[0]) found.push(path.join('>'));
        else if (order.indexOf(parent) > order.indexOf(path[0] ?? '') && !path.includes(parent))
          walk([...path, parent]);
      }
    };
    for (const id of order) walk([id]);
    return found.sort();
  }

  /** The most edges of any chain between groups of profiles that all inherit from one another. */
  depth(): number {
    const reach = new Map(this.ids.map((id) => [id, this.above(id)]));
    const together = (a: string, b: string) => Boolean(reach.get(a)?.has(b) && reach.get(b)?.has(a));
    const longest = new Map(this.ids.map((id) => [id, 0]));
    // One round for each profile is enough: no chain has more edges.
    for (const _round of this.ids) {
      for (const child of this.ids) {
        for (const parent of this.parents(child)) {
          if (together(child, parent)) continue;
          for (const member of this.ids.filter((id) => together(id, child))) {
            longest.set(member, Math.max(longest.get(member) ?? 0, (longest.get(parent) ?? 0) + 1));
          }
        }
      }
      for (const a of this.ids) {
        for (const b of this.ids) {
          if (together(a, b)) longest.set(a, Math.max(longest.get(a) ?? 0, longest.get(b) ?? 0));
        }
      }
    }
    return Math.max(0, ...longest.values());
  }

  /** `KIND` and what it is about, one line each, sorted. */
  findings(): string[] {
    return [
      ...this.cycles().map((cycle) => `CYCLE ${cycle}`),
      ...this.missing().map((id) => `MISSING_PARENT ${this.ids.filter((child) => this.named(child).includes(id))}`),
      ...this.#redundant(),
      ...this.#duplicates(),
      ...this.#same(),
      ...this.#inactive(),
      ...this.#disabled(),
      ...this.#dangling(),
      ...this.ids.filter((id) => this.effective(id).size === 0).map((id) => `GRANTS_NOTHING ${id}`),
      ...this.ids.flatMap((id) => this.brokenRules(id).map((rule) => `TYPE_RULE_VIOLATION ${id} ${rule}`)),
    ].sort();
  }

  #redundant(): string[] {
    return this.ids.flatMap((child) =>
      this.parents(child)
        .filter((parent) => {
          const without = (id: string) => this.parents(id).filter((each) => id !== child || each !== parent);
          return parent !== child && this.distances(child, without).has(parent);
        })
        .map((parent) => `REDUNDANT_PARENT ${child},${parent}`),
    );
  }

  /** Without the profile that it is inherited from: any holder will do. */
  #duplicates(): string[] {
    return this.ids.flatMap((id) =>
      [...this.effective(id).values()]
        .filter(({ direct, grantedBy }) => direct && grantedBy.some((holder) => holder !== id))
        .map(() => `DUPLICATE_ENTITLEMENT ${id}`),
    );
  }

  #same(): string[] {
    const groups = new Map<string, string[]>();
    for (const id of this.ids) {
      const set = [...this.effective(id).keys()].sort().join('\n');
      if (set !== '') groups.set(set, [...(groups.get(set) ?? []), id]);
    }
    return [...groups.values()]
      .filter((group) => group.length > 1)
      .map((group) => `SAME_EFFECTIVE_ENTITLEMENTS ${group}`);
  }

  /** Data sources, types and policies that something names and no call returns; a profile that is seen names its own. */
  #dangling(): string[] {
    const { datasources = [], policies = [] } = this.#world;
    const there = {
      datasource: new Set(datasources.filter(({ lifecycle }) => lifecycle !== null).map(({ id }) => id)),
      policy: new Set(policies.map(({ id }) => id)),
      type: new Set(this.#types.map(({ id }) => id)),
    };
    const named = new Map<string, Set<string>>();
    const name = (kind: keyof typeof there, id: string | null | undefined, by: string | null) => {
      if (!id || there[kind].has(id)) return;
      const all = named.get(`${kind} ${id}`) ?? new Set();
      named.set(`${kind} ${id}`, by === null ? all : all.add(by));
    };
    for (const profile of this.profiles) {
      const live = liveVersion(profile);
      name('type', profile.profile_type, profile.id);
      name('datasource', live?.application_datasource_id, profile.id);
      name('policy', live?.application_sync_identity_action?.policy_id, profile.id);
      for (const entity of live?.entities_to_create_relationships_to ?? []) {
        name('datasource', entity.datasource_id, profile.id);
        name('policy', entity.sync_identity_action?.policy_id, profile.id);
      }
    }
    for (const type of this.#types) {
      for (const id of type.allow_inherited_from_types) name('type', id, null);
      for (const { datasource_id } of type.create_entitlements) name('datasource', datasource_id, null);
    }
    for (const { datasource_ids = [] } of policies) for (const id of datasource_ids) name('datasource', id, null);
    return Array.from(named.values(), (ids) => `DANGLING_REFERENCE ${[...ids]}`);
  }

  #disabled(): string[] {
    const disabled = (this.#world.datasources ?? []).filter(({ lifecycle }) => lifecycle?.enabled === false);
    return this.ids.flatMap((id) =>
      disabled
        .filter((source) => this.grants(id).some(({ datasource_id }) => datasource_id === source.id))
        .map(() => `DISABLED_DATASOURCE ${id}`),
    );
  }

  #inactive(): string[] {
    const stateOf = (id: string) => this.#byId.get(id)?.state;
    return this.ids
      .filter((id) => stateOf(id) === 'RUNNING')
      .flatMap((id) => this.parents(id).map((parent) => ({ id, parent })))
      .filter(({ parent }) => stateOf(parent) !== 'RUNNING')
      .map(({ id, parent }) => `INACTIVE_PARENT ${id},${parent}`);
  }

  brokenRules(id: string): string[] {
    const profile = this.#byId.get(id);
    const type = this.#types.find((each) => each.id === profile?.profile_type);
    if (profile === undefined) return [];
    if (type === undefined) return ['profile_type'];
    const [direct, named] = [this.grants(id), this.named(id)];
    const allowed = type.allow_inherited_from_types;
    const broken = {
      allow_inherit_entities: !type.allow_inherit_entities && named.length > 0,
      allow_inherited_from_types:
        type.allow_inherit_entities &&
        allowed.length > 0 &&
        this.parents(id).some((parent) => !allowed.includes(this.#byId.get(parent)?.profile_type ?? '')),
      allow_create_relationships: !type.allow_create_relationships && direct.length > 0,
      require_single_datasource:
        type.require_single_datasource && new Set(direct.map(({ datasource_id }) => datasource_id)).size > 1,
      max_entitlements: (type.max_entitlements ?? 0) > 0 && this.effective(id).size > (type.max_entitlements ?? 0),
      no_entitlements: type.no_entitlements && direct.length + named.length > 0,
    };
    return Object.entries(broken).flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
  }

  /** Holders in the order of the list, then the rest: ids, sorted where the order is no promise. */
  granting(datasourceId: string, entityId: string): { holders: string[]; heirs: string[] } {
    const holds = (id: string) =>
      this.grants(id).some((entity) => entity.datasource_id === datasourceId && entity.entity_id === entityId);
    const holders = this.ids.filter(holds);
    const heirs = this.ids.filter((id) => !holds(id) && [...this.above(id).keys()].some(holds));
    return { holders, heirs: heirs.sort() };
  }
}

function liveVersion(profile: ProfileRecord | undefined) {
  return profile?.versions.find(({ version_number }) => version_number === profile.current_version_number);
}

/** What makes two grants the same. */
export function keyOf(entity: Entity): string {
  const { datasource_id, entity_type, entity_id, assigned_to_entity_type, assigned_to_entity_id } = entity;
  return [datasource_id, entity_type, entity_id, assigned_to_entity_type ?? '', assigned_to_entity_id ?? ''].join('|');
}
