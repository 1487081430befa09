import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the gateway's process before the gateway. Whoever started the process sends `begin`, and gets what happened since
 * then for `end`.
 */

const delays = monitorEventLoopDelay({ resolution: 1 });
let cpu = process.cpuUsage();

/**
 * The most CPU time of the main thread between two looks at the clock that are a millisecond apart when nothing is in the way: other
 * than the delay, it does not grow when other processes use the machine.
 */
let longestMs = 0;
let last = threadMs();
setInterval(() => {
  const now = threadMs();
  longestMs = Math.max(longestMs, now - last);
  last = now;
}, 1).unref();

/** CPU time of the main thread, as Linux counts it. */
function threadMs(): number {
  return Number.parseInt(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1'), 10) / 1e6;
}

process.on('message', (message) => {
  if (message === 'begin') {
    cpu = process.cpuUsage();
    delays.enable();
    delays.reset();
    longestMs = 0;
    last = threadMs();
    process.send?.('begun');
  }
  if (message === 'end') {
    const { user, system } = process.cpuUsage(cpu);
    process.send?.({
      pauseMs: delays.max / 1e6,
      pauseCpuMs: longestMs,
      cpuMs: (user + system) / 1000,
      // Kilobytes, since the process began.
      peakMegabytes: process.resourceUsage().maxRSS / 1000,
    });
  }
});
process.on('disconnect', () => process.exit());
