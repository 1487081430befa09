import { loadConfig } from '../config.ts';
import { createLog } from '../server/log.ts';
import { startListening } from './listening.ts';
import { endOnFault, untilSignal } from './shutdown.ts';
import { openUpstream } from './upstream.ts';
import { welcome } from './welcome.ts';

/** The `serve` command: the gateway, on the configured tenant or on the embedded sandbox. */
export async function runServe(argv: readonly string[]): Promise<void> {
  const config = loadConfig(argv);
  if (config.workers > 1) return (await import('./workers.ts')).runWorkers(config);
  const log = createLog(config.logLevel);
  const upstream = await openUpstream(config, log);
  endOnFault(log);
  const gateway = await startListening(config, upstream, log).catch(async (error) => {
    await upstream.close();
    throw error;
  });
  process.stdout.write(welcome(gateway.server, upstream.name));
  const signal = await untilSignal();
  log.info({ signal }, 'shutting down');
  await gateway.end();
  await upstream.close();
  // What may still hold the process open has had its time.
  process.exit(0);
}
