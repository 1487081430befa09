/** Lists of changes on generated worlds, and what they do by definition: shares nothing with src but the raw records. */
import fc from 'fast-check';
import type { SeparationRule } from '../../src/model/separation-rule.ts';
import type { DatasourceRecord, Entity } from '../../src/sandbox/record.ts';
import type { World, WorldProfile } from '../../src/sandbox/world.ts';
import { grant, types } from './arbitrary-world.ts';
import { keyOf, NaiveHierarchy } from './naive-hierarchy.ts';

/** A change in words of its own: profiles by number, created ones after those of the world. */
export type Edit =
  | {
      readonly kind: 'create';
      readonly type: string;
      readonly grants: readonly number[];
      readonly parents: readonly number[];
    }
  | {
      readonly kind: 'change';
      readonly profile: number;
      readonly add: readonly number[];
      readonly remove: readonly number[];
      readonly addParents: readonly number[];
      readonly removeParents: readonly number[];
    }
  | { readonly kind: 'state'; readonly profile: number; readonly state: 'RUNNING' | 'PAUSED' };

const size = 5;
const numbers = (max: number) => fc.uniqueArray(fc.nat({ max }), { maxLength: 2 });
const typeNames = ['any', 'any', 'any', 'leaf', 'role', 'small', 'app'];

/** Five profiles that inherit from one another, some from themselves, round in circles, or from one that is gone. */
const base = fc.array(
  fc.record({
    parents: fc.uniqueArray(fc.nat({ max: size }), { maxLength: 2 }),
    grants: numbers(4),
    type: fc.constantFrom(...typeNames),
    state: fc.constantFrom('RUNNING' as const, 'PAUSED' as const),
    members: fc.subarray(['ada', 'bob']),
  }),
  { minLength: size, maxLength: size },
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    type: fc.constantFrom(...typeNames),
    grants: numbers(4),
    parents: numbers(size + 1),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    profile: fc.nat({ max: size + 1 }),
    add: numbers(4),
    remove: numbers(4),
    addParents: numbers(size + 1),
    removeParents: numbers(size + 1),
  }),
  fc.record({
    kind: fc.constant('state' as const),
    profile: fc.nat({ max: size + 1 }),
    state: fc.constantFrom('RUNNING' as const, 'PAUSED' as const),
  }),
);

const disabledSource: DatasourceRecord = {
  id: 'ds1',
  name: 'Okta',
  integration: 'OKTA',
  provider_id: 'pr1',
  provider_external_id: 'ext-1',
  extraction_datasource_id: 'ex-1',
  lifecycle: { enabled: false, actions: [] },
};

/** Whoever has g1 may have neither g2 nor g3. */
export const keptApart: SeparationRule = {
  name: 'Apart',
  description: null,
  enforce: false,
  groups: [[1], [2, 3]].map((group) =>
    group.map((number) => ({
      datasourceId: grant(number).datasource_id,
      entityType: null,
      entityId: grant(number).entity_id,
    })),
  ),
};

export interface Trial {
  readonly world: World;
  /** The world as the list would leave it; created profiles have ids such as `#2`. */
  readonly after: World;
  readonly changes: readonly object[];
}

/** A world, a list of changes for it, and the world that it leaves. Names of profiles that are not there are left out. */
export const arbitraryTrial = trials(base, types);

/** The same on worlds that break no rule yet, since the API refuses every change of a profile that does; it counts inherited entitlements too. */
export const soundTrial = trials(
  base.map((drawn) =>
    drawn.map((each, i) => ({ ...each, type: 'any', parents: each.parents.filter((parent) => parent < i) })),
  ),
  types.map(({ max_entitlements: _counted, ...type }) => type),
);

function trials(worlds: typeof base, worldTypes: World['types']): fc.Arbitrary<Trial> {
  return fc.tuple(worlds, fc.array(edit, { minLength: 1, maxLength: 5 })).map(([drawn, edits]) => {
    const profiles = drawn.map(
      ({ parents, grants, type, state, members }, i): WorldProfile => ({
        id: `p${i}`,
        name: `Profile ${i}`,
        profile_type: type,
        state,
        inherits: parents.map((parent) => (parent === size ? 'gone' : `p${parent}`)),
        entities: grants.map(grant),
        members,
      }),
    );
    // The data source of every other entitlement is disabled, and that of the others is gone.
    const world = { types: worldTypes, datasources: [disabledSource], profiles };
    const now = new Map(profiles.map((profile) => [profile.id ?? '', profile]));
    const changes = edits.flatMap((each, i) => {
      const known = [...now.keys()];
      const idsOf = (list: readonly number[]) => [...new Set(list.flatMap((number) => known[number] ?? []))];
      const change = changeOf(each, i, idsOf, now);
      return change === null ? [{ updateAccessProfile: { id: 'p0', description: '' } }] : [change];
    });
    return { world, after: { ...world, profiles: [...now.values()] }, changes };
  });
}

function changeOf(
  each: Edit,
  index: number,
  idsOf: (list: readonly number[]) => string[],
  now: Map<string, WorldProfile>,
): object | null {
  if (each.kind === 'create') {
    const [parents, entities] = [idsOf(each.parents), each.grants.map(grant)];
    const profile = { name: `New ${index}`, profile_type: each.type, state: 'INITIAL' as const };
    now.set(`#${index}`, { ...profile, id: `#${index}`, inherits: parents, entities });
    const { name, state } = profile;
    return {
      createAccessProfile: { name, state, type: each.type, inheritsFrom: parents, entitlements: entities.map(inputOf) },
    };
  }
  const [id] = idsOf([each.profile]);
  const before = id === undefined ? undefined : now.get(id);
  if (id === undefined || before === undefined) return null;
  if (each.kind === 'state') {
    now.set(id, { ...before, state: each.state });
    return { updateAccessProfile: { id, state: each.state } };
  }
  const { inherits = [], entities = [] } = before;
  const addedParents = idsOf(each.addParents);
  const removedParents = idsOf(each.removeParents).filter((parent) => !addedParents.includes(parent));
  const [added, removed] = [each.add.map(grant), each.remove.map(grant)];
  const isRemoved = (entity: Entity) => removed.some((other) => keyOf(other) === keyOf(entity));
  now.set(id, {
    ...before,
    inherits: [...new Set([...inherits.filter((parent) => !removedParents.includes(parent)), ...addedParents])],
    entities: [...entities.filter((entity) => !isRemoved(entity)), ...added],
  });
  return {
    updateVersion: {
      id,
      addEntitlements: added.map(inputOf),
      removeEntitlements: removed.map(({ entity_type, datasource_id, entity_id }) => ({
        entityType: entity_type,
        datasourceId: datasource_id,
        entityId: entity_id,
      })),
      addInheritsFrom: addedParents,
      removeInheritsFrom: removedParents,
    },
  };
}

function inputOf(entity: Entity): object {
  return {
    entityType: entity.entity_type,
    datasourceId: entity.datasource_id,
    entityId: entity.entity_id,
    ...(entity.assigned_to_entity_type && { assignedToEntityType: entity.assigned_to_entity_type }),
    ...(entity.assigned_to_entity_id && { assignedToEntityId: entity.assigned_to_entity_id }),
  };
}

/** `profile +gained -lost`, one line for each profile whose effective entitlements differ. */
export function naiveAffected({ world, after }: Trial): string[] {
  const [old, now] = [new NaiveHierarchy(world), new NaiveHierarchy(after)];
  return now.ids
    .flatMap((id) => {
      const [had, has] = [[...old.effective(id).keys()], [...now.effective(id).keys()]];
      const gained = has.filter((key) => !had.includes(key)).sort();
      const lost = had.filter((key) => !has.includes(key)).sort();
      return gained.length + lost.length === 0 ? [] : [`${id} +${gained} -${lost}`];
    })
    .sort();
}

/** The rules that a list breaks by what it adds, as `profile rule`. */
export function naiveViolations({ world, after }: Trial): string[] {
  const [old, now] = [new NaiveHierarchy(world), new NaiveHierarchy(after)];
  return now.ids
    .flatMap((id) => {
      const addedParents = now.named(id).filter((parent) => !old.named(id).includes(parent));
      const held = old.grants(id).map(keyOf);
      const addsGrants = now.grants(id).some((entity) => !held.includes(keyOf(entity)));
      const closes = addedParents.some((parent) => parent !== id && now.above(parent).has(id));
      const isOwn = addedParents.includes(id);
      const broken = now.brokenRules(id);
      const kept = new Set([
        ...(addedParents.length > 0 ? ['allow_inherit_entities', 'no_entitlements'] : []),
        ...(addsGrants ? ['allow_create_relationships', 'require_single_datasource', 'no_entitlements'] : []),
      ]);
      const type = types.find((each) => each.id === now.profiles.find((each) => each.id === id)?.profile_type);
      const allowed = type?.allow_inherited_from_types ?? [];
      const strange = addedParents.some((parent) => {
        const parentType = now.profiles.find((each) => each.id === parent)?.profile_type ?? '';
        return allowed.length > 0 && !allowed.includes(parentType);
      });
      const limit = type?.max_entitlements ?? 0;
      return [
        ...(isOwn ? ['self_inheritance'] : closes ? ['inheritance_cycle'] : []),
        ...broken.filter((rule) => kept.has(rule)),
        ...(strange ? ['allow_inherited_from_types'] : []),
        ...(addsGrants && limit > 0 && now.grants(id).length > limit ? ['max_entitlements'] : []),
      ].map((rule) => `${id} ${rule}`);
    })
    .sort();
}

/** Findings that only one of the worlds has. */
export function naiveFindings({ world, after }: Trial): { readonly appear: string[]; readonly disappear: string[] } {
  const [old, now] = [findingsOf(new NaiveHierarchy(world)), findingsOf(new NaiveHierarchy(after))];
  return { appear: now.filter((each) => !old.includes(each)), disappear: old.filter((each) => !now.includes(each)) };
}

/** With the entitlement that is held twice, which tells two of one profile apart, and with people who break the rule of separation. */
function findingsOf(hierarchy: NaiveHierarchy): string[] {
  const duplicates = hierarchy.ids.flatMap((id) =>
    [...hierarchy.effective(id)].flatMap(([key, { direct, grantedBy }]) =>
      direct && grantedBy.some((holder) => holder !== id) ? [`DUPLICATE_ENTITLEMENT ${id} ${key}`] : [],
    ),
  );
  const held = (ids: readonly string[]) => [...new Set(ids.flatMap((id) => [...hierarchy.effective(id).keys()]))];
  const broken = (who: string, ids: readonly string[]) => {
    const isHeld = (group: (typeof keptApart.groups)[number]) =>
      held(ids).some((key) => group.some(({ entityId }) => key.split('|')[2] === entityId));
    return keptApart.groups.every(isHeld) ? [`SEPARATION_VIOLATION ${who}`] : [];
  };
  const heldBy = (person: string) =>
    hierarchy.profiles
      .filter(({ versions }) => versions.some(({ members }) => members.some((each) => each.identity_id === person)))
      .map(({ id }) => id);
  return [
    ...hierarchy.findings().filter((each) => !each.startsWith('DUPLICATE')),
    ...duplicates,
    ...hierarchy.ids.flatMap((id) => broken(id, [id])),
    ...['ada', 'bob'].flatMap((person) => broken(person, heldBy(person))),
  ].sort();
}
