import type { Config } from '../config.ts';
import { createLog } from '../server/log.ts';
import { Crew } from './crew.ts';
import { endOnFault, untilSignal } from './shutdown.ts';
import { openUpstream } from './upstream.ts';
import { welcome } from './welcome.ts';

/** Starts the workers and keeps them going; answers nothing itself. Throws where none can be started. */
export async function runPrimary(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const upstream = await openUpstream(config, log);
  endOnFault(log);
  const crew = new Crew({ size: config.workers, api: upstream.api, log });
  try {
    process.stdout.write(welcome(await crew.start(), upstream.name));
    const signal = await Promise.race([untilSignal(), crew.lost]);
    log.info({ signal }, 'shutting down');
    await crew.end(config.shutdownTimeoutMs);
  } catch (error) {
    crew.kill();
    await upstream.close();
    throw error;
  }
  await upstream.close();
  process.exit(0);
}
