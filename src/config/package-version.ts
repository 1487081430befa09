import { readFileSync } from 'node:fs';

/** The version of this package. Its manifest stands above `src` as it does above what is built of it. */
export function packageVersion(): string {
  const { version }: { version?: unknown } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return String(version);
}
