import { startSandbox } from '../../../src/sandbox/server.ts';
import { rowSizes } from '../cell.ts';
import { sandboxKeys } from './keys.ts';
import { order, type Report } from './protocol.ts';
import { startReplay } from './replay.ts';
import { shuffledWorld } from './world.ts';

/** The process that every candidate asks: one world, with rows of each size. Filters take ids. */
const sandbox = await startSandbox({
  world: shuffledWorld(1000),
  keys: sandboxKeys,
  recordCalls: 0,
  openFilters: true,
});
const replays = await Promise.all(rowSizes.map((size) => startReplay(sandbox.origin, size)));

process.on('message', (message) => {
  const received = order.parse(message);
  if (received.kind === 'delay') {
    for (const each of replays) each.delayMs = received.milliseconds;
    say({ kind: 'done' });
  } else if (received.kind === 'change') {
    for (const each of replays) each.changes = received.always;
    say({ kind: 'done' });
  } else {
    say({ kind: 'calls', calls: replays.flatMap((each) => each.takeCalls()) });
  }
});
process.on('disconnect', () => process.exit());
say({ kind: 'ready', origins: Object.fromEntries(rowSizes.map((size, i) => [size, replays[i]?.origin ?? ''])) });

function say(report: Report): void {
  process.send?.(report);
}
