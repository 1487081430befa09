import { type RequestOptions, request } from 'node:http';
import { type Config, loadConfig } from '../../src/config.ts';
import { adminKey, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { ambientKeyOf, createGateway } from '../../src/server/gateway.ts';
import { type HttpServer, type HttpTimeouts, listen } from '../../src/server/http/http-server.ts';
import { createLog } from '../../src/server/observability/log.ts';
import type { Tracing } from '../../src/server/observability/tracing.ts';
import type { Answer } from '../support/gateway.ts';

export interface Exchange {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Milliseconds from the first byte out to the last byte in. */
  readonly tookMs: number;
}

export interface Edge extends AsyncDisposable {
  readonly url: string;
  readonly adminUrl: string;
  readonly server: HttpServer;
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>;
  /** The lines of the log, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  readonly logText: () => string;
  /** Adds the metrics of the process, as the command does. */
  readonly watchProcess: () => void;
  /** One request over a socket of its own. */
  send(path: string, options?: RequestOptions & { readonly body?: string | Iterable<string> }): Promise<Exchange>;
  /** A GraphQL request with the admin's key, unless the headers say otherwise. */
  ask(
    query: string,
    variables?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Exchange & { readonly answer: Answer<Record<string, unknown>> }>;
}

/** A gateway that listens, in front of a sandbox of its own; `environment` as for a real start. */
export async function startEdge(
  environment: Readonly<Record<string, string>> = {},
  options: SandboxOptions & {
    readonly config?: Partial<Config>;
    readonly page?: boolean;
    readonly spans?: Tracing;
    readonly timeouts?: HttpTimeouts;
  } = {},
): Promise<Edge> {
  const sandbox = await startSandbox(options);
  const lines: string[] = [];
  const config = { ...loadConfig([], environment), ...options.config };
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const gateway = createGateway({
    ...config,
    upstreamOrigin: sandbox.origin,
    ambientKey: ambientKeyOf(config),
    log,
    spans: options.spans ?? null,
  });
  const server = await listen({
    ...config,
    port: 0,
    gateway,
    page: options.page ?? false,
    ...(options.timeouts && { timeouts: options.timeouts }),
  });
  const send: Edge['send'] = (path, sent) => exchange(`${server.url}${path}`, sent);
  return {
    url: server.url,
    adminUrl: server.adminUrl,
    server,
    sandbox,
    send,
    get log() {
      return lines.map((line) => JSON.parse(line));
    },
    logText: () => lines.join(''),
    watchProcess: gateway.watch.metrics.watchProcess,
    async ask(query, variables, headers = {}) {
      const received = await send('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          authorization: `Bearer ${adminKey}`,
          ...headers,
        },
        // Text goes in as it is: JSON.stringify gives up on what is nested deeply.
        body: `{"query":${JSON.stringify(query)},"variables":${typeof variables === 'string' ? variables : (JSON.stringify(variables) ?? 'null')}}`,
      });
      return { ...received, answer: received.text === '' ? {} : JSON.parse(received.text) };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await gateway.close();
      await sandbox.close();
    },
  };
}

/** Milliseconds that refusing a request may take. */
export const refusalMs = 50;

/**
 * Milliseconds that something takes at best, in three runs or, while that is too long for a refusal, in up to ten. By the
 * clock or by the processor, whichever is less: the one runs on while other processes have the machine, the other counts
 * threads that compile.
 */
export async function leastMs(run: (i: number) => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 || (i < 10 && least >= refusalMs); i++) {
    const [startedAt, used] = [performance.now(), process.cpuUsage()];
    await run(i);
    const tookMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(used);
    least = Math.min(least, tookMs, (user + system) / 1000);
  }
  return least;
}

/** One HTTP exchange without a pool, so that every test sees its own connection. A body of parts is sent in chunks. */
export function exchange(
  url: string,
  { body, ...options }: RequestOptions & { readonly body?: string | Iterable<string> } = {},
): Promise<Exchange> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
          tookMs: performance.now() - startedAt,
        }),
      );
    });
    outgoing.on('error', reject);
    if (typeof body === 'string') outgoing.end(body);
    else {
      for (const part of body ?? []) outgoing.write(part);
      outgoing.end();
    }
  });
}
