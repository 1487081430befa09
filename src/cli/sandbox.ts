import { parseArgs } from 'node:util';
import { ConfigError, checkFlags } from '../config.ts';
import { adminKey, type SandboxOptions, startSandbox, viewerKey } from '../sandbox/server.ts';
import {
  accessRequestFates,
  draftReadings,
  neighbours,
  neighbourTroubles,
  publishReadings,
  type Settings,
  versionParameters,
} from '../sandbox/settings.ts';

/** The text of `--help`. */
export const usage = `Usage: access-profile-gateway sandbox [options]

The Access Profile API of an imaginary company, on a real port. Nothing is kept when it stops.
Defaults are in parentheses; what has none is off.

  --port <n>            where to listen; 0 takes a free port (4010)
  --host <address>      the address to listen on (127.0.0.1)
  --profiles <n>        a generated company of this size (the built-in one, of 65 profiles)
  --page-size <n>       page size when a caller asks for none (50)
  --latency <ms>        added to every answer (0)
  --failure-rate <0-1>  share of requests that fail: 429, 503 or a cut connection (0)
  --seed <n>            which requests fail, and the ids of what is created (1)
  --open-filters        filter on every attribute, with every operator
  --ragged-pages        pages with fewer values than asked for, some of them empty
  --integer-enums       enums as integers instead of names
  --int64-numbers       64-bit integers as numbers instead of strings
  --member-details      fill member_details in profiles
  --unlisted-reads      GET of one profile and of one version, which nobody documents
  --allow-cycles        accept inheritance cycles
  --curated-shapes      data sources and policies as the curated pages show them
  --neighbour <n>=<t>   ${neighbours.join(', ')}:
                        each ${neighbourTroubles.join(', ')}; may be repeated
  --access-requests <f> what becomes of them: ${accessRequestFates.join(', ')} (completes)
  --version-parameter <r>
                        GET of one profile with ?version=: ${versionParameters.join(', ')} (off)
  --version-read        GET of one version
  --version-list        GET of all versions of a profile
  --drafts <r>          how a draft is made: ${draftReadings.join(', ')} (patch)
  --publishing <r>      how it is published: ${publishReadings.join(', ')} (state)
  --help                this text
`;

const flags = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string' },
  profiles: { type: 'string' },
  'page-size': { type: 'string' },
  latency: { type: 'string' },
  'failure-rate': { type: 'string' },
  seed: { type: 'string' },
  'open-filters': { type: 'boolean', default: false },
  'ragged-pages': { type: 'boolean', default: false },
  'integer-enums': { type: 'boolean', default: false },
  'int64-numbers': { type: 'boolean', default: false },
  'member-details': { type: 'boolean', default: false },
  'unlisted-reads': { type: 'boolean', default: false },
  'allow-cycles': { type: 'boolean', default: false },
  'curated-shapes': { type: 'boolean', default: false },
  neighbour: { type: 'string', multiple: true },
  'access-requests': { type: 'string', default: 'completes' },
  'version-parameter': { type: 'string', default: 'off' },
  'version-read': { type: 'boolean', default: false },
  'version-list': { type: 'boolean', default: false },
  drafts: { type: 'string', default: 'patch' },
  publishing: { type: 'string', default: 'state' },
} as const;

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

function readOptions(argv: readonly string[]): SandboxOptions {
  const values = parse(argv);
  const profiles = integer('profiles', values.profiles, { least: 1, most: 1_000_000 });
  const pageSize = integer('page-size', values['page-size'], { least: 1, most: 100 });
  const latencyMs = integer('latency', values.latency, { least: 0, most: 600_000 });
  const seed = integer('seed', values.seed, { least: 0, most: 2 ** 31 });
  const failureRate = share('failure-rate', values['failure-rate']);
  return {
    port: integer('port', values.port, { least: 0, most: 65_535 }) ?? 4010,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(profiles === undefined ? {} : { profiles }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(failureRate === undefined ? {} : { failureRate }),
    ...(seed === undefined ? {} : { seed }),
    openFilters: values['open-filters'],
    raggedPages: values['ragged-pages'],
    integerEnums: values['integer-enums'],
    int64AsNumber: values['int64-numbers'],
    memberDetails: values['member-details'],
    unlistedReads: values['unlisted-reads'],
    allowCycles: values['allow-cycles'],
    curatedShapes: values['curated-shapes'],
    neighbours: readNeighbours(values.neighbour ?? []),
    accessRequests: oneOf('access-requests', values['access-requests'], accessRequestFates),
    versionParameter: oneOf('version-parameter', values['version-parameter'], versionParameters),
    versionRead: values['version-read'],
    versionList: values['version-list'],
    drafts: oneOf('drafts', values.drafts, draftReadings),
    publishing: oneOf('publishing', values.publishing, publishReadings),
    // It may run for weeks, and nobody reads its log.
    recordCalls: 0,
  };
}

function parse(argv: readonly string[]) {
  checkFlags(argv, Object.keys(flags));
  try {
    return parseArgs({ args: [...argv], options: flags, allowPositionals: false }).values;
  } catch (error) {
    throw new ConfigError('arguments', error instanceof Error ? error.message : String(error));
  }
}

function readNeighbours(texts: readonly string[]): Settings['neighbours'] {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', trouble = ''] = text.split('=');
      return [oneOf('neighbour', name, neighbours), oneOf('neighbour', trouble, neighbourTroubles)];
    }),
  );
}

function oneOf<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === text);
  if (choice === undefined)
    throw new ConfigError('arguments', `--${flag} needs one of ${choices.join(', ')}, not "${text}"`);
  return choice;
}

function integer(
  name: string,
  text: string | undefined,
  range: { readonly least: number; readonly most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < range.least || number > range.most) {
    throw new ConfigError(
      'arguments',
      `--${name} needs a whole number from ${range.least} to ${range.most}, not "${text}"`,
    );
  }
  return number;
}

function share(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new ConfigError('arguments', `--${name} needs a number from 0 to 1, not "${text}"`);
  }
  return number;
}
