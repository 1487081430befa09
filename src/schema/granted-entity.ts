import { UserInputError } from '../errors.ts';
import { refuseNulls } from '../filter/given-input.ts';
import {
  everyGrantedEntity,
  type GrantedEntity,
  grantedEntities,
  profilesGranting,
} from '../inheritance/analysis/granting.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { EntityRefInput } from '../model/change-input.ts';
import { plainId } from '../model/node-id.ts';
import type { Profile } from '../model/profile.ts';
import type { Context } from './context.ts';
import { inSlices, wholeSnapshot } from './snapshot.ts';

/**
 * Finds the entity of a reference; null if no profile grants it. Needs a scan of all profiles. Throws UserInputError if the
 * reference is invalid, or if it has no type and profiles grant entities of several types with its id.
 */
export async function findEntity(
  context: Context,
  given: EntityRefInput,
  field: string,
): Promise<GrantedEntity | null> {
  const ref = checkedRef(given, field);
  const { hierarchy } = await wholeSnapshot(context);
  await inSlices(context, hierarchy.prepareGrants());
  const [found, ...others] = grantedEntities(hierarchy.grants, ref);
  if (found === undefined) return null;
  if (others.length === 0) return found;
  const types = [found, ...others].map(({ entityType }) => `"${entityType}"`).join(', ');
  throw new UserInputError(
    `${field}.entityType`,
    `${field}.entityType: must be given, since profiles grant entities of several types with this id: ${types}.`,
  );
}

/** Entities by the grants of a snapshot, which operations share. */
const everyEntity = new WeakMap<object, readonly GrantedEntity[]>();

/** Every entity that some profile grants. Needs a scan of all profiles; the same list for the same snapshot. */
export async function allEntities(context: Context): Promise<readonly GrantedEntity[]> {
  const { hierarchy } = await wholeSnapshot(context);
  await inSlices(context, hierarchy.prepareGrants());
  const { grants } = hierarchy;
  const known = everyEntity.get(grants) ?? (await inSlices(context, everyGrantedEntity(grants)));
  everyEntity.set(grants, known);
  return known;
}

/**
 * Finds the profiles whose current version grants an entity, in the order of the list; then those that inherit it. Throws
 * UserInputError if the reference is invalid.
 */
export async function findProfilesGranting(
  context: Context,
  given: EntityRefInput,
  field: string,
  includeInherited: boolean | null | undefined,
): Promise<readonly Profile[]> {
  const ref = checkedRef(given, field);
  const { hierarchy } = await wholeSnapshot(context);
  await inSlices(context, hierarchy.prepareGrants());
  const found = profilesGranting(hierarchy.graph, hierarchy.grants, ref, {
    includeInherited: includeInherited ?? true,
  });
  return found.map(({ node }) => hierarchy.profileOf(node));
}

/** Finds the profiles whose current version grants an entity, as nodes of the hierarchy of all profiles. */
export async function holdersOf(
  context: Context,
  entity: GrantedEntity,
): Promise<{ readonly hierarchy: Hierarchy; readonly holders: readonly number[] }> {
  const { hierarchy } = await wholeSnapshot(context);
  await inSlices(context, hierarchy.prepareGrants());
  const found = profilesGranting(hierarchy.graph, hierarchy.grants, entity, { includeInherited: false });
  return { hierarchy, holders: found.map(({ node }) => node) };
}

function checkedRef(ref: EntityRefInput, field: string): EntityRefInput {
  refuseNulls(ref, field);
  for (const key of ['datasourceId', 'entityId', 'entityType'] as const) {
    if (ref[key] === '') throw new UserInputError(`${field}.${key}`, `${field}.${key}: must not be empty.`);
  }
  return { ...ref, datasourceId: plainId('Datasource', ref.datasourceId, `${field}.datasourceId`) };
}
