import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Folders whose code keeps nothing between calls: their files can share one load of the modules. */
const pure = ['scim', 'inheritance', 'wire', 'filter', 'model', 'graphiql'].map((folder) => `${folder}/**/*.test.ts`);

export default defineConfig({
  root: import.meta.dirname,
  resolve: {
    // Node loads graphql's CommonJS build for everybody, Vite would take its `module` build: two of them can't share a schema.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Vitest would leave one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'gateway',
          include: ['**/*.test.ts'],
          // Each file gets modules of its own, so that nothing learnt about one upstream leaks into another test.
          exclude: [...configDefaults.exclude, ...pure],
        },
      },
    ],
  },
});
