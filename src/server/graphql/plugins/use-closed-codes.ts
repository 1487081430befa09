import type { Plugin } from 'graphql-yoga';
import { isJsonObject } from '../../../wire/decode.ts';
import type { ServerContext } from '../context.ts';

/** The codes of the server library's refusals; all of them speak of what the caller sent. */
const foreign = new Set([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'METHOD_NOT_ALLOWED',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** Keeps `extensions.code` to the list that the guide explains, and repeats `retryAfter` as a header. */
export function useClosedCodes(): Plugin<ServerContext> {
  return {
    onResultProcess({ result }) {
      if (!('errors' in result)) return;
      for (const { extensions } of result.errors ?? []) {
        if (extensions === undefined) continue;
        // It may hold the message of a library, such as the JSON parser.
        delete extensions['originalError'];
        const { retryAfter } = extensions;
        // For clients and proxies that know HTTP better than GraphQL.
        if (typeof retryAfter === 'number') {
          const http = isJsonObject(extensions['http']) ? extensions['http'] : {};
          extensions['http'] = { ...http, headers: { 'retry-after': String(retryAfter) } };
        }
        if (foreign.has(String(extensions['code']))) extensions['code'] = 'BAD_USER_INPUT';
      }
    },
  };
}
