import { type ErrorCode, UpstreamError } from '../errors.ts';
import { decodeErrorBody } from '../wire/error-body.ts';
import type { ReplyHeaders } from './receiver.ts';

/** The code and the advice for an HTTP status: the first row whose test holds. */
const byStatus: readonly [test: (status: number) => boolean, code: ErrorCode, advice: string][] = [
  [
    (status) => status === 401,
    'UNAUTHENTICATED',
    'it does not accept the key; send a valid personal API key as "Authorization: Bearer …"',
  ],
  [(status) => status === 403, 'FORBIDDEN', 'the key is not allowed to do that'],
  [(status) => status === 404 || status === 410, 'NOT_FOUND', 'it does not exist or is not visible to this key'],
  [(status) => status === 409 || status === 412, 'CONFLICT', 'the request conflicts with the current state'],
  [(status) => status === 429, 'RATE_LIMITED', 'too many calls; try again later'],
  [(status) => status === 408 || status === 504, 'UPSTREAM_TIMEOUT', 'it did not answer in time; try again later'],
  [(status) => status >= 500, 'UPSTREAM_UNAVAILABLE', 'it answered with an error; try again later'],
  [(status) => status >= 400, 'BAD_USER_INPUT', 'it rejected the request as invalid'],
  [
    (status) => status >= 300,
    'UPSTREAM_INVALID_RESPONSE',
    'it answered with a redirect, which the gateway does not follow; check VEZA_URL',
  ],
];

/** The error for a reply that is no success. Its message holds nothing of the body, which may come from anywhere. */
export function failureOfReply(attempt: string, status: number, headers: ReplyHeaders, body: string): UpstreamError {
  const [, code, advice] = byStatus.find(([test]) => test(status)) ?? [
    null,
    'UPSTREAM_INVALID_RESPONSE' as const,
    'it answered with an unexpected status',
  ];
  return new UpstreamError(code, `${asked(attempt)}: ${advice}.`, {
    ...decodeErrorBody(body),
    status,
    retryAfterSeconds: retryAfterSeconds(headers['retry-after'], Date.now()),
  });
}

/**
 * No byte of a request was sent: the name was not resolved, the connection was refused or did not come about in time, or TLS
 * failed. The message names the host and the reason, for the log; callers never see it.
 */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';
  readonly code: string;

  constructor(origin: string, code: string, cause: unknown) {
    super(`${code} ${new URL(origin).host}`, { cause });
    this.code = code;
  }
}

/** Why a call could not connect; null if it could. */
export function connectFailureOf(error: unknown): ConnectFailure | null {
  return error instanceof UpstreamError && error.cause instanceof ConnectFailure ? error.cause : null;
}

/** The reason and the host of a failure to connect, however deep it lies among the causes of an error; null if there is none. */
export function connectReasonOf(error: unknown): string | null {
  if (error instanceof ConnectFailure) return error.message;
  return error instanceof Error ? connectReasonOf(error.cause) : null;
}

/** The facts about a call that got no reply, or part of one. */
export interface TransportFailure {
  readonly origin: string;
  readonly cause: unknown;
  /** Whether the request may have been sent. */
  readonly wasSent: boolean;
  /** Set if the time of the call was over. */
  readonly timedOutAfterMs: number | null;
}

/** Undici's error codes for "no answer in time". */
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Codes for a reply that breaks the rules of HTTP. */
const violations = /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW$|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$)/;

/** The error for a call that got no reply, or not all of it. Its cause says whether the gateway could connect. */
export function failureOfTransport(attempt: string, failure: TransportFailure): UpstreamError {
  const { origin, wasSent, timedOutAfterMs } = failure;
  const code = timedOutAfterMs === null ? codeOf(failure.cause) : wasSent ? '' : 'UND_ERR_CONNECT_TIMEOUT';
  const cause = wasSent ? failure.cause : new ConnectFailure(origin, code || 'UNKNOWN', failure.cause);
  if (timedOutAfterMs !== null) {
    const message = `${asked(attempt)}: no answer within ${timedOutAfterMs} ms.`;
    return new UpstreamError('UPSTREAM_TIMEOUT', message, { wasSent }, { cause });
  }
  if (timeouts.has(code)) {
    return new UpstreamError('UPSTREAM_TIMEOUT', `${asked(attempt)}: no answer in time.`, { wasSent }, { cause });
  }
  if (!wasSent) {
    const message = `${asked(attempt)}: the gateway cannot connect to it; try again later.`;
    return new UpstreamError('UPSTREAM_UNAVAILABLE', message, { wasSent }, { cause });
  }
  if (violations.test(code) || (failure.cause instanceof Error && failure.cause.name === 'HTTPParserError')) {
    return invalidReply(attempt, `it breaks the rules of HTTP (${code || 'no code'})`, null, cause);
  }
  const message = `${asked(attempt)}: the connection ended before the answer was complete; try again later.`;
  return new UpstreamError('UPSTREAM_UNAVAILABLE', message, { wasSent }, { cause });
}

/** The error for a write that got its connection so late that the reads it was computed from may be old. */
export function tooLateToBegin(attempt: string): UpstreamError {
  const message = `The gateway did not ask the Veza API to ${attempt}: no connection was free in time. Try again in a second.`;
  return new UpstreamError('OVERLOADED', message, { wasSent: false });
}

/** The error for a reply that can't be used. `problem` names a JSON path or a rule of the protocol, never content. */
export function invalidReply(attempt: string, problem: string, status: number | null, cause?: unknown): UpstreamError {
  const message = `${asked(attempt)} and cannot use the reply: ${problem}.`;
  return new UpstreamError('UPSTREAM_INVALID_RESPONSE', message, { status }, { cause });
}

/** The error for a list of several pages that was read a few times, and moved each time. */
export function unsettled(attempt: string, times: number): UpstreamError {
  const message = `${asked(attempt)} ${times} times, and each time something was created or deleted between two pages, so that the list may be incomplete; try again later.`;
  return new UpstreamError('UPSTREAM_UNAVAILABLE', message, {});
}

function asked(attempt: string): string {
  return `The gateway asked the Veza API to ${attempt}`;
}

/** The code of a system error or of undici; '' where an error has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Matches all date formats of HTTP, the obsolete one of RFC 850 included. */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .+ GMT$/;

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3); null where there is none that makes sense. */
export function retryAfterSeconds(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  // Date.parse makes a date of almost anything: "1.5" is the fifth of January.
  const date = httpDate.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}
