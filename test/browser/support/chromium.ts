import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The browser to test with: CHROMIUM_PATH, Debian's, or the one Playwright installed for itself. Undefined if there is none. */
export function findChromium(): string | undefined {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', chromium.executablePath()];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
}

export const chromiumPath = findChromium();

/** On a developer's machine without a browser the tests are skipped, and say so. On CI they fail when the browser is launched. */
export const isSkipped = chromiumPath === undefined && process.env['CI'] !== 'true';
export const skipNote = isSkipped ? ' (SKIPPED: no Chromium; install it or set CHROMIUM_PATH)' : '';

/** Chromium that calls nobody: what it does on its own at start would hide what the page does. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) {
    throw new Error('No Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH');
  }
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
