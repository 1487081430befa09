import { type GraphQLResolveInfo, Kind, type ValueNode } from 'graphql';
import { UserInputError } from '../errors.ts';

/** Maximum and default number of edges of one connection. */
export const maxFirst = 500;
export const defaultFirst = 50;

/** Converts `first` to a page size. Throws UserInputError if it is out of range. */
export function sliceSize(first: number | null | undefined): number {
  const size = first ?? defaultFirst;
  if (size >= 0 && size <= maxFirst) return size;
  throw new UserInputError('first', `first: must be from 0 to ${maxFirst}; page on with \`after\` for more.`);
}

/** Throws UserInputError for a list of objects that is too long. */
export function refuseLong(list: readonly unknown[], field: string): void {
  if (list.length > maxFirst) throw new UserInputError(field, `${field}: at most ${maxFirst} at a time.`);
}

/** A version number from an argument. Throws UserInputError for one that no version can have. */
export function versionNumber(number: number): number {
  if (number >= 1) return number;
  throw new UserInputError('number', 'number: version numbers begin at 1.');
}

/** Converts `maxDepth` to a number; null means no limit. Throws UserInputError if it is negative. */
export function depthLimit(maxDepth: number | null | undefined): number {
  const limit = maxDepth ?? Number.POSITIVE_INFINITY;
  if (limit >= 0) return limit;
  throw new UserInputError('maxDepth', 'maxDepth: must be 0 or more; leave it out for no limit.');
}

/**
 * Throws UserInputError for the first variable below an argument path that has no value in the request. GraphQL leaves out
 * a field with such a variable, so a forgotten variable could change more than the document says.
 */
export function refuseUnsetVariables(info: GraphQLResolveInfo, path: string): void {
  for (const { name, value } of info.fieldNodes[0]?.arguments ?? []) {
    for (const { field, variable } of variablesIn(value, name.value)) {
      const isUnset = !Object.hasOwn(info.variableValues, variable);
      if (isUnset && field.startsWith(`${path}.`)) {
        throw new UserInputError(field, `${field}: the variable $${variable} has no value.`);
      }
    }
  }
}

function* variablesIn(value: ValueNode, field: string): Generator<{ field: string; variable: string }> {
  if (value.kind === Kind.VARIABLE) yield { field, variable: value.name.value };
  if (value.kind === Kind.LIST) {
    for (const [i, item] of value.values.entries()) yield* variablesIn(item, `${field}.${i}`);
  }
  if (value.kind === Kind.OBJECT) {
    for (const member of value.fields) yield* variablesIn(member.value, `${field}.${member.name.value}`);
  }
}
