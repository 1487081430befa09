import { adminKey } from '../../src/sandbox/server.ts';

/** One server-sent event. */
export interface Sent {
  readonly id: string | null;
  readonly event: string | null;
  readonly data: ReturnType<typeof JSON.parse>;
}

/** The answer to a subscription, read as far as a test wants. */
export interface Stream {
  readonly response: Response;
  /** The next message with an event. */
  next(): Promise<Sent>;
  leave(): Promise<void>;
  /** The id of the last message. */
  lastId(): string | null;
}

/** Subscribes as the admin unless `headers` say otherwise. */
export async function openStream(
  send: (request: Request) => Promise<Response>,
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stream> {
  const response = await send(
    new Request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${adminKey}`,
        ...headers,
      },
      body: JSON.stringify({ query }),
    }),
  );
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no body');
  let text = '';
  let lastId: string | null = null;
  const decoder = new TextDecoder();
  const stream: Stream = {
    response,
    lastId: () => lastId,
    leave: () => reader.cancel(),
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          const fieldOf = (name: string) =>
            lines
              .find((line) => line.startsWith(`${name}:`))
              ?.slice(name.length + 1)
              .trim() ?? null;
          lastId = fieldOf('id') ?? lastId;
          const data = fieldOf('data');
          if (fieldOf('event') !== null)
            return { id: fieldOf('id'), event: fieldOf('event'), data: data ? JSON.parse(data) : null };
        } else {
          const { done, value } = await reader.read();
          if (done) return { id: null, event: null, data: null };
          text += decoder.decode(value);
        }
      }
    },
  };
  return stream;
}
