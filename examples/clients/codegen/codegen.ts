import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../../schema.graphql',
  documents: ['src/**/*.ts', '!src/generated/**'],
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: '.js',
        scalars: { ID: 'string', DateTime: 'string', StringMap: 'Record<string, string>' },
        // Fields with @semanticNonNull are not nullable, because the client throws the error that a null stands for.
        nullability: { errorHandlingClient: true },
      },
    },
  },
};

export default config;
