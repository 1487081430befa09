import type { UpstreamReply, UpstreamViolation } from '../errors.ts';
import { isJsonObject, type JsonObject } from './decode.ts';

/** google.rpc.Code by number, in the CamelCase the service writes (§4.1). */
const codes = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
];

type ErrorBody = Pick<UpstreamReply, 'code' | 'requestId' | 'violations' | 'namesMask' | 'namesResource'>;

/**
 * Decodes an error reply in either documented form: google.rpc.Status with a numeric code, or Veza's own
 * with a CamelCase code and a request id (§4.1). Never throws: a proxy's HTML page just says nothing.
 */
export function decodeErrorBody(body: string): ErrorBody {
  const parsed = parse(body);
  const namesMask = /mask/i.test(body);
  if (!isJsonObject(parsed)) return { code: null, requestId: null, violations: [], namesMask, namesResource: false };
  return {
    code: typeof parsed['code'] === 'number' ? (codes[parsed['code']] ?? null) : word(parsed['code']),
    requestId: word(parsed['request_id']),
    violations: details(parsed).flatMap(violationsOf),
    namesMask,
    namesResource: details(parsed).some(isResourceInfo),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A code or an id, and nothing that could smuggle text of the upstream into our answers. */
function word(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : null;
}

function details(body: JsonObject): readonly JsonObject[] {
  return Array.isArray(body['details']) ? body['details'].slice(0, most).filter(isJsonObject) : [];
}

/** `ResourceInfo`: the API looked for a thing of this kind, which a path that it does not have can't say. */
function isResourceInfo({ '@type': type, resource_type: kind }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('.ResourceInfo') && typeof kind === 'string';
}

function violationsOf(detail: JsonObject): readonly UpstreamViolation[] {
  const violations = detail['field_violations'];
  if (!Array.isArray(violations)) return [];
  return violations
    .slice(0, most)
    .filter(isJsonObject)
    .map((violation) => ({ field: line(violation['field'], 200), description: line(violation['description'], 500) }));
}

/** Details and violations of one reply that are looked at. */
const most = 50;

/** A text that is passed on to callers: one line, and no longer than somebody would read. */
function line(value: unknown, length: number): string {
  return typeof value === 'string' ? value.slice(0, length).replaceAll(/\p{Cc}+/gu, ' ') : '';
}
