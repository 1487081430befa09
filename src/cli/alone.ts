import type { Config } from '../config.ts';
import { createLog } from '../server/log.ts';
import { startListening } from './listening.ts';
import { endOnFault, untilSignal } from './shutdown.ts';
import { openUpstream } from './upstream.ts';
import { welcome } from './welcome.ts';

/** The gateway in one process. */
export async function runAlone(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const upstream = await openUpstream(config, log);
  endOnFault(log);
  const gateway = await startListening(config, upstream.api, log).catch(async (error) => {
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
