import type { ServerResponse } from 'node:http';
import { ApiError, codeOfStatus } from './errors.ts';
import type { Fault } from './faults.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function send(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

/** The two sources of a reply: `operate` carries the request out, `refuse` fails it. */
export interface Answers {
  operate(): Reply;
  refuse(error: ApiError): Reply;
}

/** Answers, or fails to in the way that the fault says. */
export function conclude(outgoing: ServerResponse, fault: Fault | undefined, answers: Answers): void {
  switch (fault?.kind) {
    case 'status':
      send(outgoing, errorReply(fault, answers));
      break;
    case 'status-after':
      answers.operate();
      send(outgoing, errorReply(fault, answers));
      break;
    case 'reset-before':
      cut(outgoing);
      break;
    case 'reset-after':
      answers.operate();
      cut(outgoing);
      break;
    case 'hang':
      break;
    case 'html':
      send(outgoing, { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: proxyPage });
      break;
    case 'truncate': {
      const { status, headers, body } = answers.operate();
      outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      outgoing.write(body.slice(0, Math.floor(body.length / 2)), () => cut(outgoing));
      break;
    }
    case 'answer':
      send(outgoing, json(fault.status ?? 200, fault.body));
      break;
    default:
      send(outgoing, answers.operate());
  }
}

const proxyPage = '<!DOCTYPE html><title>Bad Gateway</title><h1>Bad Gateway</h1>';

function errorReply(fault: { status: number; retryAfter?: number | string }, answers: Answers): Reply {
  const reply = answers.refuse(new ApiError(codeOfStatus(fault.status), { status: fault.status }));
  if (fault.retryAfter === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(fault.retryAfter) } };
}

function cut(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}
