import type { Browser } from 'playwright-core';

/**
 * Milliseconds of processor time that a browser has used so far, with all its processes. What a task takes of it is at least what
 * the reader waits for on a machine with nothing else to do, and other tests running meanwhile don't count.
 */
export async function cpuTime(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, process) => sum + process.cpuTime * 1_000, 0);
}
