import type { Worker } from 'node:cluster';
import { type Config, ConfigError } from '../config.ts';
import { createLog } from '../server/log.ts';
import type { Api, FromWorker, PrimaryLink, ToWorker } from '../server/workers/messages.ts';
import { startListening } from './listening.ts';
import { endOnFault } from './shutdown.ts';

/** One of several gateways on one port, until the primary process tells it to end; Node ends it when that one is gone. */
export async function runWorker(config: Config, worker: Worker): Promise<void> {
  // A terminal tells all processes at once: the primary is told too, and tells the workers.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const log = createLog(config.logLevel).child({ worker: worker.id });
  endOnFault(log);
  const primary = linkOf(worker);
  const told = new Promise<void>((resolve) => {
    primary.onMessage(({ kind }) => {
      if (kind === 'end') resolve();
    });
  });
  const started = new Promise<Api>((resolve) => {
    primary.onMessage((message) => {
      if (message.kind === 'start') resolve(message.api);
    });
  });
  primary.send({ kind: 'hello' });
  try {
    const { server, end } = await startListening(config, await started, log, primary);
    const { url, adminUrl, hasPage } = server;
    primary.send({ kind: 'listening', url, adminUrl, hasPage });
    await told;
    await end();
    process.exit(0);
  } catch (error) {
    const failed: FromWorker = { kind: 'failed', ...problemOf(error) };
    worker.send(failed, () => process.exit(1));
  }
}

function linkOf(worker: Worker): PrimaryLink {
  return {
    get isOpen() {
      return worker.isConnected();
    },
    send(message) {
      // A channel that is gone takes the process with it.
      if (worker.isConnected()) worker.send(message, () => undefined);
    },
    onMessage(listener) {
      worker.on('message', (message: ToWorker) => listener(message));
    },
  };
}

function problemOf(error: unknown): { readonly variable: string | null; readonly problem: string } {
  if (!(error instanceof Error)) return { variable: null, problem: String(error) };
  if (!(error instanceof ConfigError)) return { variable: null, problem: error.message };
  return { variable: error.variable, problem: error.message.slice(`${error.variable}: `.length) };
}
