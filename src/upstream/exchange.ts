import { Pool } from 'undici';
import { eventLoop } from '../event-loop.ts';
import { codeOf, failureOfReply, failureOfTransport, invalidReply, tooLateToBegin } from './failure.ts';
import { bodyLimit, isSuccess, Receiver, type Reply } from './receiver.ts';
import { BodyBuffer, BodyError, decodeBody, textOf } from './reply-body.ts';
import type { PreparedRequest } from './request.ts';

export interface ExchangeOptions {
  readonly origin: string;
  readonly timeoutMs: number;
  readonly connections: number;
}

export interface SendOptions<Result> {
  /** Ends the call; its reason is what the call rejects with. */
  readonly signal: AbortSignal | undefined;
  /** The time (`performance.now()`) after which the request must not be begun any more; absent: none. */
  readonly startBy?: number | undefined;
  readonly onStatus: (status: number) => void;
  /** Bytes of the body, as sent and as decoded. */
  readonly maxBytes: number;
  /** Makes something of the body of a success, at once: its memory is used again afterwards. */
  readonly read: (body: Buffer, status: number) => Result;
}

export interface Exchange {
  /** Sends a request once. Throws UpstreamError where no reply comes, or one that is no success, and what `read` throws. */
  send<Result>(request: PreparedRequest, options: SendOptions<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** HTTP to one origin over a pool of connections. Redirects are not followed. */
export function createExchange({ origin, timeoutMs, connections }: ExchangeOptions): Exchange {
  const pool = new Pool(origin, {
    connections,
    // One clock rules a call (below); undici's own would only count from another moment.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: timeoutMs,
  });
  const bodies = new BodyBuffer();

  async function receive(
    { endpoint, path, body, headers }: PreparedRequest,
    { signal, startBy, onStatus, maxBytes }: Omit<SendOptions<unknown>, 'read'>,
  ): Promise<Reply> {
    const receiver = new Receiver(maxBytes, onStatus, startBy);
    const timer = setTimeout(() => receiver.giveUp('time is over'), timeoutMs);
    const onAbort = () => receiver.giveUp('nobody waits');
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      pool.dispatch({ method: endpoint.method, path, headers, body }, receiver);
      return await receiver.result;
    } catch (error) {
      // The caller gave up and says why. That says nothing about the API.
      if (signal?.aborted) throw signal.reason;
      if (error instanceof BodyError) throw invalidReply(endpoint.attempt, error.message, null, error);
      if (receiver.givenUp === 'too late to begin') throw tooLateToBegin(endpoint.attempt);
      // A fault of the gateway.
      if (codeOf(error) === 'UND_ERR_INVALID_ARG') throw error;
      throw failureOfTransport(endpoint.attempt, {
        origin,
        cause: error,
        wasSent: receiver.wasStarted,
        timedOutAfterMs: receiver.givenUp === 'time is over' ? timeoutMs : null,
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    async send(request, { read, ...options }) {
      if (options.signal?.aborted) throw options.signal.reason;
      const { attempt } = request.endpoint;
      const { status, headers, chunks } = await receive(request, options);
      // Hundreds of replies can come in one iteration.
      if (eventLoop.isHeld) await eventLoop.yield(options.signal);
      const encoding = headers['content-encoding'];
      const use = (body: Buffer) => {
        if (isSuccess(status)) return read(body, status);
        throw failureOfReply(attempt, status, headers, textOf(body));
      };
      // Without a pause between joining and reading: another reply would use the memory.
      if (encoding === undefined) return use(bodies.join(chunks));
      const limit = bodyLimit(status, options.maxBytes);
      const body = await decodeBody(String(encoding), Buffer.concat(chunks), limit).catch((error: unknown) => {
        if (!(error instanceof BodyError)) throw error;
        // The status of an error says enough.
        if (isSuccess(status)) throw invalidReply(attempt, error.message, status, error);
        return Buffer.alloc(0);
      });
      return use(body);
    },
    close: () => pool.close(),
  };
}
