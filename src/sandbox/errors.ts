/**
 * The API's error replies (API notes §4.1 b): `code` is the CamelCase name of a gRPC code. The bodies of 400, 404 and 500 are
 * DOC; the texts of the others are INF, made in their image.
 */

export interface FieldViolation {
  /** Dotted snake_case (DOC), with `[0]` for elements (a guess). */
  readonly field: string;
  readonly description: string;
}

interface Kind {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  readonly resolution: string;
}

const kinds = {
  InvalidArgument: {
    status: 400,
    title: 'Invalid Arguments',
    message: 'Request includes invalid arguments.',
    resolution: 'Reference error details for the exact field violations.',
  },
  FailedPrecondition: {
    status: 400,
    title: 'Failed Precondition',
    message: 'The resource is not in the state that the request needs.',
    resolution: '',
  },
  Unauthenticated: {
    status: 401,
    title: 'Unauthenticated',
    message: 'Request is not authenticated.',
    resolution: 'Provide a valid API key.',
  },
  PermissionDenied: {
    status: 403,
    title: 'Permission Denied',
    message: 'Caller is not permitted to make this request.',
    resolution: '',
  },
  NotFound: { status: 404, title: 'Not Found', message: 'Requested resource was not found.', resolution: '' },
  Aborted: { status: 409, title: 'Aborted', message: 'The resource has changed meanwhile.', resolution: '' },
  Unimplemented: { status: 405, title: 'Method Not Allowed', message: 'Method is not supported.', resolution: '' },
  ResourceExhausted: {
    status: 429,
    title: 'Too Many Requests',
    message: 'Too many requests.',
    resolution: 'Please retry later.',
  },
  Internal: {
    status: 500,
    title: 'Internal Server Error, please retry and if the error persists contact support at support@veza.com',
    message: 'Internal server error.',
    resolution: 'Please retry and if the error persists contact support at support@veza.com',
  },
  Unavailable: {
    status: 503,
    title: 'Service Unavailable',
    message: 'Service is unavailable.',
    resolution: 'Please retry later.',
  },
  DeadlineExceeded: {
    status: 504,
    title: 'Deadline Exceeded',
    message: 'The request took too long.',
    resolution: 'Please retry later.',
  },
} as const satisfies Record<string, Kind>;

export type ErrorCode = keyof typeof kinds;

/** A failure that becomes an error reply. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: readonly object[];

  constructor(code: ErrorCode, options: { message?: string; status?: number; details?: readonly object[] } = {}) {
    super(options.message ?? kinds[code].title);
    this.code = code;
    this.status = options.status ?? kinds[code].status;
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
  for (const [code, kind] of Object.entries(kinds)) {
    if (kind.status === status && isErrorCode(code)) return code;
  }
  return status >= 500 ? 'Internal' : 'FailedPrecondition';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(kinds, code);
}

/** The body of an error reply. */
export function presentError(error: ApiError, requestId: string, timestamp: string): object {
  const kind = kinds[error.code];
  const userFacing = {
    '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
    reason: reasonOf(error.code),
    metadata: {},
    message: kind.message,
    resolution: kind.resolution,
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
