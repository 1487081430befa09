/**
 * The API's error replies (API notes §4.1 b): `code` is the CamelCase name of a gRPC code. The bodies of 400, 404 and 500 are
 * DOC; the texts of the others are INF, made in their image.
 */

export interface FieldViolation {
  /** Dotted snake_case (DOC), with `[0]` for elements (a guess). */
  readonly field: string;
  readonly description: string;
}

const retryLater = 'Please retry later.';
const support = 'retry and if the error persists contact support at support@veza.com';

/** Status, title, message and resolution. */
const kinds = {
  InvalidArgument: [
    400,
    'Invalid Arguments',
    'Request includes invalid arguments.',
    'Reference error details for the exact field violations.',
  ],
  FailedPrecondition: [400, 'Failed Precondition', 'The resource is not in the state that the request needs.', ''],
  Unauthenticated: [401, 'Unauthenticated', 'Request is not authenticated.', 'Provide a valid API key.'],
  PermissionDenied: [403, 'Permission Denied', 'Caller is not permitted to make this request.', ''],
  NotFound: [404, 'Not Found', 'Requested resource was not found.', ''],
  Aborted: [409, 'Aborted', 'The resource has changed meanwhile.', ''],
  Unimplemented: [405, 'Method Not Allowed', 'Method is not supported.', ''],
  ResourceExhausted: [429, 'Too Many Requests', 'Too many requests.', retryLater],
  Internal: [500, `Internal Server Error, please ${support}`, 'Internal server error.', `Please ${support}`],
  Unavailable: [503, 'Service Unavailable', 'Service is unavailable.', retryLater],
  DeadlineExceeded: [504, 'Deadline Exceeded', 'The request took too long.', retryLater],
} as const satisfies Record<string, readonly [status: number, title: string, message: string, resolution: string]>;

export type ErrorCode = keyof typeof kinds;

/** A failure that becomes an error reply. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: readonly object[];

  constructor(code: ErrorCode, options: { message?: string; status?: number; details?: readonly object[] } = {}) {
    const [status, title] = kinds[code];
    super(options.message ?? title);
    this.code = code;
    this.status = options.status ?? status;
    this.details = options.details ?? [];
  }
}

export function invalidArguments(violations: readonly FieldViolation[]): ApiError {
  const badRequest = { '@type': 'type.googleapis.com/google.rpc.BadRequest', field_violations: violations };
  return new ApiError('InvalidArgument', { details: [badRequest] });
}

export function invalidArgument(field: string, description: string): ApiError {
  return invalidArguments([{ field, description }]);
}

/** `resource` is the id that was asked for; `resource_type` of the documented example is lower case. */
export function notFound(resourceType: string, resource: string): ApiError {
  const info = {
    '@type': 'type.googleapis.com/errorstatus.v1.ResourceInfo',
    resource_type: resourceType,
    resource,
  };
  return new ApiError('NotFound', { details: [info] });
}

/** The code for a bare status, as a fault or a proxy would give it. */
export function codeOfStatus(status: number): ErrorCode {
  const found = Object.keys(kinds)
    .filter(isErrorCode)
    .find((code) => kinds[code][0] === status);
  return found ?? (status >= 500 ? 'Internal' : 'FailedPrecondition');
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(kinds, code);
}

/** The body of an error reply. */
export function presentError(error: ApiError, requestId: string, timestamp: string): object {
  const [, , message, resolution] = kinds[error.code];
  const userFacing = {
    '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
    reason: reasonOf(error.code),
    metadata: {},
    message,
    resolution,
  };
  return {
    code: error.code,
    message: error.message,
    request_id: requestId,
    timestamp,
    details: [...error.details, userFacing],
  };
}

/** `NOT_FOUND` for `NotFound`; the plural of `INVALID_ARGUMENTS` is the documented spelling. */
function reasonOf(code: ErrorCode): string {
  const reason = code.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return reason === 'INVALID_ARGUMENT' ? 'INVALID_ARGUMENTS' : reason;
}
