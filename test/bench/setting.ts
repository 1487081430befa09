import { execFileSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Options, readOptions, usage } from './options.ts';
import { separateCores } from './process.ts';
import { startUpstream, type Upstream } from './upstream/control.ts';

export type Say = (text: string) => void;

/** What a run has before its first candidate is started. */
export interface Setting {
  readonly options: Options;
  readonly upstream: Upstream;
  /** The core that candidates are pinned to; null where that can't be had. */
  readonly cpu: number | null;
  /** Tells how far the run is. */
  readonly say: Say;
}

/** Reads the command line, compiles the servers, starts the upstream, and prints what is measured on. Ends the process for a wrong command line. */
export async function prepare(): Promise<Setting> {
  const options = understood();
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  compile('test/bench/servers');
  const cores = availableParallelism();
  const { measured: cpu, rest } = separateCores();
  process.stdout.write(
    [
      `Node ${process.version}, ${cores} cores: `,
      cpu === null
        ? 'candidates, load and upstream share them'
        : `candidates on one (${cpu}), load and upstream on another (${rest})`,
      `; ${options.warmUp} requests before, then ${options.rounds} alternating turns of ${options.requests} in each cell; `,
      `load average before ${(loadavg()[0] ?? 0).toFixed(1)}.\n\n`,
    ].join(''),
  );
  const upstream = await startUpstream(rest);
  return { options, upstream, cpu, say: (text) => process.stderr.write(`${text}\n`) };
}

/** What is measured runs on plain Node: a TypeScript loader would cost it memory that the gateway's build does not pay. */
export function compile(folder: string): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], { stdio: 'inherit' });
}

/** Stops what was prepared and says how long all of it took. */
export function finish({ upstream, say }: Setting): void {
  upstream.stop();
  say(`${Math.round(performance.now() / 1000)} s in all`);
}

function understood(): Options {
  try {
    const read = readOptions(process.argv.slice(2));
    if (read !== null) return read;
    process.stdout.write(usage);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
