import { UpstreamError } from '../errors.ts';

/** Errors of a connection that never came about, so that nothing was sent. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether a status says how a write ended. A redirect and a refusal of the request do; failures in the middle of the work,
 * and proxies that gave up waiting (408, 499, 504, 52x), don't, but for "I can't do such a thing at all".
 */
function saysHowItEnded(status: number): boolean {
  if (status >= 500) return status === 501 || status === 505;
  return status >= 300 && status !== 408 && status !== 499;
}

/** Whether the API has certainly not begun: it could not be reached, or it said "not now". Then trying again is safe. */
export function wasNotBegun(error: UpstreamError): boolean {
  const { status } = error.upstream;
  return status === 429 || status === 503 || (status === null && neverConnected.has(causeCode(error)));
}

/**
 * A failed write as its caller has to hear of it: where the API refused it, as that; where it may have been applied, as
 * WRITE_OUTCOME_UNKNOWN. A success that can't be read belongs to those too.
 */
export function writeFailure(attempt: string, error: UpstreamError): UpstreamError {
  const { status } = error.upstream;
  // What the guard held back was not sent at all.
  const wasHeldBack = status === null && error.upstream.retryAfterSeconds !== null;
  const isSettled = wasHeldBack || wasNotBegun(error) || (status !== null && saysHowItEnded(status));
  if (isSettled) return error;
  return new UpstreamError(
    'WRITE_OUTCOME_UNKNOWN',
    `The Access Profile API was asked to ${attempt} and did not say how that ended: it may have been done or not. Read it again before you repeat the change.`,
    error.upstream,
    { cause: error },
  );
}

function causeCode({ cause }: UpstreamError): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
