import { readFileSync } from 'node:fs';
import { ConfigError, defaultToProduction, flagOf, printSettings, variableNames } from '../config.ts';

const commands: Readonly<Record<string, { about: string; run: (argv: readonly string[]) => Promise<void> }>> = {
  serve: {
    about: 'the gateway, on VEZA_URL or else on an embedded sandbox (the default)',
    run: async (argv) => (await import('./serve.ts')).runServe(argv),
  },
  sandbox: {
    about: 'the sandbox alone: an Access Profile API to try things on',
    run: async (argv) => (await import('./sandbox.ts')).runSandbox(argv),
  },
  documents: {
    about: 'publish <manifest.json>: writes documents to REDIS_URL, for gateways with PERSISTED_DOCUMENTS=redis',
    run: async (argv) => (await import('./documents.ts')).runDocuments(argv),
  },
  settings: {
    about: 'prints the table of settings, in Markdown',
    run: async () => void process.stdout.write(`${printSettings()}\n`),
  },
  schema: {
    about: 'prints the GraphQL schema',
    run: async () => (await import('./schema.ts')).runSchema(),
  },
};

/** Runs the command that the arguments name; `serve` without one. A fault goes to stderr, with exit code 2 where a setting is wrong. */
export async function runCommandLine([first, ...rest]: readonly string[]): Promise<void> {
  const isCommand = first !== undefined && !first.startsWith('-');
  const name = isCommand ? first : 'serve';
  const argv = isCommand || first === undefined ? rest : [first, ...rest];
  // Before graphql is loaded, which looks at it once.
  defaultToProduction();
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (argv.includes('--version')) process.stdout.write(`${version()}\n`);
    else if (command === undefined) throw new ConfigError('arguments', `there is no command "${name}"; try --help`);
    else if (argv.includes('--help') && name !== 'sandbox') process.stdout.write(usage());
    else await command.run(argv);
  } catch (error) {
    process.exitCode = error instanceof ConfigError ? 2 : 1;
    process.stderr.write(`access-profile-gateway: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function usage(): string {
  const width = Math.max(...variableNames.map((variable) => variable.length)) + 4;
  return [
    'Usage: access-profile-gateway [command] [flags]',
    '',
    ...Object.entries(commands).map(([command, { about }]) => `  ${command.padEnd(11)}${about}`),
    '',
    'Settings of serve, as flags or environment variables ("settings" explains each):',
    '',
    ...variableNames.map((variable) => `  --${flagOf(variable).padEnd(width)}${variable}`),
    '',
  ].join('\n');
}

function version(): string {
  const { version: text }: { version?: unknown } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return String(text);
}
