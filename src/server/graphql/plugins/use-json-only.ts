import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/**
 * Takes POST requests with a JSON body only. A page of another site can send a form or plain text without asking the
 * server first, and a gateway on someone's own machine would answer with their key; JSON it can not.
 */
export function useJsonOnly(): Plugin<ServerContext> {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.method !== 'POST') return;
      const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (mediaType === 'application/json') return;
      const message = 'Send the query as application/json.';
      endResponse(
        fetchAPI.Response.json({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] }, { status: 415 }),
      );
    },
  };
}
