import type { CodegenConfig } from '@graphql-codegen/cli';
import { schema } from './src/schema/index.ts';
import { printWithDirectives } from './src/schema/print.ts';

/** Prints the schema, and types the documents of the tests by it. Both results are committed; the tests check that they are current. */
const config: CodegenConfig = {
  schema: printWithDirectives(schema),
  documents: ['test/**/*.ts', '!test/bench/peers/**'],
  ignoreNoDocuments: true,
  generates: {
    'schema.graphql': {
      // This file is the plugin as well: `schema-ast` prints either directives or blank lines between fields.
      plugins: ['./codegen.ts'],
    },
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: '.ts',
        scalars: { DateTime: 'string', ID: 'string', StringMap: 'Record<string, string>' },
      },
    },
  },
};

/** Prints schema.graphql. */
export const plugin = (): string => printWithDirectives(schema);

export default config;
