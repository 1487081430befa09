import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { GatewayError } from '../../../errors.ts';
import type { NoticedChange } from '../../../loaders/change-feed.ts';
import type { ChangeFeeds } from '../../../loaders/change-feeds.ts';
import { toGraphQLError } from '../../../schema/errors.ts';
import { type OperationCaller, type OperationOptions, runOperation } from './run-operation.ts';

/** Key of the id of an event in its result. A symbol, so that it goes along when results are copied, and is not printed. */
export const eventId: unique symbol = Symbol('event id');

/** A result of a subscription. Without data and errors it only tells the id. */
export interface EventResult extends ExecutionResult {
  readonly [eventId]?: string;
}

export interface Subscriber extends Omit<OperationCaller, 'signal' | 'watchChanges'> {
  /** Ends the stream when the client has gone. */
  readonly signal: AbortSignal;
  /** Whose streams are counted together. */
  readonly owner: string;
  /** The id of the last event that the client got before it connected again. */
  readonly lastEventId: string | null;
  /** When the caller's token expires, in milliseconds since 1970. */
  readonly expiresAt: number | null;
}

export interface SubscriptionOptions extends OperationOptions {
  readonly feeds: ChangeFeeds;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Begins a subscription. Each event is executed as an operation of its own, with loaders, a deadline and limits of its own, since
 * none of them may end the stream. Gives the errors where it can't begin.
 */
export async function runSubscription(
  args: ExecutionArgs,
  { owner, lastEventId, expiresAt, ...caller }: Subscriber,
  options: SubscriptionOptions,
): Promise<AsyncIterableIterator<EventResult> | ExecutionResult> {
  const ended = new AbortController();
  const end = () => ended.abort();
  if (caller.signal.aborted) end();
  caller.signal.addEventListener('abort', end, { once: true });
  const found: { events: AsyncIterable<unknown> | null; startsAfter: string; isLost: boolean } = {
    events: null,
    startsAfter: '',
    isLost: false,
  };
  const watchChanges = async (extraInfo: boolean): Promise<AsyncIterable<NoticedChange>> => {
    const { authorization } = caller;
    const request = { authorization, owner, extraInfo, after: lastEventId, signal: ended.signal };
    const { changes, startsAfter, isLost } = await options.feeds.watch(request);
    Object.assign(found, { startsAfter, isLost });
    return changes;
  };
  const executor = async (given: ExecutionArgs): Promise<ExecutionResult> => {
    const stream = await createSourceEventStream(given);
    if (!(Symbol.asyncIterator in stream)) return stream;
    found.events = stream;
    return { data: null };
  };
  const begun = await runOperation(args, { ...caller, watchChanges }, { ...options, executor });
  const { events, startsAfter, isLost } = found;
  if (events === null) {
    end();
    return begun;
  }
  const asErrors = (error: unknown): EventResult => ({ errors: [toGraphQLError(error, options.onUnexpected)] });
  async function* results(stream: AsyncIterable<unknown>): AsyncGenerator<EventResult, void, undefined> {
    try {
      yield isLost ? { ...asErrors(lost()), [eventId]: startsAfter } : { [eventId]: startsAfter };
      for await (const event of stream) {
        if (isExpired(expiresAt)) throw expired();
        const signal = ended.signal;
        const result = await runOperation({ ...args, rootValue: event }, { ...caller, signal }, options);
        yield isChange(event) ? { ...result, [eventId]: event.id } : result;
      }
      if (isExpired(expiresAt)) throw expired();
    } catch (error) {
      yield asErrors(error);
    } finally {
      end();
      caller.signal.removeEventListener('abort', end);
    }
  }
  const inner = results(events);
  const expiry = expiresAt === null ? null : setTimeout(end, Math.min(expiresAt - Date.now(), maxTimerMs)).unref();
  ended.signal.addEventListener('abort', () => expiry !== null && clearTimeout(expiry), { once: true });
  const outer: AsyncIterableIterator<EventResult> = {
    next: () => inner.next(),
    // A generator that waits for its next event hears of this only once its source ends.
    return: () => {
      end();
      return inner.return();
    },
    [Symbol.asyncIterator]: () => outer,
  };
  return outer;
}

/** Timers take no more. */
const maxTimerMs = 2 ** 31 - 1;

function isExpired(expiresAt: number | null): boolean {
  return expiresAt !== null && Date.now() >= expiresAt;
}

function isChange(event: unknown): event is NoticedChange {
  return typeof event === 'object' && event !== null && 'id' in event && typeof event.id === 'string';
}

function expired(): GatewayError {
  return new GatewayError('UNAUTHENTICATED', 'The token has expired. Subscribe again with a new one.');
}

function lost(): GatewayError {
  return new GatewayError(
    'EVENTS_LOST',
    'The changes after your Last-Event-ID are not known any more. Read the profiles again. The changes from now on follow.',
  );
}
