import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/** JSON is UTF-8 (RFC 8259 §8.1). */
const jsonType = /^\s*application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;

/**
 * Refuses requests that a page of another site can make a browser send without asking the server first: a gateway on someone's own
 * machine would work with their key. A POST must be JSON, which a form is not. It must not be compressed, since it could grow far beyond
 * what was sent. A GET must not come from another site, as for an image or a link; clients that are no browser do not send that header.
 */
export function useCrossSiteGuard(origins: readonly string[]): Plugin<ServerContext> {
  const allowed = new Set(origins);
  return {
    onRequest({ request: { method, headers }, fetchAPI, endResponse }) {
      if (method !== 'POST') return;
      const refuse = (message: string, accepted: Readonly<Record<string, string>> = {}) => {
        const body = { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] };
        endResponse(fetchAPI.Response.json(body, { status: 415, headers: accepted }));
      };
      if (!jsonType.test(headers.get('content-type') ?? '')) refuse('Send the query as application/json.');
      else if (!/^(?:identity)?$/i.test(headers.get('content-encoding')?.trim() ?? '')) {
        // RFC 9110 §12.5.3: in an answer, the header says what a request may use.
        refuse('Send the body without compression.', { 'accept-encoding': 'identity' });
      }
    },
    onRequestParse({ request: { method, headers } }) {
      const site = headers.get('sec-fetch-site');
      if (method !== 'GET' || (site !== 'cross-site' && site !== 'same-site')) return;
      if (allowed.has(headers.get('origin') ?? '')) return;
      const message = 'Pages of other sites cannot query this gateway. An operator can allow a site (CORS_ORIGINS).';
      throw new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
    },
  };
}
