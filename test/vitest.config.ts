import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 20_000,
    // Each file gets a fresh module graph (isolation on), so nothing learnt about one upstream leaks into another test.
    pool: 'forks',
  },
});
