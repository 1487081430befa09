import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';
import { nearestTo } from './nearest.ts';

/** `--veza-url` of `VEZA_URL`, without the dashes. */
export function flagOf(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/** Values of flags, by the names of their variables. Throws ConfigError for a flag that does not exist, and says which was meant. */
export function parseFlags(
  argv: readonly string[],
  variables: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const flags = variables.map(flagOf);
  checkFlags(argv, flags);
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
    return Object.fromEntries(variables.map((name) => [name, textOf(values[flagOf(name)])]));
  } catch (error) {
    throw new ConfigError('arguments', error instanceof Error ? error.message : 'can not be read');
  }
}

/** Throws ConfigError for the first flag that is none of these. */
export function checkFlags(argv: readonly string[], flags: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...argv], strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || flags.includes(token.name)) continue;
    const meant = nearestTo(token.name, flags);
    const advice = meant === null ? 'try --help' : `did you mean --${meant}?`;
    throw new ConfigError('arguments', `there is no flag ${token.rawName}; ${advice}`);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
