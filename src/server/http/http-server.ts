import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventLoop } from '../../event-loop.ts';
import { internalMessage } from '../../schema/errors.ts';
import type { Gateway } from '../gateway.ts';
import { largeAnswer } from '../graphql/plugins/use-large-answers.ts';
import { answerWatch, isWatchPath } from '../observability/routes.ts';
import { codingFor, compressedFrom, sendCompressed, sendPieces } from './compression.ts';
import { isPageBuilt, servePage } from './graphiql-page.ts';
import { endOf, type Rejection, sendRejection } from './rejection.ts';
import { newRequestId } from './request-id.ts';
import { readTarget } from './request-target.ts';
import { answerUnreadable } from './unreadable-requests.ts';

type Listener = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

type AnsweringGateway = Pick<Gateway, 'graphql' | 'watch' | 'requestEnded' | 'faulted'>;

export interface HttpOptions {
  readonly gateway: AnsweringGateway & Pick<Gateway, 'drain'>;
  readonly host: string;
  readonly port: number;
  /** The port of health and metrics, if not `port`. */
  readonly adminPort: number | null;
  /** Whether the GraphiQL page is served. */
  readonly page: boolean;
  readonly timeouts?: HttpTimeouts;
}

/** Milliseconds that a client may take; longer ones are cut off. */
export interface HttpTimeouts {
  /** To send the headers of a request, from its first byte or from connecting. */
  readonly headers: number;
  /** To send a whole request. */
  readonly request: number;
  /** Between an answer and the next request on the same connection. */
  readonly keepAlive: number;
  /** Between two looks at who takes too long. */
  readonly check: number;
}

/** Load balancers keep connections for up to 60 seconds: ours must not close one at the moment in which they use it again. */
const defaultTimeouts: HttpTimeouts = { headers: 20_000, request: 60_000, keepAlive: 65_000, check: 5_000 };

export interface HttpServer {
  /** The URL it listens at, without a slash at the end. */
  readonly url: string;
  /** The URL of health and metrics. */
  readonly adminUrl: string;
  readonly hasPage: boolean;
  /** Stops accepting, lets what runs finish within that time, and ends. False where something had to be cut off. */
  close(withinMs?: number): Promise<boolean>;
}

/** For all that is no page: nothing to be shown, framed, kept or guessed at. The page has its own. */
export const securityHeaders: readonly (readonly [name: string, value: string])[] = Object.entries({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

/** Listens for GraphQL and, if wanted and built, serves the page. Rejects where an address can't be listened on. */
export async function listen(options: HttpOptions): Promise<HttpServer> {
  const { gateway, host, port, adminPort, page, timeouts = defaultTimeouts } = options;
  const hasPage = page && isPageBuilt();
  const { watch } = gateway;
  const serve = routed(gateway, hasPage);
  let isDraining = false;
  const answering = new Set<ServerResponse>();
  const started = async (listener: Listener, at: number) => {
    const server = createServer(
      {
        headersTimeout: timeouts.headers,
        requestTimeout: timeouts.request,
        keepAliveTimeout: timeouts.keepAlive,
        connectionsCheckingInterval: timeouts.check,
        // Checked in readTarget, whose rejections are logged.
        requireHostHeader: false,
      },
      (request, response) => receive(request, response),
    );
    const receive = (request: IncomingMessage, response: ServerResponse, expectation?: Rejection) => {
      answering.add(response);
      response.once('close', () => answering.delete(response));
      if (isDraining) response.setHeader('connection', 'close');
      answer(gateway, listener, request, response, expectation);
    };
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
      receive(request, response, { status: 417, message: 'This gateway supports only "Expect: 100-continue".' }),
    );
    answerUnreadable(
      server,
      (socket) => [...answering].filter(({ req }) => req.socket === socket),
      gateway.requestEnded,
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, host, resolve);
    });
    return server;
  };
  const server = await started(async (request, response, path) => {
    if (!isWatchPath(path)) await serve(request, response, path);
    else if (adminPort === null) await answerWatch(watch, isDraining, request, response, path);
    else notFound(response);
  }, port);
  const admin =
    adminPort === null
      ? null
      : await started(async (request, response, path) => {
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
      gateway.drain();
      const isComplete = await close(server, withinMs);
      // Last, so that probes are answered to the end.
      if (admin !== null) await close(admin, 0);
      return isComplete;
    },
  };
}

/** A listener for a server that is not ours: answers GraphQL and, if wanted and built, the page. All other paths get 404. */
export function createNodeHandler(
  gateway: AnsweringGateway,
  page: boolean,
): (request: IncomingMessage, response: ServerResponse) => void {
  const serve = routed(gateway, page && isPageBuilt());
  return (request, response) => answer(gateway, serve, request, response);
}

/** Rejects a request whose target can't be read, and gives all others to the listener. */
function answer(
  gateway: AnsweringGateway,
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
  expectation?: Rejection,
): void {
  for (const [name, value] of securityHeaders) response.setHeader(name, value);
  const reject = (rejection: Rejection) => {
    const requestId = newRequestId(request.headersDistinct['x-request-id']?.[0]);
    sendRejection(response, rejection, requestId);
    gateway.requestEnded(endOf(rejection, requestId));
  };
  const target = readTarget(request);
  if (target.kind === 'rejected') reject(target.rejection);
  else if (expectation !== undefined) reject(expectation);
  else if (target.kind === 'options') response.writeHead(204, { allow: 'GET, POST, OPTIONS' }).end();
  else {
    request.url = `${target.path}${target.search}`;
    if (target.host !== null) request.headers.host = target.host;
    listener(request, response, target.path).catch((error) => {
      gateway.faulted(error);
      if (response.headersSent) response.destroy();
      else reject({ status: 500, message: internalMessage });
    });
  }
}

/** Counts a request as one in flight until its answer is out. */
function routed({ graphql, watch }: AnsweringGateway, hasPage: boolean): Listener {
  return async (request, response, path) => {
    const ended = watch.metrics.requestStarted();
    response.once('close', ended);
    // Hundreds of requests can come in one iteration.
    if (eventLoop.isHeld) await eventLoop.yield();
    await route(request, response, graphql, hasPage, path);
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
  // Not as a request listener: Yoga's answers what it did not catch with the stack.
  const answer = await graphql.handleNodeRequestAndResponse(request, response, { req: request, res: response });
  const headers = Object.fromEntries(answer.headers);
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') && answer.body !== null) {
    // When it is over, the gateway may be about to shut down.
    response.writeHead(answer.status, { ...headers, connection: 'close' });
    await sendAsItComes(answer.body, response);
    return;
  }
  // A large one comes as a stream (use-large-answers), and is never in memory as a whole.
  const large = Number(headers['content-length']) >= largeAnswer ? answer.body : null;
  const text = large === null ? await answer.text() : '';
  if (large !== null || text.length >= compressedFrom) {
    headers['vary'] = [headers['vary'], 'Accept-Encoding'].filter(Boolean).join(', ');
    const coding = codingFor(request.headers['accept-encoding']);
    if (coding !== null) {
      const { 'content-length': _uncompressed, ...rest } = headers;
      response.writeHead(answer.status, { ...rest, 'content-encoding': coding });
      await sendCompressed(large ?? [Buffer.from(text)], coding, response);
      if (!request.socket.destroyed) response.end();
      return;
    }
  }
  response.writeHead(answer.status, headers);
  if (large !== null) {
    await sendPieces(large, response);
    if (!request.socket.destroyed) response.end();
    return;
  }
  // Ended once all of it is out: a caller who leaves before that has not got the answer (use-request-end). Node gives no error then.
  response.write(text, () => {
    if (!request.socket.destroyed) response.end();
  });
}

/** Reads no further than the client does, and ends the stream when it has gone, even while nothing comes. */
async function sendAsItComes(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  let onDrain = () => undefined;
  response.on('drain', () => onDrain());
  response.once('close', () => {
    onDrain();
    void reader.cancel().catch(() => undefined);
  });
  response.flushHeaders();
  while (!response.destroyed) {
    const { done, value } = await reader.read();
    if (done) break;
    if (response.write(value) || response.destroyed) continue;
    await new Promise<void>((resolve) => {
      onDrain = () => void resolve();
    });
  }
  response.end();
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
