import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../schema/index.ts';

/** The `schema` command: prints the GraphQL schema, sorted. */
export async function runSchema(): Promise<void> {
  process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`);
}
