import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPageBuilt, servePage } from './graphiql-page.ts';
import type { createGraphQL } from './yoga.ts';

export interface HttpOptions {
  readonly graphql: ReturnType<typeof createGraphQL>;
  readonly host: string;
  readonly port: number;
  /** Whether the GraphiQL page is served. */
  readonly page: boolean;
}

export interface HttpServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly hasPage: boolean;
  /** Stops accepting, lets what runs finish, and ends. */
  close(): Promise<void>;
}

/** Listens for GraphQL and, if wanted and built, serves the page. Rejects where the address can't be listened on. */
export async function listen({ graphql, host, port, page }: HttpOptions): Promise<HttpServer> {
  const hasPage = page && isPageBuilt();
  const server = createServer((request, response) => {
    route(request, response, graphql, hasPage).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { url: urlOf(server, host), hasPage, close: () => close(server) };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  graphql: HttpOptions['graphql'],
  hasPage: boolean,
): Promise<void> {
  const path = request.url?.split('?')[0] ?? '/';
  if (hasPage) {
    const isVisit = request.method === 'GET' && Boolean(request.headers.accept?.includes('text/html'));
    if (path === '/' || (path === '/graphql' && isVisit)) {
      response.writeHead(302, { location: '/graphiql' }).end();
      return;
    }
    if (await servePage(request, response, path)) return;
  }
  await graphql(request, response);
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const { port } = isAddressInfo(address) ? address : { port: 0 };
  return `http://${host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host}:${port}`;
}

function isAddressInfo(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  await closed;
}
