import type { Import, Source } from './source.ts';

/** What a rule finds wrong, one line each: the file and what it does. */
export type Rule = (sources: readonly Source[]) => readonly string[];

/** Each rung imports only rungs before it; folders on the same rung don't import one another. */
const ladder: readonly (readonly string[])[] = [
  ['errors', 'event-loop'],
  ['model'],
  ['scim', 'inheritance', 'wire'],
  ['upstream', 'filter'],
  ['loaders'],
  ['mutations'],
  ['schema'],
  ['server'],
  ['cli', 'embed'],
];

/** Folders beside the ladder, and whose code of ours they may use. */
const beside: Readonly<Record<string, readonly string[]>> = {
  config: ['model'],
  'embed-settings': [],
  sandbox: ['scim'],
  graphiql: ['inheritance'],
};

/** Who may use the folders beside the ladder. Tests may use everything. */
const usersOf: Readonly<Record<string, readonly string[]>> = {
  config: ['server', 'cli', 'embed'],
  'embed-settings': ['embed'],
  sandbox: ['cli'],
  graphiql: ['server'],
};

/** The plain constants of the page; the rest of it is code for the browser. */
const pageConstants = ['graphiql/content-security-policy.ts', 'graphiql/page-location.ts'];

/** Who knows a package: one folder each, but for the language that all of GraphQL speaks. Every dependency has its row. */
export const packageOwners: Readonly<Record<string, readonly string[]>> = {
  // Nobody's: they hold back what Yoga needs to versions that run on Node.js 20 (docs/development.md).
  '@graphql-tools/executor': [],
  '@graphql-tools/merge': [],
  '@graphql-tools/schema': [],
  '@graphql-tools/utils': [],
  '@whatwg-node/disposablestack': [],
  '@whatwg-node/fetch': [],
  '@whatwg-node/promise-helpers': [],
  '@opentelemetry/api': ['server'],
  '@opentelemetry/core': ['server'],
  '@opentelemetry/exporter-trace-otlp-proto': ['server'],
  '@opentelemetry/resources': ['server'],
  '@opentelemetry/sdk-trace': ['server'],
  '@pothos/core': ['schema'],
  '@redis/client': ['server'],
  dataloader: ['loaders'],
  graphql: ['schema', 'server', 'cli', 'embed'],
  'graphql-yoga': ['server'],
  jose: ['server'],
  'lru-cache': ['upstream', 'loaders', 'server'],
  pino: ['server'],
  'prom-client': ['server'],
  undici: ['upstream'],
  yaml: ['config'],
  zod: ['config'],
};

/** What a module could fill, at its top level or in a class; what a WeakMap holds goes with the request that it belongs to. */
const keepsState = /^(export )?(let|var) |^((export )?const|\s+static) [^=\n]+= (new (Map|Set)(<.*>)?\(\)|\[\]|\{\});/m;

const barrels = new Set(['schema/index.ts', 'loaders/index.ts']);
const maxLines = 500;

/**
 * Where the API's names may be spoken besides `wire` and `sandbox`: some are SCIM attributes too, the rules of its types are named
 * after its settings, and it complains of fields by their names.
 */
const restSpeakers = new Set([
  'filter/attributes.ts',
  'filter/support.ts',
  'filter/typed-filter.ts',
  'inheritance/analysis/type-rules.ts',
  'filter/audit-filter.ts',
  'mutations/upstream-failure.ts',
]);

export const rules = {
  'a folder imports only what is left of it on the ladder': (sources) =>
    ownImports(sources).flatMap(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)];
      if (from === to) return [];
      return mayImport(from, to) ? [] : [`${file} imports ${target}`];
    }),

  'the server uses nothing of the page but its constants': (sources) =>
    ownImports(sources)
      .filter(({ file, target }) => folderOf(file) !== 'graphiql' && folderOf(target) === 'graphiql')
      .flatMap(({ file, target }) => (pageConstants.includes(target) ? [] : [`${file} imports ${target}`])),

  'folders of schema/ use what stands directly in schema/, never each other': (sources) =>
    ownImports(sources).flatMap(({ file, target }) => {
      const [from, to] = [domainOf(file), domainOf(target)];
      return from === null || to === null || from === to ? [] : [`${file} imports ${target}`];
    }),

  'imports go nowhere in a circle': (sources) => {
    const targets = new Map<string, string[]>();
    for (const { file, target } of ownImports(sources)) targets.set(file, [...(targets.get(file) ?? []), target]);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const start = path.indexOf(file);
      if (start >= 0) circles.push([...path.slice(start), file].join(' -> '));
      if (start >= 0 || done.has(file)) return;
      for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const { file } of sources) visit(file, []);
    return circles;
  },

  'one package, one folder': (sources) =>
    allImports(sources).flatMap(({ file, target, isPackage }) => {
      const isTheirs = isPackage && !target.startsWith('node:') && folderOf(file) !== 'graphiql';
      const name = Object.keys(packageOwners).find((each) => target === each || target.startsWith(`${each}/`));
      const owners = packageOwners[name ?? ''] ?? [];
      return isTheirs && target !== '?' && !owners.includes(folderOf(file)) ? [`${file} imports ${target}`] : [];
    }),

  'the client of Redis is loaded by those who have one': (sources) =>
    sources.flatMap(({ file, text }) =>
      /^(import|export) (?!type )([^;()']* from )?'@redis\/client/m.test(text)
        ? [`${file} loads @redis/client at the start`]
        : [],
    ),

  'only config.ts reads the environment': (sources) =>
    sources.flatMap(({ file, readsEnvironment, imports }) =>
      file !== 'config.ts' && (readsEnvironment || imports.some(({ target }) => target === 'node:process'))
        ? [`${file} reads process.env`]
        : [],
    ),

  'only wire, sandbox, filters and rules know the names that the API gives its fields': (sources) => {
    const names = new Set(sources.filter(({ file }) => folderOf(file) === 'wire').flatMap(snakeCaseWords));
    return sources
      .filter(({ file }) => !['wire', 'sandbox'].includes(folderOf(file)) && !restSpeakers.has(file))
      .flatMap((source) =>
        snakeCaseWords(source).flatMap((word) => (names.has(word) ? [`${source.file}: ${word}`] : [])),
      );
  },

  'the text of a filter comes from the printer': (sources) =>
    sources
      .filter(({ file }) => !['scim', 'sandbox', 'graphiql'].includes(folderOf(file)))
      .flatMap(({ file, strings }) =>
        strings.filter((text) => isFilterText(file, text)).map((text) => `${file}: ${show(text)}`),
      ),

  'no barrels but those of schema and loaders': (sources) =>
    sources.flatMap(({ file, onlyReexports }) =>
      (onlyReexports || /(^|\/)index\.tsx?$/.test(file)) && !barrels.has(file) ? [`${file} is a barrel`] : [],
    ),

  'modules keep nothing from one request to the next': (sources) =>
    sources
      .filter(({ file }) => folderOf(file) !== 'graphiql')
      .flatMap(({ file, text }) => (keepsState.test(text) ? [`${file} keeps state`] : [])),

  'files stay short': (sources) =>
    sources.flatMap(({ file, text }) => {
      const lines = text.trimEnd().split('\n').length;
      return lines < maxLines ? [] : [`${file} has ${lines} lines`];
    }),

  'every import has a name and leads somewhere': (sources) => {
    const files = new Set(sources.map(({ file }) => file));
    return allImports(sources).flatMap(({ file, target, isPackage }) =>
      (isPackage ? target !== '?' : !/\.tsx?$/.test(target) || files.has(target)) ? [] : [`${file} imports ${target}`],
    );
  },
} satisfies Record<string, Rule>;

function snakeCaseWords({ words }: Source): readonly string[] {
  return [...new Set(words)].filter((word) => /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(word));
}

function mayImport(from: string, to: string): boolean {
  if (usersOf[to] !== undefined) return usersOf[to].includes(from);
  if (beside[from] !== undefined) return beside[from].includes(to);
  const [lower, upper] = [rungOf(to), rungOf(from)];
  return lower >= 0 && upper >= 0 && lower < upper;
}

function rungOf(folder: string): number {
  return ladder.findIndex((rung) => rung.includes(folder));
}

/** The folder directly below `src/`, or the name of a file that stands there. */
function folderOf(file: string): string {
  return file.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
}

/** `profile` of `schema/profile/query.ts`; null for files directly in `schema/` and outside it. */
function domainOf(file: string): string | null {
  const [top, domain, ...rest] = file.split('/');
  return top === 'schema' && domain !== undefined && rest.length > 0 ? domain : null;
}

function allImports(sources: readonly Source[]): readonly (Import & { readonly file: string })[] {
  return sources.flatMap(({ file, imports }) => imports.map((each) => ({ file, ...each })));
}

function ownImports(sources: readonly Source[]): readonly (Import & { readonly file: string })[] {
  return allImports(sources).filter(({ isPackage }) => !isPackage);
}

/** `labels co "` and what becomes of it in a template. The descriptions of the schema may show one as an example. */
function isFilterText(file: string, text: string): boolean {
  const isExample = folderOf(file) === 'schema' && !text.includes('\0');
  return !isExample && /\w (eq|ne|co|sw|ew|gt|ge|lt|le) ("|\\"|\0)/i.test(text);
}

function show(text: string): string {
  return JSON.stringify(text.replaceAll('\0', '…').slice(0, 80));
}
