import { parseArgs } from 'node:util';
import { createRandom } from '../../src/sandbox/random.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { questionGateway } from './callers.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { watchHeap } from './memory.ts';
import { chaosWorld, faultFeeder, keysOf, people } from './world.ts';

// Many callers with keys of their own, before an API that fails now and then: no answer may be wrong, no key may leave, no
// write may happen twice, and memory may not grow. Exit code 1 where one of that happened.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    callers: { type: 'string', default: '50' },
    faults: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
  },
});
const minutes = Number(values.minutes);
const random = createRandom(Number(values.seed));
const next = () => random.next();

const everybody = people(Number(values.callers));
const feed = faultFeeder((): Sandbox => sandbox, Number(values.faults), next);
const sandbox = await startSandbox({
  world: chaosWorld(everybody),
  keys: keysOf(everybody),
  recordCalls: 0,
  latencyMs: 2,
  before: feed,
});
const gateway = await startGatewayProcess(
  sandbox.origin,
  everybody.map(({ key }) => key),
);

const endsAt = performance.now() + minutes * 60_000;

const [heap, found] = await Promise.all([
  watchHeap(() => gateway.heapUsed(), endsAt),
  questionGateway({ url: gateway.url, sandbox, everybody, random: next, isOver: () => performance.now() >= endsAt }),
]);
const exitCode = await gateway.stop();
await sandbox.close();
const faults = { ...found.faults, leaked: found.faults.leaked + gateway.leaks() };

const growth = heap.late / heap.early;
const isGrowing = heap.late > heap.early * 1.25 + 20_000_000;
process.stdout.write(
  [
    `${everybody.length} callers, ${minutes} min, faults on ${Number(values.faults) * 100}% of calls`,
    `answers     ${found.answers}: ${found.complete} complete, ${found.partial} partial, ${found.failed} failed; ${found.gone} not waited for`,
    `created     ${found.created}`,
    `wrong       ${faults.wrong}`,
    `leaked      ${faults.leaked}`,
    `doubled     ${faults.doubled}`,
    `lost        ${faults.lost}`,
    `heap        ${megabytes(heap.early)} early, ${megabytes(heap.late)} late (x${growth.toFixed(2)})${isGrowing ? ', growing' : ''}`,
    `exit code   ${exitCode}`,
    ...found.examples.map((example) => `  ${example}`),
    '',
  ].join('\n'),
);
if (found.isVacuous) process.stdout.write('too little was answered for this to show anything\n');
const isBad = Object.values(faults).some((count) => count > 0) || isGrowing || exitCode !== 0 || found.isVacuous;
process.exit(isBad ? 1 : 0);

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
