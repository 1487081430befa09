import { GatewayError, UpstreamError, UserInputError } from '../errors.ts';
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
 * The names of a list that was put together here: `sources` says for each entry where in the input it comes from, and
 * `otherwise` what to call those that were there before, and the list as a whole.
 */
export function namesOfMerged(list: string, sources: readonly (string | null)[], otherwise: string): FieldNames {
  return (path) => {
    const [first, index, ...rest] = path;
    if (first !== list) return path;
    const source = typeof index === 'number' ? (sources[index] ?? null) : null;
    return source === null ? [otherwise] : [source, ...rest];
  };
}

/**
 * A refusal of the API as the result that a mutation promises for it, or null for what stays an error: an outage, a bad
 * key, a write whose outcome is unknown. `messages` name what was to be changed.
 */
export function expectedFailure(
  error: unknown,
  names: FieldNames = plainNames,
  messages: { readonly notFound?: string; readonly denied?: string } = {},
): AnyChangeFailure | null {
  if (error instanceof UserInputError)
    return new InvalidInput([{ field: error.field, description: error.message }], error.message);
  // The lock of a change that was not had, or was lost.
  if (error instanceof GatewayError && error.code === 'CONFLICT') return new Conflict(error.message);
  if (!(error instanceof UpstreamError)) return null;
  switch (error.code) {
    case 'FORBIDDEN':
      return new PermissionDenied(messages.denied ?? error.message);
    case 'NOT_FOUND':
      return new NotFound(messages.notFound ?? error.message);
    case 'BAD_USER_INPUT': {
      const { code, violations, namesMask } = error.upstream;
      const fields = violations.map(({ field, description }) => ({
        field: inputPath(field, names),
        description: description || 'is not accepted by the Veza API',
      }));
      // If the API names no field, its code, such as FailedPrecondition, is the only hint.
      const reason = fields.length === 0 && code !== null ? ` It calls it ${code}.` : '';
      return new InvalidInput(fields, `${error.message}${reason}`, { namesMask });
    }
    default:
      return null;
  }
}

/** `value.entities_to_create_relationships_to[0].entity_id` -> `input.entitlements.0.entityId`. */
export function inputPath(upstreamPath: string, names: FieldNames = plainNames): string {
  const steps = upstreamPath.split(/[.[\]]+/).filter((step) => step !== '');
  const inside = steps[0] === 'value' ? steps.slice(1) : steps;
  // The keys of a map are the caller's own, and stay as they are.
  const map = inside.findIndex((step) => snakeCase(step) === 'custom_properties');
  const translated = inside.map((step, i) => (map >= 0 && i > map ? step : inputStep(step)));
  return ['input', ...names(translated.filter((step, i) => !isWrapper(step, translated[i - 1])))].join('.');
}

/** The API wraps this list in a message of its own: `attribute_transformers.values[0]`. */
function isWrapper(step: string | number, before: string | number | undefined): boolean {
  return step === 'values' && before === 'attributeTransformers';
}

function inputStep(step: string): string | number {
  if (/^\d+$/.test(step)) return Number(step);
  const snake = snakeCase(step);
  const special = Object.hasOwn(inputNames, snake) ? inputNames[snake] : undefined;
  return special ?? step.replace(/_+([a-z0-9])/gi, (_match, letter: string) => letter.toUpperCase());
}

/** proto3 JSON spells fields in camel case as well. */
function snakeCase(step: string): string {
  return step.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
