import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestEnd } from '../graphql/plugins/use-request-end.ts';
import { newRequestId } from './request-id.ts';

/** An answer to a request that never reaches GraphQL, because HTTP itself is used wrongly or the gateway failed. */
export interface Rejection {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client that keeps sending would otherwise reset the connection before it has read the answer. */
const lingerMs = 1_000;

/** Why Node could not read a request; its own messages are about its parser. */
export function rejectionOfParser(code: string | undefined): Rejection {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, message: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, message: 'The URL and the headers are too long; send the query as the body of a POST.' };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, message: 'The chunk extensions of the body are too long.' };
    default:
      return { status: 400, message: 'The request is not valid HTTP/1.1.' };
  }
}

/** The facts about a rejected request for the log and the metrics. */
export function endOf({ status }: Rejection, requestId: string, problem?: string): RequestEnd {
  return {
    requestId,
    operation: null,
    kind: null,
    status,
    codes: [codeOf(status)],
    durationMs: 0,
    upstreamCalls: 0,
    ...(problem !== undefined && { problem }),
  };
}

/** Answers by a response, whose connection is closed afterwards: what follows on it may belong to the same request. */
export function sendRejection(response: ServerResponse, rejection: Rejection, requestId: string): void {
  response.writeHead(rejection.status, { ...headersOf(rejection, requestId), connection: 'close' });
  response.end(bodyOf(rejection));
}

/** Answers on the socket itself, where Node made no response, and closes it. Returns the id that the caller was told. */
export function writeRejection(socket: Duplex, rejection: Rejection): string {
  const requestId = newRequestId();
  const body = bodyOf(rejection);
  const headers = {
    ...headersOf(rejection, requestId),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.end(`HTTP/1.1 ${rejection.status} Rejected\r\n${lines.join('')}\r\n${body}`);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  return requestId;
}

function headersOf({ headers }: Rejection, requestId: string): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId, ...headers };
}

function bodyOf({ status, message }: Rejection): string {
  return JSON.stringify({ errors: [{ message, extensions: { code: codeOf(status) } }] });
}

function codeOf(status: number): 'INTERNAL' | 'BAD_USER_INPUT' {
  return status >= 500 ? 'INTERNAL' : 'BAD_USER_INPUT';
}
