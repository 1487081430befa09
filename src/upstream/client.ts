import { UpstreamError } from '../errors.ts';
import { Place, type Reply, type ReplyStyle } from '../wire/decode.ts';
import { ProfileRows } from '../wire/profile-rows.ts';
import { callerKey, RefusedKeys } from './caller-key.ts';
import type { CircuitState } from './circuit.ts';
import { Coalescer, sameMomentMs } from './coalesce.ts';
import { decodeText, type Endpoint } from './endpoint.ts';
import { createExchange } from './exchange.ts';
import { connectFailureOf, invalidReply } from './failure.ts';
import { Guard, type GuardedCall, laneName } from './guard.ts';
import { textOf } from './reply-body.ts';
import { type PreparedRequest, prepareRequest } from './request.ts';
import { RetryBudget, type RetryPolicy, readRetries, retry, trialRetries } from './retry.ts';
import { freshMs, writeFailure } from './write-outcome.ts';

export interface ClientOptions {
  /** Scheme, host and port of the API; every call goes there and redirects are not followed. */
  readonly origin: string;
  /** Milliseconds for one call, from its first byte out to its last byte in. */
  readonly timeoutMs: number;
  /** Calls under way at once. */
  readonly connections?: number;
  /** Calls that wait for one of them to end; further ones are refused as OVERLOADED. */
  readonly queue?: number;
  /** Bytes of one reply, for endpoints that do not say otherwise. */
  readonly maxReplyBytes?: number;
  /** Bytes of profiles that are kept so as not to read the same ones again; none without. */
  readonly rowBytes?: number;
  /** Whether failed reads are retried where that may help. */
  readonly retries?: boolean;
  readonly notes: Pick<Reply, 'unrecognized'>;
  readonly observer?: UpstreamObserver;
}

/** Receives the events that metrics count, for all callers. */
export interface UpstreamObserver {
  /** A call has ended; `status` null: without a reply. */
  call?(call: UpstreamCallEnd): void;
  /** A failed call is about to be tried again. */
  retry?(endpoint: string): void;
  /** The circuit breaker of an endpoint has changed; `connection`: the one for connections to the API. */
  breaker?(endpoint: string, state: CircuitState): void;
  /** The API has refused a key with 401 or 403: what was read with it must not be used any more. */
  keyRefused?(authorization: string): void;
}

export interface UpstreamCallEnd {
  readonly endpoint: string;
  readonly status: number | null;
  readonly durationMs: number;
  /** Its caller left or its time was over before its end, so that it says nothing about the API. */
  readonly isAbandoned?: true;
  /** It holds input of its caller, so that an error may be the caller's fault. */
  readonly holdsInput?: true;
  /** Why the gateway could not connect: a code and the host. */
  readonly connectFailure?: string;
}

/** A call in a trace. */
export interface CallSpan {
  /** Sent with the call, so that what the API does stands below it. */
  readonly headers: Readonly<Record<string, string>>;
  end(call: UpstreamCallEnd): void;
}

/** On whose behalf a call is made. */
export interface Caller {
  /** The value of the Authorization header. */
  readonly authorization: string;
  /** Further headers to send, such as a request id; they must not change the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the reads when the caller has gone or its time is over; its reason is what they reject with. */
  readonly signal?: AbortSignal;
  /** Called at the end of each call, for logs and counts. */
  readonly onCall?: (call: UpstreamCallEnd) => void;
  /** Runs right before each attempt to send a write, which is not sent if this rejects. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
  /** Whether a failed call may be made again on the caller's behalf; always where absent. */
  readonly mayRetry?: () => boolean;
  /** Begins a span for each call, those that are tried again included; absent where nothing is traced. */
  readonly startSpan?: ((endpoint: string, method: string) => CallSpan) | undefined;
}

export interface UpstreamClient {
  /** Gets an answer to one question, in one call or a few. Throws UpstreamError, or the reason of the caller's signal. */
  call<Params, Result>(endpoint: Endpoint<Params, Result>, params: Params, caller: Caller): Promise<Result>;
  /** Somebody else has written: what is read from now on does not join reads that are under way. */
  noteWrite(): void;
  /** A number that grows each time the API refuses this key: what was read before must not be shared with what comes after. */
  refusals(authorization: string): number;
  /** Lets calls under way finish, then closes the connections. */
  close(): Promise<void>;
}

/** A page of 100 profiles has some hundred kilobytes; one of 16 MB is read in about 0.2 seconds, in one go. */
const defaults = { connections: 128, queue: 2048, maxReplyBytes: 16 * 1024 * 1024, rowBytes: 0 };

/**
 * The client of one API. A read is shared with identical ones of the same caller, retried after failures that may
 * pass, and all calls go through one guard. A write is sent once at most; the caller of the client decides whether to compute it
 * again.
 */
export function createClient(options: ClientOptions): UpstreamClient {
  const { connections, queue, maxReplyBytes, rowBytes } = { ...defaults, ...options };
  const { observer, notes } = options;
  const exchange = createExchange({ origin: options.origin, timeoutMs: options.timeoutMs, connections });
  const guard = new Guard({
    slots: connections,
    queue,
    onCircuit: (endpoint, state) => observer?.breaker?.(endpoint, state),
  });
  // One for each lane, so that an endpoint or a filter that fails does not use up the retries of others.
  const budgets = new Map<string, RetryBudget>();
  const refused = new RefusedKeys();
  const rows = new ProfileRows(rowBytes);
  const style: ReplyStyle = { leavesOutZeroValues: null, saysHasMore: false, answersArrays: false };
  // A read after a write must not be answered by one that began before it.
  let writes = 0;

  function sendOnce<Result>(sending: Sending<Result>): Promise<Result> {
    const { request, guarded, caller, signal, startBy, read } = sending;
    return guard.run(guarded, caller.signal ?? signal, async () => {
      await caller.beforeSend?.();
      const span = caller.startSpan?.(request.endpoint.name, request.endpoint.method);
      const sent = span === undefined ? request : { ...request, headers: { ...request.headers, ...span.headers } };
      const startedAt = performance.now();
      let status: number | null = null;
      const onStatus = (received: number) => {
        status = received;
        if (received === 401 || (received === 403 && !request.endpoint.isNeighbour)) noteRefusal(caller.authorization);
      };
      let failure: unknown;
      try {
        return await exchange.send(sent, { signal, startBy, onStatus, maxBytes: sending.maxReplyBytes, read });
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        const connectFailure = connectFailureOf(failure);
        const end: UpstreamCallEnd = {
          endpoint: request.endpoint.name,
          status,
          durationMs: performance.now() - startedAt,
          ...(signal?.aborted && { isAbandoned: true }),
          ...(guarded.holdsInput && { holdsInput: true }),
          ...(connectFailure !== null && { connectFailure: connectFailure.message }),
        };
        span?.end(end);
        caller.onCall?.(end);
        observer?.call?.(end);
      }
    });
  }

  function sendRead<Result>(sending: Sending<Result>): Promise<Result> {
    const { endpoint } = sending.request;
    const once = () => sendOnce(sending);
    if (options.retries === false) return once();
    const budget = budgetOf(laneName(sending.guarded));
    budget.earn();
    return retry(once, sending.retries, {
      maySpend: () => sending.caller.mayRetry?.() !== false && budget.spend(),
      signal: sending.signal,
      onRetry: () => observer?.retry?.(endpoint.name),
    });
  }

  function budgetOf(lane: string): RetryBudget {
    const known = budgets.get(lane);
    if (known !== undefined) return known;
    const budget = new RetryBudget();
    budgets.set(lane, budget);
    return budget;
  }

  function noteRefusal(authorization: string): void {
    refused.note(callerKey(authorization));
    observer?.keyRefused?.(authorization);
  }

  const refusals = (authorization: string) => refused.count(callerKey(authorization));

  function read<Result>(endpoint: Endpoint<never, Result>, sending: Omit<Sending<Result>, 'signal'>): Promise<Result> {
    const { request, caller } = sending;
    const reads = endpoint.underWay.get(exchange) ?? new Coalescer<Result>(sameMomentMs);
    endpoint.underWay.set(exchange, reads);
    const key = JSON.stringify([writes, refusals(caller.authorization), caller.authorization, request.path]);
    // A read that others wait for goes on without this caller: the shared signal ends it.
    const { signal: _own, ...shared } = caller;
    return reads.join(key, caller.signal, (signal) => sendRead({ ...sending, caller: shared, signal }));
  }

  return {
    async call(endpoint, params, caller) {
      const sending = {
        request: prepareRequest(endpoint, params, caller),
        guarded: guardedCall(endpoint, params, caller),
        retries: retriesOf(endpoint, params),
        maxReplyBytes: endpoint.maxReplyBytes ?? maxReplyBytes,
        caller,
        read: (body: Buffer, status: number) => decode(endpoint, params, body, status),
      };
      if (endpoint.method === 'GET') return read(endpoint, sending);
      // Its turn may have come when its caller was gone: then it is not begun.
      if (caller.signal?.aborted) throw caller.signal.reason;
      writes++;
      try {
        // Not given up once it is sent, when nobody listens any more: it may be half done.
        return await sendOnce({ ...sending, signal: undefined, startBy: performance.now() + freshMs });
      } catch (error) {
        throw error instanceof UpstreamError ? writeFailure(endpoint.attempt, error) : error;
      } finally {
        writes++;
      }
    },
    noteWrite() {
      writes++;
    },
    refusals,
    close: () => exchange.close(),
  };

  function decode<Params, Result>(
    endpoint: Endpoint<Params, Result>,
    params: Params,
    body: Buffer,
    status: number,
  ): Result {
    const at = Place.root({
      style,
      unrecognized: (enumeration, value) => notes.unrecognized(enumeration, value),
      invalid: (problem) => invalidReply(endpoint.attempt, problem, status),
    });
    return endpoint.decodeRows?.(body, rows, at) ?? decodeText(endpoint, params, textOf(body), at);
  }
}

/** A call on its way: what is sent, for whom, until when, and what its reply becomes. */
interface Sending<Result> {
  readonly request: PreparedRequest;
  readonly guarded: GuardedCall;
  readonly retries: RetryPolicy;
  readonly maxReplyBytes: number;
  readonly caller: Caller;
  /** Ends the call; undefined: once it is sent, it goes on to its end. */
  readonly signal: AbortSignal | undefined;
  /** The time (`performance.now()`) after which it must not be begun any more. */
  readonly startBy?: number;
  readonly read: (body: Buffer, status: number) => Result;
}

function guardedCall<Params>(
  endpoint: Endpoint<Params, unknown>,
  params: Params,
  { authorization }: Caller,
): GuardedCall {
  return {
    endpoint,
    authorization,
    holdsInput: endpoint.method !== 'GET' || endpoint.holdsInput?.(params) === true,
    subject: endpoint.subject?.(params) ?? null,
  };
}

function retriesOf<Params>(endpoint: Endpoint<Params, unknown>, params: Params): RetryPolicy {
  return endpoint.isTrial?.(params) ? trialRetries : readRetries;
}
