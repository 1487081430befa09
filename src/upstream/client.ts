import { Pool } from 'undici';
import { UpstreamError } from '../errors.ts';
import { DecodeError, type DecodeNotes } from '../wire/decode.ts';
import type { Endpoint } from './endpoints.ts';
import { failureOfReply, failureOfTransport, invalidReply } from './failure.ts';
import { retry } from './retry.ts';
import { wasNotBegun, writeFailure } from './write-outcome.ts';

export interface ClientOptions {
  /** Scheme, host and port of the API; every call goes there and redirects are not followed. */
  readonly origin: string;
  /** Milliseconds for one call, from its first byte out to its last byte in. */
  readonly timeoutMs: number;
  /** Calls under way at once; more wait for a free connection. */
  readonly connections?: number;
  /** Bytes of one reply. */
  readonly maxReplyBytes?: number;
  readonly notes: DecodeNotes;
}

/** On whose behalf a call is made. */
export interface Caller {
  /** The value of the Authorization header. */
  readonly authorization: string;
  /** Ends the calls when the caller has gone. */
  readonly signal?: AbortSignal;
  /** Hears of each call once it has ended, for logs and counts. */
  readonly onCall?: (call: { endpoint: string; status: number | null; durationMs: number }) => void;
}

export interface UpstreamClient {
  /** Makes one call. Throws UpstreamError, whatever goes wrong. */
  call<Params, Result>(endpoint: Endpoint<Params, Result>, params: Params, caller: Caller): Promise<Result>;
  /** Lets calls under way finish, then closes the connections. */
  close(): Promise<void>;
}

/** A write is tried again only where it has certainly not begun. */
const writeRetries = { attempts: 3, baseDelayMs: 200, maxDelayMs: 5000 };

const defaults = { connections: 128, maxReplyBytes: 64 * 1024 * 1024 };

export function createClient(options: ClientOptions): UpstreamClient {
  const pool = new Pool(options.origin, {
    connections: options.connections ?? defaults.connections,
    maxResponseSize: options.maxReplyBytes ?? defaults.maxReplyBytes,
    // One clock rules a call (below); undici's own would only count from another moment.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: options.timeoutMs,
  });

  async function exchange<Params, Result>(
    endpoint: Endpoint<Params, Result>,
    params: Params,
    caller: Caller,
    onStatus: (status: number) => void,
  ): Promise<Result> {
    const body = endpoint.body?.(params);
    const path = pathOf(endpoint, params);
    // A write that is under way is not given up because nobody listens any more: it may be half done.
    const deadline = startDeadline(options.timeoutMs, endpoint.method === 'GET' ? caller.signal : undefined);
    let reply: { status: number; headers: Record<string, string | string[] | undefined>; text: string };
    try {
      const response = await pool.request({
        method: endpoint.method,
        path,
        headers: {
          accept: 'application/json',
          authorization: caller.authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: deadline.signal,
      });
      onStatus(response.statusCode);
      reply = { status: response.statusCode, headers: response.headers, text: await response.body.text() };
    } catch (error) {
      throw failureOfTransport(endpoint.attempt, error, deadline.passed() ? options.timeoutMs : null);
    } finally {
      deadline.clear();
    }
    if (reply.status < 200 || reply.status > 299) {
      throw failureOfReply(endpoint.attempt, reply.status, reply.headers, reply.text);
    }
    return decodeReply(endpoint, reply.status, reply.text);
  }

  function decodeReply<Params, Result>(endpoint: Endpoint<Params, Result>, status: number, text: string): Result {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      throw invalidReply(endpoint.attempt, text === '' ? 'it is empty' : 'it is not JSON', status, error);
    }
    try {
      return endpoint.decode(json, options.notes);
    } catch (error) {
      if (error instanceof DecodeError) throw invalidReply(endpoint.attempt, error.message, status, error);
      throw error;
    }
  }

  async function observedExchange<Params, Result>(
    endpoint: Endpoint<Params, Result>,
    params: Params,
    caller: Caller,
  ): Promise<Result> {
    const startedAt = performance.now();
    let status: number | null = null;
    try {
      return await exchange(endpoint, params, caller, (received) => {
        status = received;
      });
    } finally {
      caller.onCall?.({ endpoint: endpoint.name, status, durationMs: performance.now() - startedAt });
    }
  }

  return {
    async call(endpoint, params, caller) {
      const exchangeOnce = () => observedExchange(endpoint, params, caller);
      if (endpoint.method === 'GET') return exchangeOnce();
      try {
        return await retry(exchangeOnce, wasNotBegun, { ...writeRetries, signal: caller.signal });
      } catch (error) {
        throw error instanceof UpstreamError ? writeFailure(endpoint.attempt, error) : error;
      }
    },
    close: () => pool.close(),
  };
}

/** Path and query; URLSearchParams writes a space as `+`, which is what the API asks for (API notes §3.3). */
function pathOf<Params>(endpoint: Endpoint<Params, unknown>, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(endpoint.query?.(params) ?? {})) {
    if (value !== null && value !== undefined) query.append(name, String(value));
  }
  const path = endpoint.path(params);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** One timer for a whole call, joined with the caller's own signal, and cleared with it so that nothing piles up. */
function startDeadline(milliseconds: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    controller.abort();
  }, milliseconds);
  const onOuterAbort = () => controller.abort(outer?.reason);
  if (outer?.aborted) onOuterAbort();
  outer?.addEventListener('abort', onOuterAbort, { once: true });
  return {
    signal: controller.signal,
    passed: () => passed,
    clear() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onOuterAbort);
    },
  };
}
