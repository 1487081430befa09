import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the gateway's process before the gateway. Whoever started the process sends `begin`, and gets what happened since
 * then for `end`.
 */

const delays = monitorEventLoopDelay({ resolution: 1 });
let cpu = process.cpuUsage();

process.on('message', (message) => {
  if (message === 'begin') {
    cpu = process.cpuUsage();
    delays.enable();
    delays.reset();
    process.send?.('begun');
  }
  if (message === 'end') {
    const { user, system } = process.cpuUsage(cpu);
    process.send?.({
      pauseMs: delays.max / 1e6,
      cpuMs: (user + system) / 1000,
      // Kilobytes, since the process began.
      peakMegabytes: process.resourceUsage().maxRSS / 1000,
    });
  }
});
process.on('disconnect', () => process.exit());
