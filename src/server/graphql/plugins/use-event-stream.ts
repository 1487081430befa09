import type { ExecutionResult } from 'graphql';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';
import { type EventResult, eventId } from '../operation/run-subscription.ts';

/** Milliseconds between two comments that keep the connection open. */
const pingEveryMs = 12_000;

/**
 * Sends the results of a subscription as server-sent events, as GraphQL over SSE has it for distinct connections. Unlike Yoga's own
 * encoder it gives events their ids, and leaves a result unread until the client takes it.
 */
export function useEventStream(): Plugin<ServerContext> {
  return {
    onResultProcess({ result, setResultProcessor, request }) {
      if (!isStream(result) || !takesEvents(request)) return;
      setResultProcessor((_result, fetchAPI) => responseOf(result, fetchAPI), 'text/event-stream');
    },
  };
}

/** Whether a request takes an answer that is a stream of events. */
export function takesEvents({ headers }: Request): boolean {
  return /text\/event-stream|text\/\*|\*\/\*/i.test(headers.get('accept') ?? '*/*');
}

function responseOf(results: AsyncIterable<EventResult>, fetchAPI: FetchAPI): Response {
  const encoder = new fetchAPI.TextEncoder();
  const iterator = results[Symbol.asyncIterator]();
  let pings: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(pings);
  const body = new fetchAPI.ReadableStream<Uint8Array>(
    {
      start(controller) {
        pings = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'));
        }, pingEveryMs).unref();
      },
      async pull(controller) {
        const { done, value } = await iterator.next();
        controller.enqueue(encoder.encode(done ? 'event: complete\ndata:\n\n' : textOf(value)));
        if (!done) return;
        stop();
        controller.close();
      },
      async cancel() {
        stop();
        await iterator.return?.();
      },
    },
    // A result waits in the log that all watchers share, not here.
    { highWaterMark: 1 },
  );
  return new fetchAPI.Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}

function textOf(result: EventResult): string {
  const id = result[eventId] === undefined ? '' : `id: ${result[eventId]}\n`;
  const { data, errors } = result;
  // Only tells the id that a client without an event can connect again with.
  if (data === undefined && errors === undefined) return `${id}:\n\n`;
  return `event: next\n${id}data: ${JSON.stringify({ ...(errors && { errors }), ...(data !== undefined && { data }) })}\n\n`;
}

function isStream(result: object): result is AsyncIterable<ExecutionResult> {
  return Symbol.asyncIterator in result;
}
