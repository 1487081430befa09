import { UserInputError } from '../errors.ts';
import { refuseNulls } from '../filter/given-input.ts';
import { type GrantedEntity, grantedEntities, profilesGranting } from '../inheritance/analysis/granting.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { EntityRefInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import type { Context } from './context.ts';
import { inSlices, wholeSnapshot } from './in-slices.ts';

/**
 * Finds the entity of a reference; null if no profile grants it. Needs a scan of all profiles. Throws UserInputError if the
 * reference is invalid, or if it has no type and profiles grant entities of several types with its id.
 */
export async function findEntity(context: Context, ref: EntityRefInput, field: string): Promise<GrantedEntity | null> {
  checkRef(ref, field);
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

/**
 * Finds the profiles whose current version grants an entity, in the order of the list; then those that inherit it. Throws
 * UserInputError if the reference is invalid.
 */
export async function findProfilesGranting(
  context: Context,
  ref: EntityRefInput,
  field: string,
  includeInherited: boolean | null | undefined,
): Promise<readonly Profile[]> {
  checkRef(ref, field);
  const { hierarchy } = await wholeSnapshot(context);
  await inSlices(context, hierarchy.prepareGrants());
  const found = profilesGranting(hierarchy.graph, hierarchy.grants, ref, {
    includeInherited: includeInherited ?? true,
  });
  context.resultLimit.spend(found.length);
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

function checkRef(ref: EntityRefInput, field: string): void {
  refuseNulls(ref, field);
  for (const key of ['datasourceId', 'entityId', 'entityType'] as const) {
    if (ref[key] === '') throw new UserInputError(`${field}.${key}`, `${field}.${key}: must not be empty.`);
  }
}
