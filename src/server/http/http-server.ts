import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Gateway } from '../gateway.ts';
import { answerWatch, isWatchPath } from '../observability/routes.ts';
import { isPageBuilt, servePage } from './graphiql-page.ts';

export interface HttpOptions {
  readonly gateway: Pick<Gateway, 'graphql' | 'watch'>;
  readonly host: string;
  readonly port: number;
  /** Where health and metrics are, if not on `port`. */
  readonly adminPort: number | null;
  /** Whether the GraphiQL page is served. */
  readonly page: boolean;
}

export interface HttpServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Where health and metrics are. */
  readonly adminUrl: string;
  readonly hasPage: boolean;
  /** Stops accepting, lets what runs finish within that time, and ends. False where something had to be cut off. */
  close(withinMs?: number): Promise<boolean>;
}

/** How long a client may take to say what it wants. */
const requestTimeoutMs = 60_000;

/** For all that is no page: nothing to be shown, framed, kept or guessed at. The page has its own. */
const securityHeaders = Object.entries({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

/** Listens for GraphQL and, if wanted and built, serves the page. Rejects where an address can't be listened on. */
export async function listen({ gateway, host, port, adminPort, page }: HttpOptions): Promise<HttpServer> {
  const hasPage = page && isPageBuilt();
  const { graphql, watch } = gateway;
  let isDraining = false;
  const answering = new Set<ServerResponse>();
  const started = async (listener: (...args: Parameters<RequestListener>) => Promise<void>, at: number) => {
    const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
      for (const [name, value] of securityHeaders) response.setHeader(name, value);
      answering.add(response);
      response.once('close', () => answering.delete(response));
      if (isDraining) response.setHeader('connection', 'close');
      listener(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, host, resolve);
    });
    return server;
  };
  const server = await started(async (request, response) => {
    const path = pathOf(request);
    if (!isWatchPath(path)) {
      const ended = watch.metrics.requestStarted();
      response.once('close', ended);
      await route(request, response, graphql, hasPage, path);
    } else if (adminPort === null) await answerWatch(watch, isDraining, request, response, path);
    else notFound(response);
  }, port);
  const admin =
    adminPort === null
      ? null
      : await started(async (request, response) => {
          const path = pathOf(request);
          if (isWatchPath(path)) await answerWatch(watch, isDraining, request, response, path);
          else notFound(response);
        }, adminPort).catch(async (error) => {
          await close(server, 0);
          throw error;
        });
  const url = urlOf(server, host);
  return {
    url,
    adminUrl: admin === null ? url : urlOf(admin, host),
    hasPage,
    async close(withinMs = Number.POSITIVE_INFINITY) {
      isDraining = true;
      // A connection that is kept open would outlive the listening.
      for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close');
      const isComplete = await close(server, withinMs);
      // Last, so that probes are answered to the end.
      if (admin !== null) await close(admin, 0);
      return isComplete;
    },
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  graphql: Gateway['graphql'],
  hasPage: boolean,
  path: string,
): Promise<void> {
  if (hasPage) {
    // A browser that comes without a query wants the page; a link with one wants its answer.
    const isVisit = request.method === 'GET' && Boolean(request.headers.accept?.includes('text/html'));
    if (path === '/' || (request.url === '/graphql' && isVisit)) {
      response.writeHead(302, { location: '/graphiql' }).end();
      return;
    }
    if (await servePage(request, response, path)) return;
  }
  await graphql(request, response);
}

function pathOf({ url }: IncomingMessage): string {
  return url?.split('?')[0] ?? '/';
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end();
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const { port } = isAddressInfo(address) ? address : { port: 0 };
  return `http://${host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host}:${port}`;
}

function isAddressInfo(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function close(server: Server, withinMs: number): Promise<boolean> {
  const closed = new Promise<true>((resolve) => {
    server.close(() => resolve(true));
  });
  server.closeIdleConnections();
  if (!Number.isFinite(withinMs)) return closed;
  const patience = new AbortController();
  const isOver = delay(withinMs, false as const, { signal: patience.signal });
  const isComplete = await Promise.race([closed, isOver]);
  patience.abort();
  await isOver.catch(() => undefined);
  if (!isComplete) server.closeAllConnections();
  return isComplete;
}
