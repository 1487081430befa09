import { createServer } from 'node:http';

/** What goes through a middleman. */
export interface Passing {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly authorization: string;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Passes a request on, or not, or twice, and answers what it likes. */
export type Damage = (request: Passing, passOn: (request: Passing) => Promise<Reply>) => Promise<Reply>;

export interface Middleman {
  readonly origin: string;
  close(): Promise<void>;
}

/** Stands before a server and does damage. A connection that breaks behind it breaks before it. */
export async function startMiddleman(origin: string, damage: Damage): Promise<Middleman> {
  const passOn = async ({ method, target, authorization, body }: Passing): Promise<Reply> => {
    const response = await fetch(`${origin}${target}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: method === 'GET' ? null : body,
    });
    return { status: response.status, text: await response.text() };
  };
  const server = createServer(async (incoming, outgoing) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method = '', url: target = '', headers } = incoming;
      const body = Buffer.concat(chunks).toString('utf8');
      const { status, text } = await damage(
        { method, target, authorization: headers.authorization ?? '', body },
        passOn,
      );
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(text);
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
