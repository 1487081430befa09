import { defaultFieldResolver, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Context } from '../../../schema/context.ts';

/**
 * Has each field count its values, for graphql's own executor, which has no place to count them. Changes the schema that it is
 * given, which must not serve the prepared executor too: that one would count twice.
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
