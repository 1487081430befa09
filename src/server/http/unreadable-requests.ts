import type { Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import type { RequestEnd } from '../graphql/plugins/use-request-end.ts';
import { endOf, type Rejection, rejectionOfParser, writeRejection } from './rejection.ts';

/**
 * Answers, on a server, what Node makes no request of: bytes that are no HTTP, requests that arrive too slowly, CONNECT. Node's
 * own answers are neither logged nor counted. `openOn` gives the responses of a connection that are not finished, oldest first.
 */
export function answerUnreadable(
  server: Server,
  openOn: (socket: Duplex) => readonly ServerResponse[],
  onEnd: (end: RequestEnd) => void,
): void {
  /** A broken connection is reported again with each chunk that still arrives. */
  const broken = new WeakSet<Duplex>();
  const reject = (socket: Duplex, rejection: Rejection, problem: string) => {
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    onEnd(endOf(rejection, writeRejection(socket, rejection), problem));
  };

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (broken.has(socket)) return;
    broken.add(socket);
    const { code } = error;
    // Nobody is there any more, or never said a word: browsers open connections in advance.
    const isSilent = socket instanceof Socket && socket.bytesRead === 0;
    if (!socket.writable || code === 'ECONNRESET' || code === 'EPIPE' || isSilent) {
      socket.destroy();
      return;
    }
    const rejection = rejectionOfParser(code);
    const open = openOn(socket);
    const last = open.at(-1);
    if (last === undefined) reject(socket, rejection, code ?? error.name);
    else if (last.req.complete) last.once('close', () => reject(socket, rejection, code ?? error.name));
    else {
      // The body of a request is at fault. Whoever reads it gets the error and answers; if nobody does, an answer is on its way.
      if (!last.headersSent) last.setHeader('connection', 'close');
      last.once('close', () => socket.destroy());
      const hasLeft = code === 'HPE_INVALID_EOF_STATE';
      if (last.req.listenerCount('error') > 0) last.req.emit('error', hasLeft ? error : asGraphQLError(rejection));
      else if (last.writableFinished) socket.destroy();
    }
  });

  server.on('connect', (_request, socket: Duplex) => {
    reject(socket, { status: 405, message: 'This is no proxy.', headers: { allow: 'GET, POST' } }, 'CONNECT');
  });
}

function asGraphQLError({ status, message }: Rejection): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status } } });
}
