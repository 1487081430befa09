import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../../../config.ts';
import { refusal } from '../../limits/refusal.ts';
import type { ServerContext } from '../context.ts';

/** What Yoga hands on of a request that came over a socket. */
export interface NodeContext {
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
}

/**
 * Reads JSON bodies, from the socket itself, and only as far as they may go: what is too much is dropped as it comes. The
 * answer does not wait for the rest.
 */
export function useBodyLimit({ MAX_BODY_BYTES }: Limits): Plugin<ServerContext, NodeContext> {
  const tooLarge = () => refusal('MAX_BODY_BYTES', `The body has more than ${MAX_BODY_BYTES} bytes`, { status: 413 });
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method !== 'POST') return;
      if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) {
        serverContext.req?.resume();
        throw tooLarge();
      }
      setRequestParser(async () => {
        const text =
          serverContext.req === undefined
            ? await request.text()
            : await readText(serverContext.req, MAX_BODY_BYTES, tooLarge);
        return paramsOf(text);
      });
    },
  };
}

function readText(incoming: IncomingMessage, most: number, tooLarge: () => Error): Promise<string> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= most) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      reject(tooLarge());
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.once('error', reject);
    // Gone before it has said what it wants: there is nobody to answer.
    incoming.once('close', () => {
      if (!incoming.readableEnded) reject(new DOMException('The client has gone.', 'AbortError'));
    });
  });
}

function paramsOf(text: string): object {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unusable('The body is not JSON');
  }
  if (typeof json === 'object' && json !== null) return json;
  throw unusable('The body is no JSON object');
}

function unusable(problem: string): GraphQLError {
  return new GraphQLError(`${problem}.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}
