import type { CodegenConfig } from '@graphql-codegen/cli';
import { settingDocs } from './src/config.ts';
import { schema } from './src/schema/index.ts';
import { printWithDirectives } from './src/schema/print.ts';

/**
 * Prints the schema and the types of the settings, and types the documents of the tests by the schema. All results are committed; the
 * tests check that they are current.
 */
const config: CodegenConfig = {
  schema: printWithDirectives(schema),
  // Only these write documents that have types; to read all tests took more time than everything else.
  documents: 'test/scenario/*.ts',
  ignoreNoDocuments: true,
  generates: {
    'schema.graphql': {
      // This file is the plugin as well: `schema-ast` prints either directives or blank lines between fields.
      plugins: ['./codegen.ts'],
    },
    'src/embed-settings.ts': { plugins: ['./codegen.ts'] },
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

/** Prints schema.graphql, or the types of the settings for those who embed the gateway. */
export const plugin = (
  _schema: unknown,
  _documents: unknown,
  _config: unknown,
  info?: { outputFile?: string },
): string => (info?.outputFile?.endsWith('embed-settings.ts') ? printSettingTypes() : printWithDirectives(schema));

function printSettingTypes(): string {
  const members = settingDocs
    .filter(({ isOfServer }) => !isOfServer)
    .map(({ name, otherwise, about }) => {
      // Links lead to sections of docs/operations.md.
      const text = about.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');
      return `  /** ${text} Default: ${otherwise}. */\n  readonly ${name}?: SettingValue;`;
    });
  return [
    '/** A number, a text, `true` or `false` for `on` or `off`, or a list where a setting takes several values. */',
    'export type SettingValue = string | number | boolean | readonly string[] | undefined;\n',
    '/** The settings of docs/operations.md, except those of the server that an embedded gateway does not have. */',
    'export interface GatewaySettings {',
    ...members,
    '}\n',
  ].join('\n');
}

export default config;
