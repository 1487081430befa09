import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';
import { nearestTo } from './nearest.ts';

/** `--veza-url` of `VEZA_URL`, without the dashes. */
export function flagOf(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/**
 * The values of each flag that was given, in order; `kinds` says which flags there are, and whether they take a value. Throws
 * ConfigError for a flag that does not exist, and says which was meant.
 */
export function parseFlags(
  argv: readonly string[],
  kinds: Readonly<Record<string, 'string' | 'boolean'>>,
): Readonly<Record<string, readonly string[]>> {
  checkNames(argv, Object.keys(kinds));
  const options = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type, multiple: true }]));
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
    return Object.fromEntries(Object.entries(values).map(([name, given]) => [name, [given].flat().map(String)]));
  } catch (error) {
    throw new ConfigError('arguments', error instanceof Error ? error.message : 'cannot be read');
  }
}

function checkNames(argv: readonly string[], flags: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...argv], strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || flags.includes(token.name)) continue;
    const meant = nearestTo(token.name, flags);
    const advice = meant === null ? 'try --help' : `did you mean --${meant}?`;
    throw new ConfigError('arguments', `there is no flag ${token.rawName}; ${advice}`);
  }
}
