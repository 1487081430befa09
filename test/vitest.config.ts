import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './long-files-first.ts';

export default defineConfig({
  root: import.meta.dirname,
  resolve: {
    // Node loads graphql's CommonJS build for everybody, Vite would take its `module` build: two of them can't share a schema.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    // Far more than anything takes on an idle machine: only a hang may fail by time, however busy the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    pool: 'forks',
    // With little room for what is young, a tenth of the time goes into collecting garbage.
    execArgv: ['--max-semi-space-size=64'],
    globalSetup: './build-program.ts',
    // Files share one load of the modules, which keep nothing between calls (architecture.test.ts); loading them again for
    // each file took a third of the time.
    isolate: false,
    sequence: { sequencer: LongFilesFirst },
    restoreMocks: true,
    unstubEnvs: true,
    // The tests wait for timers and processes half of the time, so that two workers more than cores keep these busy.
    maxWorkers: availableParallelism() + 2,
  },
});
