import { problemOfId } from '../model/node-id.ts';
import type { Place } from '../wire/decode.ts';
import type { ProfileRows } from '../wire/profile-rows.ts';
import type { Coalescer } from './coalesce.ts';

/** One operation of the API: how its request is put together and what its reply becomes. */
export interface Endpoint<Params, Result> {
  /** The name used in logs and counts. */
  readonly name: string;
  /** Completes "tried to …" in messages. */
  readonly attempt: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly path: (params: Params) => string;
  /** Undefined and null values are left out. */
  readonly query?: (params: Params) => Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: (params: Params) => unknown;
  /** `JSON.parse` where it is absent. Throws SyntaxError. */
  readonly parse?: (text: string) => unknown;
  /** Throws what `Place.unexpected` gives. */
  readonly decode: (json: unknown, at: Place, params: Params) => Result;
  /** A faster way to the same result; null where the body is not made for it. */
  readonly decodeRows?: (body: Buffer, rows: ProfileRows, at: Place) => Result | null;
  /** The result of a success with an empty body; absent: such a reply is an error. */
  readonly whenEmpty?: Result;
  /**
   * Whether a caller wrote a part of the call, such as a filter, so that its failure may be that caller's fault and says
   * nothing to others. Absent: no call does, unless it writes.
   */
  readonly holdsInput?: (params: Params) => boolean;
  /** The thing a call is about, such as a profile id: all failures of one thing count as one. */
  readonly subject?: (params: Params) => string;
  /** Beside the Access Profile API: a 403 here does not mean that the key may not read profiles any more. */
  readonly isNeighbour?: true;
  /** Whether the call finds out if the API takes a filter, so that an internal error may be the answer. */
  readonly isTrial?: (params: Params) => boolean;
  /** Bytes of a reply, if not those of the client. */
  readonly maxReplyBytes?: number;
  /** The same operation, whose result can be sent back digit by digit; absent: this one's can, or nobody sends it back. */
  readonly exactly?: Endpoint<Params, Result>;
  /** Its reads under way, of each client. */
  readonly underWay: WeakMap<object, Coalescer<Result>>;
}

export function defineEndpoint<Params, Result>(
  endpoint: Omit<Endpoint<Params, Result>, 'underWay'>,
): Endpoint<Params, Result> {
  return Object.freeze({ ...endpoint, underWay: new WeakMap<object, Coalescer<Result>>() });
}

/** A read beside the Access Profile API, which a key that reads profiles may be refused. */
export function defineNeighbour<Params, Result>(
  endpoint: Omit<Endpoint<Params, Result>, 'underWay' | 'method' | 'isNeighbour'>,
): Endpoint<Params, Result> {
  return defineEndpoint({ ...endpoint, method: 'GET', isNeighbour: true });
}

/** The path of the private API of lifecycle management. */
export const lifecycleBase = '/api/private/lifecycle_management';

/** An id as one path segment. Throws RangeError for one that a path can't hold: callers' ids are checked before. */
export function pathSegment(id: string): string {
  const problem = problemOfId(id);
  if (problem !== null) throw new RangeError(problem);
  return encodeURIComponent(id);
}

/** The result of a call by the text of its reply, if that is read as a whole. Throws UpstreamError where it is not as documented. */
export function decodeText<Params, Result>(
  { parse = JSON.parse, decode, whenEmpty }: Endpoint<Params, Result>,
  params: Params,
  text: string,
  at: Place,
): Result {
  if (text === '' && whenEmpty !== undefined) return whenEmpty;
  return decode(jsonOf(text, parse, at), at, params);
}

function jsonOf(text: string, parse: (text: string) => unknown, at: Place): unknown {
  try {
    return parse(text);
  } catch {
    throw at.reply.invalid(text === '' ? 'it is empty' : 'it is not JSON');
  }
}
