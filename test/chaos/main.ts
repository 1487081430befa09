import { parseArgs } from 'node:util';
import { createRandom } from '../../src/sandbox/random.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { lackOf, questionGateway } from './callers.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { watchHeap } from './memory.ts';
import { Weather } from './weather.ts';
import { chaosWorld, keysOf, people } from './world.ts';

// Many callers with keys of their own, before an API that fails now and then and that another client changes: no answer may be
// wrong, no key may leave, no write may happen twice or be lost, and memory may not grow. It ends after so many complete answers,
// or so many minutes. Exit code 1 where something was wrong, or where there was too little to judge.

const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '1500' },
    least: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '4' },
    callers: { type: 'string', default: '12' },
    profiles: { type: 'string', default: '200' },
    think: { type: 'string', default: '100' },
    outsider: { type: 'string', default: '200' },
    faults: { type: 'string', default: '0.1' },
    filters: { type: 'string', default: 'documented' },
    seed: { type: 'string', default: '1' },
  },
});
const random = createRandom(Number(values.seed));
const next = () => random.next();

const everybody = people(Number(values.callers));
const rate = Number(values.faults);
const weather = new Weather(everybody, { reads: rate, writes: rate * 2, hangs: 0.02, random: next });
const sandbox = await startSandbox({
  world: chaosWorld(everybody, Number(values.profiles)),
  keys: keysOf(everybody),
  openFilters: values.filters === 'open',
  recordCalls: 0,
  latencyMs: 2,
  fault: (request) => weather.strike(request),
});
const gateway = await startGatewayProcess(
  sandbox.origin,
  everybody.map(({ key }) => key),
);

const startedAt = performance.now();
const endsAt = startedAt + Number(values.minutes) * 60_000;
let isDone = false;
const [heap, found] = await Promise.all([
  watchHeap(
    () => gateway.heapUsed(),
    () => isDone,
  ),
  questionGateway({
    url: gateway.url,
    sandbox,
    weather,
    everybody,
    random: next,
    thinkMs: Number(values.think),
    outsiderMs: Number(values.outsider),
    isOver: (_serial, { complete }) => complete >= Number(values.answers) || performance.now() >= endsAt,
  }).finally(() => {
    isDone = true;
  }),
]);
const exitCode = await gateway.stop();
await sandbox.close();
const faults = { ...found.faults, leaked: found.faults.leaked + gateway.leaks() };
const lack = lackOf(found, Number(values.least));
const growth = heap.isGrowing === null ? 'too short to tell' : heap.isGrowing ? 'growing' : 'not growing';

const lines: readonly (readonly [string, string | number])[] = [
  ['callers', `${everybody.length}, for ${Math.round((performance.now() - startedAt) / 1000)} s`],
  ['faults', `on ${rate * 100}% of the reading and ${rate * 200}% of the writing calls`],
  ['answers', `${found.answers}: ${found.complete} complete, ${found.partial} partial, ${found.failed} failed`],
  ['left', `${found.gone} requests were not waited for`],
  ['unjudged', `${found.unjudged}: too much changed while they were made`],
  ['overtaken', `${found.overtaken} changes by others between the last reading and the write`],
  ['kinds', [...found.kinds].map(([name, count]) => `${name} ${count}`).join(', ')],
  ['created', found.created],
  ['wrong', faults.wrong],
  ['leaked', faults.leaked],
  ['doubled', faults.doubled],
  ['lost', faults.lost],
  ['undone', faults.undone],
  ['heap', `${megabytes(heap.early)} early, ${megabytes(heap.late)} late: ${growth}`],
  ['exit code', `${exitCode}`],
];
const report = [...lines.map(([name, value]) => `${name.padEnd(11)} ${value}`), ...found.examples];
if (lack !== null) report.push(`Too little to judge by: ${lack}.`);
process.stdout.write(`${report.join('\n')}\n`);
const isBad = Object.values(faults).some((count) => count > 0) || heap.isGrowing === true || exitCode !== 0;
process.exit(isBad || lack !== null ? 1 : 0);

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
