import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RowSize } from '../cell.ts';
import { startProgram } from '../process.ts';
import { type Order, type Report, report } from './protocol.ts';
import type { TimedCall } from './replay.ts';

export interface Upstream {
  /** The origin of an API with rows of that size. */
  originOf(rowSize: RowSize): string;
  /** Milliseconds that every reply takes from now on. */
  delay(milliseconds: number): Promise<void>;
  /** Whether every row of every reply is to differ from all that were sent before. */
  change(always: boolean): Promise<void>;
  /** The calls since the last time. */
  takeCalls(): Promise<readonly TimedCall[]>;
  readonly pid: number | undefined;
  stop(): void;
}

export async function startUpstream(cpu: number | null): Promise<Upstream> {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = startProgram(['--import', 'tsx', script], { cpu, env: {}, channel: true });
  const ready = await next(child);
  if (ready.kind !== 'ready') throw new Error(`the upstream said "${ready.kind}" first`);

  const ask = async (message: Order): Promise<Report> => {
    const reply = next(child);
    child.send(message);
    return reply;
  };
  return {
    originOf: (rowSize) => ready.origins[rowSize] ?? '',
    async delay(milliseconds) {
      await ask({ kind: 'delay', milliseconds });
    },
    async change(always) {
      await ask({ kind: 'change', always });
    },
    async takeCalls() {
      const reply = await ask({ kind: 'take-calls' });
      // JSON has no NaN: a call that nobody waited for has no end.
      const calls = reply.kind === 'calls' ? reply.calls : [];
      return calls.map(({ startedAt, endedAt }) => ({ startedAt, endedAt: endedAt ?? Number.NaN }));
    },
    pid: child.pid,
    stop: () => child.disconnect(),
  };
}

function next(child: ChildProcess): Promise<Report> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the upstream ended'));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(report.parse(message));
    });
  });
}
