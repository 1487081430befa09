import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SandboxOptions, startSandbox, type World } from '../../src/sandbox/server.ts';
import { type Facts, factsOf } from './facts.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface ApiRequest {
  readonly method: string;
  /** As it was sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly authorization: string;
}

/** Either JSON or some text. */
export interface ApiReply {
  readonly status: number;
  readonly json?: Json;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Api = (request: ApiRequest) => Promise<ApiReply>;

/** An Access Profile API that differs from the sandbox in one way, as the documents allow it or the real one may. */
export interface Deviant {
  readonly name: string;
  /** Switches of the sandbox behind it. */
  readonly sandbox?: Omit<SandboxOptions, 'world'>;
  /** How long it takes to answer. */
  readonly delayMs?: number;
  /** The same question may get another answer the next time. */
  readonly changes?: true;
  /** What it makes of a request and its reply; `next` is the sandbox. */
  readonly answer?: (request: ApiRequest, next: Api, facts: Facts) => Promise<ApiReply>;
  /** It has its own way with filters: it is asked all of them, and one of each kind by gateways that know nothing of it yet. */
  readonly readsFilters?: true;
  /** It sends, or leaves out, zero values; answers are compared without them. */
  readonly losesZeroValues?: true;
  /** It names enums by number, also those whose numbers nobody knows. */
  readonly numbersEnums?: true;
  /** How many calls the list with its parents may take where pages are too small for the usual four. */
  readonly callBudget?: { readonly list: number; readonly rounds: number; readonly byId: number };
}

export interface Call extends ApiRequest {
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface Upstream extends AsyncDisposable {
  readonly origin: string;
  readonly facts: Facts;
  readonly calls: Call[];
  close(): Promise<void>;
}

/** Starts a deviant on a port of its own, in front of a sandbox of its own. */
export async function startUpstream(world: World, deviant: Deviant): Promise<Upstream> {
  const sandbox = await startSandbox({ recordCalls: 0, ...deviant.sandbox, world });
  const facts = factsOf(world);
  const calls: Call[] = [];
  const next = sandboxApi(sandbox.origin);
  const { answer = (request: ApiRequest) => next(request) } = deviant;
  const server = createServer((incoming, outgoing) => {
    const startedAt = performance.now();
    const request = requestOf(incoming);
    reply(request).then(
      ({ status, headers, body }) => {
        calls.push({ ...request, startedAt, endedAt: performance.now() });
        outgoing.writeHead(status, headers);
        outgoing.end(body);
      },
      () => outgoing.destroy(),
    );
  });
  // The world stands still, so that the same question has the same answer: asking the sandbox once saves most of the time.
  const replies = new Map<string, Promise<PrintedReply>>();
  const reply = async (request: ApiRequest): Promise<PrintedReply> => {
    if (deviant.delayMs !== undefined) await sleep(deviant.delayMs);
    const key = `${request.method} ${request.target}`;
    const reply = replies.get(key) ?? answer(request, next, facts).then(print);
    if (!deviant.changes) replies.set(key, reply);
    return reply;
  };
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    await sandbox.close();
  };
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    facts,
    calls,
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface PrintedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A reply that is given again is not printed again. */
const printed = new WeakMap<ApiReply, PrintedReply>();

function print(reply: ApiReply): PrintedReply {
  const known = printed.get(reply) ?? printAnew(reply);
  printed.set(reply, known);
  return known;
}

function printAnew({ status, json, text = '', headers }: ApiReply): PrintedReply {
  const type = json === undefined ? 'text/html' : 'application/json';
  return {
    status,
    headers: { 'content-type': type, ...headers },
    body: json === undefined ? text : JSON.stringify(json),
  };
}

/** A request to the same API with other parameters; null takes one out. */
export function withQuery(request: ApiRequest, changes: Readonly<Record<string, string | null>>): ApiRequest {
  const query = new URLSearchParams(request.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return { ...request, query };
}

function sandboxApi(origin: string): Api {
  return async ({ method, path, query, authorization }) => {
    const suffix = query.size === 0 ? '' : `?${query}`;
    const response = await fetch(`${origin}${path}${suffix}`, { method, headers: { authorization } });
    const json: Json = await response.json();
    return { status: response.status, json };
  };
}

function requestOf({ method = 'GET', url: target = '/', headers }: IncomingMessage): ApiRequest {
  const [path = '/', ...rest] = target.split('?');
  return {
    method,
    path,
    query: new URLSearchParams(rest.join('?')),
    target,
    authorization: headers.authorization ?? '',
  };
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
