import { isRecord, records, text } from '../json.ts';
import type { ResponseData } from './read-graph.ts';
import { readShape } from './shape.ts';

/** What the response editor holds, as far as a drawing is concerned. */
export type ReadResponse =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'data'; readonly response: ResponseData; readonly errors: readonly string[] };

export function readResponse(body: string, query: string, operationName: string | null | undefined): ReadResponse {
  if (body.trim() === '') return { kind: 'none' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { kind: 'unreadable' };
  }
  if (!isRecord(parsed)) return { kind: 'unreadable' };
  const errors = records(parsed['errors']);
  const messages = errors.map((error) => text(error['message']) ?? 'unknown error');
  const data = parsed['data'];
  if (isRecord(data) && Object.values(data).some((value) => value !== null)) {
    return { kind: 'data', response: { data, shape: readShape(query, operationName) }, errors: messages };
  }
  const [message] = messages;
  if (message === undefined)
    return isRecord(data) ? { kind: 'data', response: emptyResponse, errors: [] } : { kind: 'unreadable' };
  const extensions = errors[0]?.['extensions'];
  return { kind: 'failed', message, code: isRecord(extensions) ? text(extensions['code']) : undefined };
}

const emptyResponse: ResponseData = { data: {}, shape: readShape('') };
