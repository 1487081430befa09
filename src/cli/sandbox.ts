import { ConfigError, parseFlags } from '../config.ts';
import { adminKey, type SandboxOptions, startSandbox, viewerKey } from '../sandbox/server.ts';
import {
  accessRequestFates,
  draftReadings,
  neighbours,
  neighbourTroubles,
  publishReadings,
  versionParameters,
} from '../sandbox/settings.ts';

interface Flag {
  /** The value behind the flag, as `--help` shows it; null: the flag takes none. */
  readonly value: string | null;
  readonly about: string;
  /** The options that the flag sets. Throws RangeError with what the flag needs. */
  readonly read: (text: string, before: SandboxOptions) => SandboxOptions;
}

const flags: Readonly<Record<string, Flag>> = {
  port: takes('<n>', 'where to listen; 0 takes a free port (4010)', (text) => ({ port: integer(text, 0, 65_535) })),
  host: takes('<address>', 'the address to listen on (127.0.0.1)', (host) => ({ host })),
  profiles: takes('<n>', 'a generated company of this size (the built-in one, of 65 profiles)', (text) => ({
    profiles: integer(text, 1, 1_000_000),
  })),
  'page-size': takes('<n>', 'page size when a caller asks for none (50)', (text) => ({
    pageSize: integer(text, 1, 100),
  })),
  latency: takes('<ms>', 'added to every answer (0)', (text) => ({ latencyMs: integer(text, 0, 600_000) })),
  'failure-rate': takes('<0-1>', 'share of requests that fail: 429, 503 or a cut connection (0)', (text) => ({
    failureRate: share(text),
  })),
  seed: takes('<n>', 'which requests fail, and the ids of what is created (1)', (text) => ({
    seed: integer(text, 0, 2 ** 31),
  })),
  'open-filters': sets({ openFilters: true }, 'filter on every attribute, with every operator'),
  'ragged-pages': sets({ raggedPages: true }, 'pages with fewer values than asked for, some of them empty'),
  'integer-enums': sets({ integerEnums: true }, 'enums as integers instead of names'),
  'int64-numbers': sets({ int64AsNumber: true }, '64-bit integers as numbers instead of strings'),
  'member-details': sets({ memberDetails: true }, 'fill member_details in profiles'),
  'unlisted-reads': sets({ unlistedReads: true }, 'GET of one profile and of one version, which nobody documents'),
  'allow-cycles': sets({ allowCycles: true }, 'accept inheritance cycles'),
  'curated-shapes': sets({ curatedShapes: true }, 'data sources and policies as the curated pages show them'),
  neighbour: takes('<n>=<t>', 'a fault of an endpoint beside the profiles; may be repeated', (text, before) => {
    const [name = '', trouble = ''] = text.split('=');
    return { neighbours: { ...before.neighbours, [oneOf(name, neighbours)]: oneOf(trouble, neighbourTroubles) } };
  }),
  'access-requests': takes('<f>', `what becomes of them: ${accessRequestFates.join(', ')} (completes)`, (text) => ({
    accessRequests: oneOf(text, accessRequestFates),
  })),
  'version-parameter': takes('<r>', `GET with ?version=: ${versionParameters.join(', ')} (off)`, (text) => ({
    versionParameter: oneOf(text, versionParameters),
  })),
  'version-read': sets({ versionRead: true }, 'GET of one version'),
  'version-list': sets({ versionList: true }, 'GET of all versions of a profile'),
  drafts: takes('<r>', `how a draft is made: ${draftReadings.join(', ')} (patch)`, (text) => ({
    drafts: oneOf(text, draftReadings),
  })),
  publishing: takes('<r>', `how it is published: ${publishReadings.join(', ')} (state)`, (text) => ({
    publishing: oneOf(text, publishReadings),
  })),
};

/** The text of `--help`. */
export const usage = `Usage: access-profile-gateway sandbox [options]

The Access Profile API of an imaginary company, on a real port. Nothing is kept when it stops.
Defaults are in parentheses; what has none is off.

${Object.entries(flags)
  .map(([name, { value, about }]) => `  ${`--${name} ${value ?? ''}`.padEnd(25)} ${about}`)
  .join('\n')}

--neighbour takes ${neighbours.join(', ')}; each may be ${neighbourTroubles.join(', ')}.
`;

/** The `sandbox` command: serves until SIGINT or SIGTERM. Throws ConfigError for a mistake on the command line. */
export async function runSandbox(argv: readonly string[]): Promise<void> {
  const sandbox = await startSandbox(readOptions(argv));
  const stop = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    void sandbox.close();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const profiles = [...sandbox.store.profiles()].length;
  process.stdout.write(
    [
      `Access Profile API sandbox on ${sandbox.origin} with ${profiles} profiles`,
      `  admin key   ${adminKey}`,
      `  viewer key  ${viewerKey}`,
      `  a gateway   VEZA_URL=${sandbox.origin} VEZA_API_KEY=${adminKey} npx access-profile-gateway`,
      `  a call      curl -H "Authorization: Bearer ${adminKey}" "${sandbox.origin}/api/private/lifecycle_management/access_profiles?page_size=1"`,
      '',
    ].join('\n'),
  );
}

const kinds = Object.fromEntries(
  Object.entries(flags).map(([name, { value }]) => [name, value === null ? ('boolean' as const) : ('string' as const)]),
);

function readOptions(argv: readonly string[]): SandboxOptions {
  // It may run for weeks, and nobody reads its log of calls.
  let options: SandboxOptions = { port: 4010, recordCalls: 0 };
  for (const [name, texts] of Object.entries(parseFlags(argv, kinds))) {
    for (const text of texts) {
      try {
        options = { ...options, ...flags[name]?.read(text, options) };
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new ConfigError('arguments', `--${name} needs ${error.message}, not "${text}"`);
      }
    }
  }
  return options;
}

function takes(value: string, about: string, read: Flag['read']): Flag {
  return { value, about, read };
}

function sets(options: SandboxOptions, about: string): Flag {
  return { value: null, about, read: () => options };
}

function oneOf<T extends string>(text: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw new RangeError(`one of ${choices.join(', ')}`);
  return choice;
}

function integer(text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new RangeError(`a whole number from ${least} to ${most}`);
}

function share(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= 1) return number;
  throw new RangeError('a number from 0 to 1');
}
