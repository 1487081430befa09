import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/**
 * Refuses queries by GET that a browser makes for another site: an image or a link of it could make a gateway on
 * someone's own machine work with their key, though it could not read the answer. Other clients do not send the header.
 */
export function useSameSite(origins: readonly string[]): Plugin<ServerContext> {
  const allowed = new Set(origins);
  return {
    onRequestParse({ request: { method, headers } }) {
      const site = headers.get('sec-fetch-site');
      if (method !== 'GET' || (site !== 'cross-site' && site !== 'same-site')) return;
      if (allowed.has(headers.get('origin') ?? '')) return;
      throw new GraphQLError(
        'Pages of other sites can not ask this gateway; an operator can allow theirs (CORS_ORIGINS).',
        {
          extensions: { code: 'FORBIDDEN', http: { status: 403 } },
        },
      );
    },
  };
}
