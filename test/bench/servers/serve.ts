import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool } from 'undici';

/** What a client asks: the query of the benchmark, which these servers don't read, and how far into the list. */
export interface Question {
  readonly authorization: string;
  readonly first: number;
  readonly after: string | null;
  /** Whether the place behind the last row is wanted. */
  readonly wantsCursor: boolean;
}

export const base = '/api/private/lifecycle_management';

/** Listens for GraphQL-like requests on a free port and prints the address. */
export function serve(answer: (upstream: Pool, question: Question, outgoing: ServerResponse) => Promise<void>): void {
  const upstream = new Pool(process.env['VEZA_URL'] ?? '', { connections: 128 });
  const server = createServer((incoming, outgoing) => {
    text(incoming)
      .then((body) => answer(upstream, read(body, incoming.headers.authorization ?? ''), outgoing))
      .catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.stdout.write(`http://127.0.0.1:${port}/graphql\n`);
  });
}

function read(body: string, authorization: string): Question {
  const { query, variables = {} }: { query: string; variables?: { first?: number; after?: string | null } } =
    JSON.parse(body);
  return {
    authorization,
    first: variables.first ?? 50,
    after: variables.after ?? null,
    wantsCursor: query.includes('endCursor'),
  };
}
