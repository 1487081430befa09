import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { licenceNotices } from './licence-notices.ts';

const notices = licenceNotices();

/**
 * The page is served as `/graphiql` and its files as `/graphiql/assets/*`, wherever the gateway itself is mounted: the HTML names
 * them relative to its own address, which has no trailing slash, and they name one another relative to themselves.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite-graphiql', import.meta.url)),
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 5_000,
    rolldownOptions: {
      // "use client" at the top of React packages means nothing to a bundle without a server side.
      onLog: (level, log, report) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : report(level, log)),
    },
  },
  plugins: [notices.page],
  worker: { format: 'es', plugins: () => [notices.worker] },
  experimental: {
    renderBuiltUrl: (filename, { hostType }) => (hostType === 'html' ? `graphiql/${filename}` : { relative: true }),
  },
});
