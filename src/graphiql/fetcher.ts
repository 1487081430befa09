import { isRecord, type JsonObject, records, text } from './json.ts';

/** What the page sends: one GraphQL request. `null` variables and names are as good as none. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

/** What came back, as it came back. `errors` are for showing; see errorMessage. */
export type GraphQLResponse = JsonObject;

/** The gateway's endpoint stands beside the page, wherever both are mounted. */
export function endpoint(): URL {
  return new URL('graphql', window.location.href);
}

/** Headers of every request. */
export const sendHeaders = { 'content-type': 'application/json' };

/**
 * Sends one request to the gateway. An answer that isn't GraphQL (a proxy's error page, say) becomes an error that says so, for
 * whoever reads the response has no network tab open.
 */
export async function sendRequest(
  request: GraphQLRequest,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<GraphQLResponse> {
  const response = await fetch(endpoint(), {
    method: 'POST',
    ...(signal && { signal }),
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...sendHeaders,
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const received = await response.text();
  const body = parseObject(received);
  if (body !== undefined && ('data' in body || 'errors' in body)) return body;
  return {
    errors: [{ message: `The gateway answered ${response.status} without a GraphQL body: ${received.slice(0, 500)}` }],
  };
}

/** The first error's message, or undefined if the response has no errors. */
export function errorMessage(response: GraphQLResponse): string | undefined {
  return records(response['errors']).map((error) => text(error['message']) ?? 'unknown error')[0];
}

/** Undefined where a text is not a JSON object. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
