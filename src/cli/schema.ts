import { schema } from '../schema/index.ts';
import { printWithDirectives } from '../schema/print.ts';

/** The `schema` command: prints the GraphQL schema, sorted, with its directives. */
export async function runSchema(): Promise<void> {
  process.stdout.write(`${printWithDirectives(schema)}\n`);
}
