import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the gateway's process before the gateway. Whoever started the process sends `begin`, and gets what happened since
 * then for `end`.
 */

const delays = monitorEventLoopDelay({ resolution: 1 });
let cpu = process.cpuUsage();

/**
 * The most CPU time between two looks at the clock that are a millisecond apart when nothing is in the way: other than the delay, it
 * does not grow when other processes use the machine.
 */
let longestMs = 0;
let last = process.cpuUsage();
setInterval(() => {
  const { user, system } = process.cpuUsage(last);
  last = process.cpuUsage();
  longestMs = Math.max(longestMs, (user + system) / 1000);
}, 1).unref();

process.on('message', (message) => {
  if (message === 'begin') {
    cpu = process.cpuUsage();
    delays.enable();
    delays.reset();
    longestMs = 0;
    last = process.cpuUsage();
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
