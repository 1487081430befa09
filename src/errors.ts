/** The closed list of codes that `extensions.code` can hold; the README explains each. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'NOT_SUPPORTED'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_INVALID_RESPONSE'
  | 'WRITE_OUTCOME_UNKNOWN'
  | 'OVERLOADED'
  | 'CANCELLED'
  | 'COST_LIMIT'
  | 'EVENTS_LOST'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'INTERNAL';

/**
 * A failure the caller may hear of: its message says what was attempted and what to do, and holds no token, host, stack
 * or upstream text. Whatever is not a GatewayError leaves the server masked as INTERNAL.
 */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: ErrorCode;
  /** The setting whose limit was reached; null: none was. */
  readonly limit: string | null;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { readonly limit?: string }) {
    super(message, options);
    this.code = code;
    this.limit = options?.limit ?? null;
  }
}

/** Input that can't be answered; `field` is its path in the GraphQL arguments, such as `filter.name.contains`. */
export class UserInputError extends GatewayError {
  override readonly name = 'UserInputError';
  readonly field: string;

  constructor(field: string, message: string, options?: ErrorOptions) {
    super('BAD_USER_INPUT', message, options);
    this.field = field;
  }
}

/** One complaint of the API about a field of the request, in the API's own spelling of its path. */
export interface UpstreamViolation {
  readonly field: string;
  readonly description: string;
}

/** The facts about a failed reply; `null` where no reply came or the body did not say. */
export interface UpstreamReply {
  readonly status: number | null;
  /** The API's own error code, such as `InvalidArgument`. */
  readonly code: string | null;
  readonly requestId: string | null;
  readonly violations: readonly UpstreamViolation[];
  /** It speaks of a mask: the API may want `update_mask`. */
  readonly namesMask: boolean;
  /** Whether the body names the thing that is missing: the API then has the operation. */
  readonly namesResource: boolean;
  readonly retryAfterSeconds: number | null;
  /** false: no byte of the request can have reached the API. */
  readonly wasSent: boolean;
}

/** The Veza API failed, refused, or answered with something that is not its own language. */
export class UpstreamError extends GatewayError {
  override readonly name = 'UpstreamError';
  readonly upstream: UpstreamReply;

  constructor(code: ErrorCode, message: string, upstream: Partial<UpstreamReply>, options?: ErrorOptions) {
    super(code, message, options);
    this.upstream = {
      status: null,
      code: null,
      requestId: null,
      violations: [],
      namesMask: false,
      namesResource: false,
      retryAfterSeconds: null,
      wasSent: true,
      ...upstream,
    };
  }
}

/** The result of `read`, or the GatewayError that it throws: for a caller that can go on without the value. */
export function valueOrError<T>(read: () => T): T | GatewayError {
  try {
    return read();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}
