import { endpoint, type GraphQLRequest, type GraphQLResponse, parseObject, sendHeaders } from './fetcher.ts';

/** Subscribes at the gateway and gives each response as it comes, until the stream ends or the reader leaves off. */
export function subscribe(
  request: GraphQLRequest,
  headers: Readonly<Record<string, string>> = {},
): AsyncIterableIterator<GraphQLResponse> {
  const left = new AbortController();
  const responses = read(request, headers, left.signal);
  const iterator: AsyncIterableIterator<GraphQLResponse> = {
    next: () => responses.next(),
    // A generator that waits for the next event would hear of this only with that event.
    return: async () => {
      left.abort();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

async function* read(
  request: GraphQLRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<GraphQLResponse, void, undefined> {
  try {
    const response = await fetch(endpoint(), {
      method: 'POST',
      headers: { ...sendHeaders, accept: 'text/event-stream', ...headers },
      body: JSON.stringify(request),
      signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      const messages = `${text}${part.value}`.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) {
        const data = /^data: ?(.+)$/m.exec(message)?.[1];
        const body = data === undefined ? undefined : parseObject(data);
        if (body !== undefined) yield body;
      }
    }
    if (!response.ok && text !== '')
      yield parseObject(text) ?? { errors: [{ message: `The gateway answered ${response.status}.` }] };
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
