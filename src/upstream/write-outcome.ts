import { UpstreamError } from '../errors.ts';

/**
 * Milliseconds after which a write is not begun any more. What it was worked out from was read right before; while it
 * waits for a connection, another client may change that.
 */
export const freshMs = 1000;

const advice = 'the change may have been made or not. Read the object again before you repeat the change.';

/**
 * Whether a status says how a write ended. A refusal of the request does, and so does a redirect that asks for the same
 * request elsewhere (307, 308). The other redirects don't: 303, and 302 as most servers use it, follow a write that was
 * done (RFC 9110 §15.4.4). Failures in the middle of the work (503 among them: a proxy may send it after the write was
 * done), and proxies that gave up waiting (408, 499, 504, 52x), don't either. The exceptions are 501 and 505, "I can't do
 * such a thing at all".
 */
function saysHowItEnded(status: number): boolean {
  if (status >= 500) return status === 501 || status === 505;
  if (status >= 400) return status !== 408 && status !== 499;
  return status === 307 || status === 308;
}

/** Whether a write was certainly not begun, so that it can be worked out anew and sent again. */
export function wasNotBegun({ upstream }: UpstreamError): boolean {
  return upstream.status === 429 || !upstream.wasSent;
}

/**
 * A failed write as its caller has to hear of it: where the API refused it, as that; where it may have been applied, as
 * WRITE_OUTCOME_UNKNOWN. A success that can't be read belongs to those too.
 */
export function writeFailure(attempt: string, error: UpstreamError): UpstreamError {
  const { status } = error.upstream;
  if (wasNotBegun(error) || (status !== null && saysHowItEnded(status))) return error;
  const message = `The gateway asked the Veza API to ${attempt} and got no clear reply: ${advice}`;
  return new UpstreamError('WRITE_OUTCOME_UNKNOWN', message, error.upstream, { cause: error });
}

/** The error for a success that speaks of something else than what was written. `problem` names the field, not its value. */
export function mistakenReply(attempt: string, problem: string): UpstreamError {
  const message = `The gateway asked the Veza API to ${attempt}, and the reply is about another object (${problem}): ${advice}`;
  return new UpstreamError('UPSTREAM_INVALID_RESPONSE', message, { status: 200 });
}

/** Whether the outcome of a write is unknown: no reply, an unclear one, or one about another object. */
export function isOutcomeUnknown(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError)) return false;
  const { status } = error.upstream;
  const isMistaken = error.code === 'UPSTREAM_INVALID_RESPONSE' && status !== null && status >= 200 && status <= 299;
  return error.code === 'WRITE_OUTCOME_UNKNOWN' || isMistaken;
}
