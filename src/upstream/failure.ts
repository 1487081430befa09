import { type ErrorCode, UpstreamError } from '../errors.ts';
import { decodeErrorBody } from '../wire/error-body.ts';

/** What is said of an HTTP status, besides the code; the first row whose test holds counts. */
const byStatus: readonly [test: (status: number) => boolean, code: ErrorCode, advice: string][] = [
  [
    (status) => status === 401,
    'UNAUTHENTICATED',
    'it does not accept the key; send a valid personal API key as "Authorization: Bearer …"',
  ],
  [(status) => status === 403, 'FORBIDDEN', 'the key is not allowed to do that'],
  [(status) => status === 404 || status === 410, 'NOT_FOUND', 'it has no such thing, or hides it from this key'],
  [(status) => status === 409 || status === 412, 'CONFLICT', 'it is in conflict with the current state'],
  [(status) => status === 429, 'RATE_LIMITED', 'too many calls; try again later'],
  [(status) => status === 408 || status === 504, 'UPSTREAM_TIMEOUT', 'it did not answer in time; try again later'],
  [(status) => status >= 500, 'UPSTREAM_UNAVAILABLE', 'it is failing; try again later'],
  [(status) => status >= 400, 'BAD_USER_INPUT', 'it refused the request as invalid'],
  [(status) => status >= 300, 'UPSTREAM_INVALID_RESPONSE', 'it answered with a redirect, which is not followed'],
];

/** The error for a reply that is no success. Its message holds nothing of the body: that may come from anywhere. */
export function failureOfReply(
  attempt: string,
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): UpstreamError {
  const [, code, advice] = byStatus.find(([test]) => test(status)) ?? [
    null,
    'UPSTREAM_INVALID_RESPONSE' as const,
    'it answered with an unexpected status',
  ];
  return new UpstreamError(code, `The Access Profile API was asked to ${attempt}: ${advice}.`, {
    ...decodeErrorBody(body),
    status,
    retryAfterSeconds: retryAfterSeconds(headers['retry-after'], Date.now()),
  });
}

/** Undici's error codes for "no answer in time". */
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** The error for a call that got no reply, or not all of it. */
export function failureOfTransport(
  attempt: string,
  cause: unknown,
  { timedOutAfterMs, wasSent }: { readonly timedOutAfterMs: number | null; readonly wasSent: boolean },
): UpstreamError {
  const code = codeOf(cause);
  const asked = `The Access Profile API was asked to ${attempt}`;
  const failure = (kind: ErrorCode, message: string) => new UpstreamError(kind, message, { wasSent }, { cause });
  if (timedOutAfterMs !== null) return failure('UPSTREAM_TIMEOUT', `${asked}: no answer within ${timedOutAfterMs} ms.`);
  if (timeouts.has(code)) return failure('UPSTREAM_TIMEOUT', `${asked}: no answer in time.`);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return invalidReply(attempt, 'the answer is larger than this gateway reads', null, cause);
  }
  return failure('UPSTREAM_UNAVAILABLE', `${asked}: it can not be reached; try again later.`);
}

/** The error for a write that got its connection so late that what it was worked out from may be old. */
export function tooLateToBegin(attempt: string): UpstreamError {
  const message = `The Access Profile API was not asked to ${attempt}: there was no free connection in time. Try again in a second.`;
  return new UpstreamError('OVERLOADED', message, { wasSent: false });
}

/** The error for a success that can't be used. `problem` names a JSON path or a rule of the protocol, never content. */
export function invalidReply(attempt: string, problem: string, status: number | null, cause?: unknown): UpstreamError {
  const message = `The Access Profile API was asked to ${attempt} and gave an answer that can not be used: ${problem}.`;
  return new UpstreamError('UPSTREAM_INVALID_RESPONSE', message, { status }, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What the dates of HTTP have in common, the obsolete RFC 850 form included. */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .+ GMT$/;

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3); null where there is none that makes sense. */
export function retryAfterSeconds(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  // Date.parse makes a date of almost anything: "1.5" is the fifth of January.
  const date = httpDate.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}
