import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { candidatesFor, variant } from './candidate.ts';
import { measure } from './measure.ts';
import { type Options, readOptions, usage } from './options.ts';
import { separateCores } from './process.ts';
import { printReport, printStarts } from './report.ts';
import { startUpstream } from './upstream/control.ts';

const options = understood();
const startedAt = performance.now();
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
// What is measured runs on plain Node: a TypeScript loader would cost it memory that the gateway's build does not pay.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/bench/servers'], { stdio: 'inherit' });

const cores = availableParallelism();
const { measured: cpu, rest } = separateCores();
const say = (text: string) => process.stderr.write(`${text}\n`);
process.stdout.write(
  [
    `Node ${process.version}, ${cores} cores: `,
    cpu === null
      ? 'candidates, load and upstream share them'
      : `candidates on one (${cpu}), load and upstream on another (${rest})`,
    `; ${options.rounds} alternating turns of ${options.windowMs} ms in each cell.\n\n`,
  ].join(''),
);

const upstream = await startUpstream(rest);
for (const api of new Set(options.cells.map((cell) => cell.api))) {
  const cells = options.cells.filter((cell) => cell.api === api);
  const contestants = [...candidatesFor(api), ...options.variants.map(variant)];
  const measured = await measure(api, contestants, cells, { upstream, options, cpu, say });
  process.stdout.write(`## An API whose filters ${api === 'takes ids' ? 'take' : 'refuse'} ids\n\n`);
  process.stdout.write(`${printStarts(measured, contestants)}\n${printReport(measured)}\n`);
}
upstream.stop();
say(`${Math.round((performance.now() - startedAt) / 1000)} s in all`);

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
