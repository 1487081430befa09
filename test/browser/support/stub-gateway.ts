import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createYoga } from 'graphql-yoga';
import { contentSecurityPolicy } from '../../../src/graphiql/content-security-policy.ts';
import { pageLocation } from '../../../src/graphiql/page-location.ts';
import { createStubSchema } from './stub-schema.ts';
import type { StubProfile } from './world.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.ttf': 'font/ttf',
};

/** Builds the page unless the built one is current. */
export async function buildPage(): Promise<void> {
  await promisify(execFile)(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'src/graphiql/build.ts'], {
    cwd: repository,
    // Vitest's own value would bundle React for development, and the next release would find that page built.
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

export interface StubGateway {
  readonly url: string;
  /** Headers of the GraphQL requests received so far, oldest first. */
  readonly requests: readonly Headers[];
  close(): void;
}

/** The built page and a GraphQL endpoint over a made-up world, served as the gateway serves them. */
export async function startStubGateway(world: readonly StubProfile[]): Promise<StubGateway> {
  const requests: Headers[] = [];
  const yoga = createYoga({
    schema: createStubSchema(world),
    graphiql: false,
    logging: false,
    plugins: [{ onRequest: ({ request }) => void requests.push(request.headers) }],
  });
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === '/graphql') void yoga(request, response);
    else if (path === '/graphiql') void sendFile('index.html', response);
    else if (path.startsWith('/graphiql/assets/')) void sendFile(path.slice('/graphiql/'.length), response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub gateway has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function sendFile(name: string, response: ServerResponse): Promise<void> {
  // The build stores assets compressed only.
  const isAsset = name !== 'index.html';
  const body = await readFile(new URL(isAsset ? `${name}.gz` : name, pageLocation));
  response.writeHead(200, {
    ...(isAsset && { 'content-encoding': 'gzip' }),
    'content-type': contentTypes[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
