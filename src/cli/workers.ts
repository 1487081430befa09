import cluster from 'node:cluster';
import type { Config } from '../config.ts';
import { createLog } from '../server/log.ts';
import { Crew } from './crew.ts';
import { endOnFault, untilSignal } from './shutdown.ts';
import { openUpstream } from './upstream.ts';
import { welcome } from './welcome.ts';
import { runWorker } from './worker.ts';

/** The `serve` command in several processes: in the first, which starts the others, and in each of them. */
export async function runWorkers(config: Config): Promise<void> {
  const { worker } = cluster;
  await (worker === undefined ? runPrimary(config) : runWorker(config, worker));
}

/** Answers nothing itself. Throws where no worker can be started. */
async function runPrimary(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const upstream = await openUpstream(config, log);
  endOnFault(log);
  const crew = new Crew({
    size: config.workers,
    sandboxOrigin: config.upstreamOrigin === null ? upstream.upstreamOrigin : null,
    log,
  });
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
