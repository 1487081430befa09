import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';

/** Tells clients that null in a field always comes with an error and is never a value. */
export const semanticNonNull = new GraphQLDirective({
  name: 'semanticNonNull',
  description:
    'The value is null only if the response has an error at the path of the field. `levels` counts the lists around the value: 0 is the value of the field itself.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
      defaultValue: [0],
      description: 'List levels that are null only with an error. Default: 0, the value of the field itself.',
    },
  },
});

/** Prints the sorted schema and adds `@semanticNonNull` to its fields, since graphql-js does not print applied directives. */
export function printWithDirectives(schema: GraphQLSchema): string {
  let type = '';
  let field = '';
  let isDescription = false;
  const lines = printSchema(lexicographicSortSchema(schema)).split('\n');
  return lines
    .map((line) => {
      const quotes = line.split('"""').length - 1;
      if (quotes === 1) isDescription = !isDescription;
      if (isDescription || quotes > 0) return line;
      type = /^type (\w+)/.exec(line)?.[1] ?? type;
      field = /^ {2}(\w+)[(:]/.exec(line)?.[1] ?? field;
      const endsField = /^ {2}(\w+.*|\)): \S+$/.test(line);
      return endsField && isSemanticNonNull(schema, type, field) ? `${line} @${semanticNonNull.name}` : line;
    })
    .join('\n');
}

/** Whether a field is null only with an error. */
export function isSemanticNonNull(schema: GraphQLSchema, typeName: string, fieldName: string): boolean {
  const type = schema.getType(typeName);
  return isObjectType(type) && type.getFields()[fieldName]?.extensions.semanticNonNull === true;
}
