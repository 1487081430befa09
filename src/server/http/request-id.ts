import { randomUUID } from 'node:crypto';

const ids = new WeakMap<Request, string>();

/**
 * The id under which a request is logged, told to its caller and passed to the API: the caller's own `x-request-id` if it
 * is one that can stand in a log and a header, else a new one.
 */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const id = newRequestId(request.headers.get('x-request-id'));
  ids.set(request, id);
  return id;
}

/** The given id where it can stand in a log and a header, else a new one. */
export function newRequestId(given: string | null = null): string {
  return given !== null && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
