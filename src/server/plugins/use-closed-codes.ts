import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/** What the server library calls its refusals; all of them speak of what the caller sent. */
const foreign = new Set(['BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'METHOD_NOT_ALLOWED']);

/** Keeps `extensions.code` to the list that the README explains. */
export function useClosedCodes(): Plugin<ServerContext> {
  return {
    onResultProcess({ result }) {
      if (!('errors' in result)) return;
      for (const { extensions } of result.errors ?? []) {
        if (extensions === undefined) continue;
        // How the JSON parser or another library put it is nobody's business.
        delete extensions['originalError'];
        if (foreign.has(String(extensions['code']))) extensions['code'] = 'BAD_USER_INPUT';
      }
    },
  };
}
