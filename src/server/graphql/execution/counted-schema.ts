import { defaultFieldResolver, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Context } from '../../../schema/context.ts';

/**
 * Makes each field count its values, since graphql's own executor does not. Changes the given schema, which must not serve the
 * prepared executor too: values would be counted twice.
 */
export function countValues(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      const isLeaf = isLeafType(getNamedType(field.type));
      field.resolve = (source, args, context: Context, info) => {
        const count = (value: unknown): unknown => {
          context.resultLimit.spend(isLeaf && Array.isArray(value) ? 1 + value.length : 1);
          return value;
        };
        const value: unknown = resolve(source, args, context, info);
        return value instanceof Promise ? value.then(count) : count(value);
      };
    }
  }
  return schema;
}
