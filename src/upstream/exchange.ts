import { Pool } from 'undici';
import { UpstreamError } from '../errors.ts';
import type { Endpoint } from './endpoints.ts';
import { failureOfReply, failureOfTransport } from './failure.ts';

export interface ExchangeOptions {
  readonly origin: string;
  readonly timeoutMs: number;
  readonly connections: number;
  readonly maxReplyBytes: number;
}

/** One request, ready to be sent. */
export interface PreparedRequest {
  readonly endpoint: Pick<Endpoint<never, unknown>, 'name' | 'attempt' | 'method'>;
  /** Path and query. */
  readonly path: string;
  /** JSON text, or null where there is no body. */
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** A success, not looked into yet. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Exchange {
  /** Sends a request once. Throws UpstreamError where no reply comes, or one that is no success. */
  send(request: PreparedRequest, signal: AbortSignal | undefined, onStatus: (status: number) => void): Promise<Reply>;
  close(): Promise<void>;
}

/** HTTP to one origin over a pool of connections. Redirects are not followed. */
export function createExchange(options: ExchangeOptions): Exchange {
  const pool = new Pool(options.origin, {
    connections: options.connections,
    maxResponseSize: options.maxReplyBytes,
    // One clock rules a call (below); undici's own would only count from another moment.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: options.timeoutMs,
  });
  return {
    async send({ endpoint, path, body, headers }, signal, onStatus) {
      const deadline = startDeadline(options.timeoutMs, signal);
      try {
        const response = await pool.request({ method: endpoint.method, path, headers, body, signal: deadline.signal });
        onStatus(response.statusCode);
        const text = await response.body.text();
        if (response.statusCode >= 200 && response.statusCode <= 299) return { status: response.statusCode, text };
        throw failureOfReply(endpoint.attempt, response.statusCode, response.headers, text);
      } catch (error) {
        if (error instanceof UpstreamError) throw error;
        // Given up by whoever asked, who says why; that tells nothing of the API.
        if (signal?.aborted) throw signal.reason;
        throw failureOfTransport(endpoint.attempt, error, deadline.passed() ? options.timeoutMs : null);
      } finally {
        deadline.clear();
      }
    },
    close: () => pool.close(),
  };
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
