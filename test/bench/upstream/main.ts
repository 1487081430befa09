import { startSandbox } from '../../../src/sandbox/server.ts';
import { sandboxKeys } from './keys.ts';
import { order, type Report } from './protocol.ts';
import { startReplay } from './replay.ts';
import { shuffledWorld } from './world.ts';

/** The process that every candidate asks: two sandboxes of one world, the second with the default, refusing filters. */
const options = { world: shuffledWorld(1000), keys: sandboxKeys, recordCalls: 0 };
const open = await startReplay((await startSandbox({ ...options, openFilters: true })).origin);
const refusing = await startReplay((await startSandbox(options)).origin);

process.on('message', (message) => {
  const received = order.parse(message);
  if (received.kind === 'delay') {
    for (const each of [open, refusing]) each.delayMs = received.milliseconds;
    say({ kind: 'done' });
  } else if (received.kind === 'change') {
    for (const each of [open, refusing]) each.changes = received.always;
    say({ kind: 'done' });
  } else {
    say({ kind: 'calls', calls: [...open.takeCalls(), ...refusing.takeCalls()] });
  }
});
process.on('disconnect', () => process.exit());
say({ kind: 'ready', takesIds: open.origin, refusesIds: refusing.origin });

function say(report: Report): void {
  process.send?.(report);
}
