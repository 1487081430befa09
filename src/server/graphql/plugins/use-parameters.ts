import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../../../config.ts';
import { eventLoop } from '../../../event-loop.ts';
import { toGraphQLError } from '../../../schema/errors.ts';
import { refusal } from '../../limits/refusal.ts';
import type { ServerContext } from '../context.ts';
import { cancelled } from '../operation/deadline.ts';
import { parametersOfJson, parametersOfUrl } from './parameters.ts';

/** The part of Yoga's context that a request over a socket has. */
export interface NodeContext {
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
}

/**
 * Reads the parameters of an operation: from the URL of a GET, or from the JSON body of a POST. A body is read from the socket
 * itself, and only as far as it may go: the rest is dropped as it comes, and the answer does not wait for it.
 */
export function useParameters({ MAX_BODY_BYTES }: Limits): Plugin<ServerContext, NodeContext> {
  const tooLarge = () => refusal('MAX_BODY_BYTES', `The body has more than ${MAX_BODY_BYTES} bytes`, { status: 413 });
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method === 'GET') setRequestParser(() => parametersOfUrl(request.url));
      if (request.method !== 'POST') return;
      if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) {
        serverContext.req?.resume();
        throw tooLarge();
      }
      setRequestParser(async () => {
        const body =
          serverContext.req === undefined
            ? new Uint8Array(await request.arrayBuffer())
            : await readBytes(serverContext.req, MAX_BODY_BYTES, tooLarge);
        eventLoop.noteWork();
        return parametersOfJson(body);
      });
    },
  };
}

function readBytes(incoming: IncomingMessage, most: number, tooLarge: () => Error): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    // The caller left before the end of its request: there is nobody to answer.
    const onGone = () => reject(toGraphQLError(cancelled(), () => undefined));
    if (incoming.destroyed) onGone();
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= most) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      reject(tooLarge());
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    // The server says so where the body is not valid HTTP or arrives too slowly; Node's own errors mean that the client left.
    incoming.on('error', (error) => (error instanceof GraphQLError ? reject(error) : onGone()));
    incoming.once('close', () => {
      if (!incoming.readableEnded) onGone();
    });
  });
}
