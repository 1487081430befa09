import { loadConfig } from '../config.ts';

/**
 * The `serve` command: the gateway, on the configured tenant or on the embedded sandbox. It is this process, or there are
 * workers, and this one starts them or is one of them; each loads what it needs.
 */
export async function runServe(argv: readonly string[]): Promise<void> {
  const config = loadConfig(argv);
  if (config.workers === 1) return (await import('./alone.ts')).runAlone(config);
  const { worker } = (await import('node:cluster')).default;
  if (worker === undefined) await (await import('./primary.ts')).runPrimary(config);
  else await (await import('./worker.ts')).runWorker(config, worker);
}
