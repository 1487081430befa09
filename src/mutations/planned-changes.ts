import { UserInputError } from '../errors.ts';
import { refuseNulls } from '../filter/given-input.ts';
import type { ProfileChangeInput, UpdateProfileInput, UpdateVersionInput } from '../model/change-input.ts';
import type { ProfileChanges } from '../wire/encode.ts';
import { type CreationRequest, checkedCreation } from './creation.ts';
import { InvalidInput, NotFound, refuseIf } from './failure.ts';
import { checkedProfileInput } from './profile.ts';
import { checkedVersionInput } from './version-plan.ts';

/** One change of a list, checked, with ids of the API's own. `#2` is the id of the profile that the change at index 2 creates. */
export type PlannedChange =
  | { readonly kind: 'createAccessProfile'; readonly id: string; readonly input: CreationRequest }
  | {
      readonly kind: 'updateAccessProfile';
      readonly id: string;
      readonly input: UpdateProfileInput;
      readonly changes: ProfileChanges;
    }
  | { readonly kind: 'updateVersion'; readonly id: string; readonly input: UpdateVersionInput };

/** More are hardly meant to be one decision, and would not be carried out in the time that an operation has. */
export const maxChanges = 500;

/**
 * Checks a list without reading anything. Throws InvalidInput and UserInputError, whose fields begin with `field`:
 * `changes.3.updateVersion.addInheritsFrom.0`.
 */
export function checkedChanges(changes: readonly ProfileChangeInput[], field: string): readonly PlannedChange[] {
  if (changes.length > maxChanges) throw new UserInputError(field, `${field}: at most ${maxChanges} at a time.`);
  const planned: PlannedChange[] = [];
  for (const [i, change] of changes.entries()) planned.push(checkedChange(change, i, planned, field));
  return planned;
}

/** The path of a change's input. */
export function pathOf(field: string, index: number, { kind }: Pick<PlannedChange, 'kind'>): string {
  return `${field}.${index}.${kind}`;
}

function checkedChange(
  { createAccessProfile, updateAccessProfile, updateVersion }: ProfileChangeInput,
  index: number,
  earlier: readonly PlannedChange[],
  field: string,
): PlannedChange {
  const within = <T>(kind: PlannedChange['kind'], run: () => T): T => at(pathOf(field, index, { kind }), run);
  if (createAccessProfile) {
    return within('createAccessProfile', () => {
      const input = checkedCreation(createAccessProfile);
      checkNames(earlier, { inheritsFrom: input.inheritsFrom });
      return { kind: 'createAccessProfile', id: `#${index}`, input };
    });
  }
  if (updateAccessProfile) {
    return within('updateAccessProfile', () => {
      refuseNulls(updateAccessProfile.ifUpdatedAt, 'input.ifUpdatedAt');
      const { profileId: id, changes } = checkedProfileInput(updateAccessProfile);
      checkNames(earlier, { id });
      return { kind: 'updateAccessProfile', id, input: { ...updateAccessProfile, id }, changes };
    });
  }
  if (updateVersion) {
    return within('updateVersion', () => {
      refuseNulls(updateVersion.ifUpdatedAt, 'input.ifUpdatedAt');
      refuseNulls(updateVersion.removeEntitlements ?? [], 'input.removeEntitlements');
      if (updateVersion.dryRun) {
        const description = 'must be left out: simulateAccessProfileChanges shows what a list would do.';
        throw new InvalidInput([{ field: 'input.dryRun', description }]);
      }
      const input = checkedVersionInput(updateVersion);
      const { id, inheritsFrom, addInheritsFrom, removeInheritsFrom } = input;
      checkNames(earlier, { id, inheritsFrom, addInheritsFrom, removeInheritsFrom });
      return { kind: 'updateVersion', id, input };
    });
  }
  throw new UserInputError(`${field}.${index}`, `${field}.${index}: must name one change.`);
}

/** Refuses ids such as `#3` that name no profile which an earlier change creates. */
function checkNames(
  earlier: readonly PlannedChange[],
  ids: Readonly<Record<string, string | readonly string[] | null | undefined>>,
): void {
  const created = new Set(earlier.flatMap(({ kind, id }) => (kind === 'createAccessProfile' ? [id] : [])));
  const check = (id: string, path: string) =>
    id.startsWith('#') && !created.has(id)
      ? [{ field: path, description: `${id} is not the index of an earlier change that creates a profile.` }]
      : [];
  refuseIf(
    Object.entries(ids).flatMap(([name, value]) =>
      typeof value === 'string'
        ? check(value, `input.${name}`)
        : (value ?? []).flatMap((id, i) => check(id, `input.${name}.${i}`)),
    ),
  );
}

/** Runs a check of one input; what it complains of is then named by its place in the list. */
export function at<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw inPlace(error, path);
  }
}

/** An error about the input of one change, by its place in the list. Others stay as they are. */
export function inPlace(error: unknown, path: string): unknown {
  const placed = (text: string) => (text === 'input' ? path : text.replaceAll(/\binput(?=\.\w|: )/g, path));
  if (error instanceof UserInputError)
    return new UserInputError(placed(error.field), placed(error.message), { cause: error });
  if (error instanceof NotFound) return new NotFound(error.message, error.field && placed(error.field));
  if (!(error instanceof InvalidInput)) return error;
  return new InvalidInput(
    error.fields.map(({ field, description }) => ({ field: placed(field), description: placed(description) })),
    placed(error.message),
  );
}
