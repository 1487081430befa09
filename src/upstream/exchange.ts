import { Pool } from 'undici';
import { UpstreamError } from '../errors.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Endpoint } from './endpoint.ts';
import { failureOfReply, failureOfTransport, tooLateToBegin } from './failure.ts';
import { Receiver, type ReplyHeaders } from './receiver.ts';
import { textOf } from './reply-text.ts';

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

export interface SendOptions<Result> {
  /** Ends the call; its reason is what the call rejects with. */
  readonly signal: AbortSignal | undefined;
  /** The time (`performance.now()`) after which the request must not be begun any more; absent: none. */
  readonly startBy?: number | undefined;
  readonly onStatus: (status: number) => void;
  /** Makes something of the body of a success, at once: its memory is used again afterwards. */
  readonly read: (body: Buffer, status: number) => Result;
}

export interface Exchange {
  /** Sends a request once. Throws UpstreamError where no reply comes, or one that is no success, and what `read` throws. */
  send<Result>(request: PreparedRequest, options: SendOptions<Result>): Promise<Result>;
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
  const bodies = new BodyBuffer();
  return {
    async send<Result>(
      { endpoint, path, body, headers }: PreparedRequest,
      { signal, startBy, onStatus, read }: SendOptions<Result>,
    ) {
      if (signal?.aborted) throw signal.reason;
      const finish = (status: number, received: ReplyHeaders, chunks: readonly Buffer[]): Result => {
        const whole = bodies.join(chunks);
        if (status >= 200 && status <= 299) return readOrFault(() => read(whole, status));
        throw failureOfReply(endpoint.attempt, status, received, textOf(whole));
      };
      const receiver = new Receiver(onStatus, finish, startBy);
      const timer = setTimeout(() => receiver.giveUp('time is over'), options.timeoutMs);
      const onAbort = () => receiver.giveUp('nobody waits');
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        pool.dispatch({ method: endpoint.method, path, headers, body }, receiver);
        return await receiver.result;
      } catch (error) {
        if (error instanceof UpstreamError) throw error;
        // A fault of ours, which says nothing of the API.
        if (error instanceof ReadFault) throw error.cause;
        // Given up by whoever asked, who says why; that tells nothing of the API.
        if (signal?.aborted) throw signal.reason;
        if (receiver.givenUp === 'too late to begin') throw tooLateToBegin(endpoint.attempt);
        throw failureOfTransport(endpoint.attempt, error, {
          timedOutAfterMs: receiver.givenUp === 'time is over' ? options.timeoutMs : null,
          wasSent: receiver.wasStarted,
        });
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      }
    },
    close: () => pool.close(),
  };
}

/** What reading a reply threw, though it is no failure of the API. */
class ReadFault extends Error {
  override readonly name = 'ReadFault';
}

function readOrFault<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof UpstreamError ? error : new ReadFault('fault', { cause: error });
  }
}
