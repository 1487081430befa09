import { packageVersion } from '../config/package-version.ts';
import { ConfigError, defaultToProduction, nearestTo, parseFlags, printSettings } from '../config.ts';
import { describeSettings } from './help.ts';

interface Command {
  /** One line of the overview. */
  readonly about: string;
  /** The text of `--help`: usage, purpose and settings. */
  readonly help: () => string | Promise<string>;
  readonly run: (argv: readonly string[]) => void | Promise<void>;
}

const program = 'access-profile-gateway';

const commands: Readonly<Record<string, Command>> = {
  serve: {
    about: 'starts the gateway, on VEZA_URL or else on an embedded sandbox (the default command)',
    help: () =>
      [
        `Usage: ${program} [serve] [--flag value …]\n`,
        'Starts the gateway on the tenant of VEZA_URL, or on an embedded sandbox with an imaginary company. It runs until SIGTERM',
        'or SIGINT.\n',
        'Settings, as flags or environment variables; a flag wins:\n',
        describeSettings(),
      ].join('\n'),
    run: async (argv) => (await import('./serve.ts')).runServe(argv),
  },
  doctor: {
    about: 'checks Node.js, the settings, the tenant, its filters, Redis and the JWKS, and says what to do',
    help: () =>
      [
        `Usage: ${program} doctor [--flag value …]\n`,
        'Checks what a gateway with the same flags and environment variables would need: Node.js, the settings, the connection to',
        'VEZA_URL, the key in VEZA_API_KEY, which filters and undocumented calls the tenant takes, Redis and the JWKS. It only reads.',
        'Exit code 1 if a check fails.\n',
        'Its settings are those of serve; these are used:\n',
        describeSettings(['VEZA_URL', 'VEZA_API_KEY', 'UPSTREAM_TIMEOUT_MS', 'JWT_JWKS_URL', 'REDIS_URL']),
      ].join('\n'),
    run: async (argv) => (await import('./doctor.ts')).runDoctor(argv),
  },
  sandbox: {
    about: 'starts the sandbox alone: an Access Profile API to try things on',
    help: async () => (await import('./sandbox.ts')).usage,
    run: async (argv) => (await import('./sandbox.ts')).runSandbox(argv),
  },
  documents: {
    about: 'documents publish <manifest.json>: writes persisted documents to Redis',
    help: () =>
      [
        `Usage: ${program} documents publish <manifest.json> [--flag value …]\n`,
        'Writes the documents of a manifest to Redis, for the gateways with PERSISTED_DOCUMENTS=redis and the same REDIS_URL and',
        'VEZA_URL. It adds all of them or none.\n',
        describeSettings(['REDIS_URL', 'VEZA_URL']),
      ].join('\n'),
    run: async (argv) => (await import('./documents.ts')).runDocuments(argv),
  },
  settings: printer(
    'settings',
    'prints the table of settings, in Markdown',
    'Prints each setting with its default and its meaning, as a Markdown table.',
    printSettings,
  ),
  schema: printer(
    'schema',
    'prints the GraphQL schema',
    'Prints the GraphQL schema with its directives and descriptions.',
    async () => (await import('../schema/print.ts')).printWithDirectives((await import('../schema/index.ts')).schema),
  ),
  'rules-schema': printer(
    'rules-schema',
    'prints the JSON Schema of the file that SEPARATION_RULES names',
    'Prints the JSON Schema of the rules of separation of duties, for editors and checks.',
    async () => JSON.stringify((await import('../config/separation-rules.ts')).separationRulesSchema(), null, 2),
  ),
  help: {
    about: 'help <command>: explains a command',
    help: () => `Usage: ${program} help [command]\n\nExplains a command, or lists all commands.`,
    run: async ([name]) => explain(name),
  },
};

/** A command without flags that prints a text. */
function printer(name: string, about: string, purpose: string, text: () => string | Promise<string>): Command {
  return {
    about,
    help: () => `Usage: ${program} ${name}\n\n${purpose}`,
    async run(argv) {
      parseFlags(argv, {});
      process.stdout.write(`${await text()}\n`);
    },
  };
}

/** Runs the command that the arguments name; `serve` without one. A fault goes to stderr, with exit code 2 where a setting is wrong. */
export async function runCommandLine([first, ...rest]: readonly string[]): Promise<void> {
  const isCommand = first !== undefined && !first.startsWith('-');
  const argv = isCommand || first === undefined ? rest : [first, ...rest];
  // Before graphql is loaded, which looks at it once.
  defaultToProduction();
  if (!process.stdout.listeners('error').includes(endQuietly)) process.stdout.on('error', endQuietly);
  try {
    if (argv.includes('--version')) process.stdout.write(`${packageVersion()}\n`);
    else if (argv.includes('--help') || argv.includes('-h')) await explain(isCommand ? first : undefined);
    else await commandNamed(isCommand ? first : 'serve').run(argv);
  } catch (error) {
    process.exitCode = error instanceof ConfigError ? 2 : 1;
    process.stderr.write(`${program}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** The reader of the output has closed it, as in `access-profile-gateway schema | head`. */
function endQuietly(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit(0);
  throw error;
}

/** Throws ConfigError for a command that does not exist. */
function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const meant = nearestTo(name, Object.keys(commands));
  const advice = meant === null ? 'try --help' : `did you mean "${meant}"?`;
  throw new ConfigError('arguments', `there is no command "${name}"; ${advice}`);
}

async function explain(name: string | undefined): Promise<void> {
  const text = name === undefined ? overview() : await commandNamed(name).help();
  process.stdout.write(`${text.trimEnd()}\n`);
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map(({ length }) => length)) + 2;
  return [
    `Usage: ${program} [command] [--flag value …]`,
    '',
    ...Object.entries(commands).map(([command, { about }]) => `  ${command.padEnd(width)}${about}`),
    '',
    `"${program} <command> --help" explains a command with its flags and their defaults. --version prints the version.`,
  ].join('\n');
}
