import { type GraphQLResolveInfo, Kind, type ValueNode } from 'graphql';
import { UserInputError } from '../errors.ts';

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
