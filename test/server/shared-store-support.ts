import { vi } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { adminKey, type Sandbox } from '../../src/sandbox/server.ts';
import { ambientKeyOf, createGateway } from '../../src/server/gateway.ts';
import { createLog } from '../../src/server/observability/log.ts';
import type { Answer } from '../support/gateway.ts';

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Waits for something to become true. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await isTrue())) throw new Error(`Not yet: ${isTrue}`);
    },
    { timeout: 60_000, interval: 20 },
  );
}

/** One of several gateways to one API. */
export async function startPeer(sandbox: Sandbox, environment: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  // Redis answers late where the processors are busy, which must not look like a Redis that is away.
  const config = loadConfig([], { REDIS_TIMEOUT_MS: '5000', ...environment });
  const gateway = createGateway({
    ...config,
    upstreamOrigin: sandbox.origin,
    ambientKey: ambientKeyOf(config),
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
  });
  const post = async (body: object, headers: Readonly<Record<string, string>> = bearer(adminKey)) => {
    const response = await gateway.graphql.fetch(
      new Request('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
    const answer: Answer<Record<string, unknown>> = await response.json();
    return { status: response.status, headers: response.headers, answer };
  };
  const isUp = async () => /redis_up (\d)/.exec((await gateway.watch.metrics.print()).text)?.[1] === '1';
  return {
    post,
    fetch: async (request: Request): Promise<Response> => gateway.graphql.fetch(request),
    ask: (query: string, headers?: Readonly<Record<string, string>>) => post({ query }, headers),
    /** Units that the caller has left, after an operation that costs one. */
    async remaining(headers?: Readonly<Record<string, string>>): Promise<number> {
      const response = await post({ query: '{ integrations }' }, headers);
      return Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    },
    isUp,
    untilUp: () => until(isUp),
    untilAway: () => until(async () => !(await isUp())),
    /** What the log says besides its lines for requests. */
    get notes(): readonly string[] {
      return lines.map((line) => JSON.parse(line)).flatMap(({ msg }) => (msg === 'request' ? [] : [String(msg)]));
    },
    logText: () => lines.join(''),
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}
