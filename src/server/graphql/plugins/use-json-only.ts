import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/**
 * Takes POST requests with a JSON body only. A page of another site can send a form or plain text without asking the
 * server first, and a gateway on someone's own machine would answer with their key; JSON it can not. A compressed body is
 * refused as well: it could grow far beyond what was sent.
 */
export function useJsonOnly(): Plugin<ServerContext> {
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
  };
}

/** JSON is UTF-8 (RFC 8259 §8.1). */
const jsonType = /^\s*application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;
