import type { Filter } from '../../scim/ast.ts';
import { compileFilter } from '../../scim/evaluate.ts';
import { resolverOf } from '../../scim/value.ts';
import { conditionsOf } from '../../scim/walk.ts';
import type { AuditRecord } from '../audit.ts';
import { ApiError, invalidArgument } from '../errors.ts';
import { readFilter } from '../json-filter.ts';
import type { Operation, OperationRequest, Tenant } from '../operation.ts';
import { stableId } from '../random.ts';

const largestPage = 10_000;
const daysBack = 90;

/**
 * S10. A filter with `ended_at GE`, at most ninety days back, and `page_size` are obligatory; a token carries its filter, and
 * excludes another (DOC: notes on neighbours §8). That it takes an administrator's key is INF. The envelope and the order are UNK.
 */
export const listAudit: Operation = (tenant, request) => {
  const { settings, audit } = tenant;
  if (request.caller.role !== 'admin') throw new ApiError('PermissionDenied');
  const size = readSize(request.query.get('page_size') ?? '');
  const { filter: text, after } = readStart(request);
  const filter = readFilter(text);
  checkFilter(tenant, filter);

  const test = compileFilter(filter);
  const records = settings.auditOldestFirst ? audit.records : audit.records.toReversed();
  const isLeft = ({ sequence }: AuditRecord) =>
    after === null || (settings.auditOldestFirst ? sequence > after : sequence < after);
  const found = records.filter(
    (record) =>
      isLeft(record) &&
      test(resolverOf({ ended_at: record.ended_at, method: record.method, user_id: record.user, url: record.url })),
  );
  const page = found.slice(0, size);
  const last = page.at(-1);
  const hasMore = found.length > page.length;
  return {
    [settings.auditEnvelope]: page.map(present),
    next_page_token: hasMore && last !== undefined ? writeToken(text, last.sequence) : '',
    has_more: hasMore,
  };
};

function readSize(text: string): number {
  const size = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (size < 1 || size > largestPage) throw invalidArgument('page_size', `Expected a number from 1 to ${largestPage}.`);
  return size;
}

function readStart({ query }: OperationRequest): { readonly filter: string; readonly after: number | null } {
  const filter = query.get('filter') ?? '';
  const token = query.get('page_token') ?? '';
  if (token === '') return { filter, after: null };
  if (filter !== '') throw invalidArgument('filter', 'The page token carries the filter: send one of them.');
  const [, sequence, carried] = /^(\d+) (.*)$/s.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (carried === undefined) throw invalidArgument('page_token', 'The page token is malformed.');
  return { filter: carried, after: Number(sequence) };
}

function writeToken(filter: string, sequence: number): string {
  return Buffer.from(`${sequence} ${filter}`).toString('base64');
}

function checkFilter({ settings, clock }: Tenant, filter: Filter): void {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    ended_at: ['ge', 'gt', 'le', 'lt'],
    method: ['eq'],
    user_id: ['eq'],
    url: settings.auditUrlOperators,
  };
  for (const { attribute, operator } of conditionsOf(filter)) {
    if (allowed[attribute]?.includes(operator) !== true) {
      throw invalidArgument('filter', `Operator "${operator}" for "${attribute}" is not supported.`);
    }
  }
  // Under "or" or "not" it would not bound anything.
  const bounds = (filter.kind === 'and' ? filter.operands : [filter]).flatMap((part) =>
    part.kind === 'compare' && part.attribute === 'ended_at' && part.operator === 'ge' ? [String(part.value)] : [],
  );
  const start = Math.max(...bounds.map((bound) => Date.parse(bound)));
  if (!(start >= Date.parse(clock.now()) - daysBack * 86_400_000)) {
    throw invalidArgument('filter', `Expected "ended_at GE", at most ${daysBack} days back.`);
  }
}

/** `request` and `response` are whole; the addresses are those of documentation. */
function present(record: AuditRecord): object {
  return {
    identity: {
      user_id: record.user,
      session_id: '',
      api_key_id: stableId('api key', record.user),
      email: `${record.user}@evergreen.example`,
    },
    status: {
      grpc_code: record.grpc_code,
      http_status: record.http_status,
      error_reason: record.grpc_code === 'OK' ? 'OK' : record.grpc_code,
    },
    client: { ip: '203.0.113.7', user_agent: 'sandbox-private-user-agent' },
    endpoint: `/lifecyclemanagement.v1.AccessProfileService/${record.operation}`,
    method: record.method,
    url: record.url,
    request_id: record.request_id,
    request: record.request ?? null,
    response: JSON.parse(record.response),
    started_at: record.started_at,
    ended_at: record.ended_at,
  };
}
