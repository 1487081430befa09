import { UpstreamError, UserInputError } from '../errors.ts';
import { type AnyChangeFailure, Conflict, InvalidInput, NotFound, PermissionDenied } from './failure.ts';

/** REST members whose GraphQL name is not simply their camel case. */
const inputNames: Readonly<Record<string, string>> = {
  entities_to_create_relationships_to: 'entitlements',
  inherit_entities_from_access_profiles: 'inheritsFrom',
  profile_type: 'type',
  catalog_item_info: 'catalogItem',
  version_number: 'version',
  access_profile_id: 'id',
};

/** Puts a path of the API's request into the words of a mutation's input; overridden where a list was put together here. */
export type FieldNames = (path: readonly (string | number)[]) => readonly (string | number)[];

export const plainNames: FieldNames = (path) => path;

/**
 * A refusal of the API as the result that a mutation promises for it, or null for what stays an error: an outage, a bad
 * key, a write of which nobody knows how it ended.
 */
export function expectedFailure(error: unknown, names: FieldNames = plainNames): AnyChangeFailure | null {
  if (error instanceof UserInputError)
    return new InvalidInput([{ field: error.field, description: error.message }], error.message);
  if (!(error instanceof UpstreamError)) return null;
  switch (error.code) {
    case 'FORBIDDEN':
      return new PermissionDenied(error.message);
    case 'NOT_FOUND':
      return new NotFound(error.message);
    case 'CONFLICT':
      return new Conflict(error.message);
    case 'BAD_USER_INPUT': {
      const fields = error.upstream.violations.map(({ field, description }) => ({
        field: inputPath(field, names),
        description: description || 'is not accepted by the Access Profile API',
      }));
      return new InvalidInput(fields, error.message);
    }
    default:
      return null;
  }
}

/** `value.entities_to_create_relationships_to[0].entity_id` -> `input.entitlements.0.entityId`. */
export function inputPath(upstreamPath: string, names: FieldNames = plainNames): string {
  const steps = upstreamPath
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const inside = steps[0] === 'value' ? steps.slice(1) : steps;
  const translated = names(inside.map((step) => (typeof step === 'number' ? step : inputName(step))));
  return ['input', ...translated].join('.');
}

function inputName(step: string): string {
  const special = Object.hasOwn(inputNames, step) ? inputNames[step] : undefined;
  return special ?? step.replace(/_+([a-z0-9])/gi, (_match, letter: string) => letter.toUpperCase());
}
