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

/** The directive by which clients tell "null, and an error says why" from "null is a value". */
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

/** The schema as text, sorted, with `@semanticNonNull` on the fields that promise it. graphql's printer leaves directives out. */
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

/** Whether a field promises to be null only with an error. */
export function isSemanticNonNull(schema: GraphQLSchema, typeName: string, fieldName: string): boolean {
  const type = schema.getType(typeName);
  return isObjectType(type) && type.getFields()[fieldName]?.extensions['semanticNonNull'] === true;
}
