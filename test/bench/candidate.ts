/** Something that answers the query of the benchmark over HTTP: a row of its tables. */
export interface Candidate {
  readonly name: string;
  readonly about: string;
  /** The program that is started; Node as this process runs on, unless said otherwise. */
  readonly program?: string;
  /** What it is started with for an API that is at `origin`. */
  readonly argv: (origin: string) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it takes `{ query, variables }`. A program without it has to print that address, ending in /graphql. */
  readonly url?: string;
  /** The parents of a profile come in an order of its own, so they are compared as sets. */
  readonly ownOrder?: boolean;
  /** Somebody else's: where it does not run or answers wrong, that is reported, and the others are measured without it. */
  readonly peer?: boolean;
  /** The place behind the last row, out of an answer to the query with `pageInfo { endCursor }`. */
  readonly endCursor: (answer: unknown) => unknown;
}

/** The flag of Node that `npm start` sets. */
export const youngGeneration = '--max-semi-space-size=32';

const start = [youngGeneration, 'dist/cli/main.js'];

export const ours: Candidate = gateway('gateway', 'the gateway, as npm start starts it', start);

/** What the ratios of the tables are to. */
export const join: Candidate = {
  name: 'join',
  about: 'a hand-written REST join on node:http and undici that makes the same calls; no GraphQL',
  argv: () => ['test/bench/dist/join.js'],
  env: {},
  endCursor: cursorOfAnswer,
};

/** Another build of the gateway, or the same with other flags of Node: `--max-semi-space-size=32 dist/cli/main.js`. */
export function variant(commandLine: string): Candidate {
  return gateway(commandLine, `the gateway started as "node ${commandLine} serve"`, commandLine.split(/\s+/));
}

function gateway(name: string, about: string, argv: readonly string[]): Candidate {
  return {
    name,
    about,
    argv: () => [...argv, 'serve'],
    env: { PORT: '0', LOG_LEVEL: 'silent', GRAPHIQL: 'off' },
    endCursor: cursorOfAnswer,
  };
}

export function cursorOfAnswer(answer: unknown): unknown {
  return ['data', 'accessProfiles', 'pageInfo', 'endCursor'].reduce(at, answer);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : null;
}
