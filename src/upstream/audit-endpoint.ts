import type { AuditEntry } from '../model/neighbours.ts';
import type { Page } from '../model/page.ts';
import { decodeAuditPage } from '../wire/audit.ts';
import { defineEndpoint } from './endpoint.ts';

interface ListAuditParams {
  readonly filter: string;
  readonly pageToken: string | null;
}

/** Records hold what was sent and answered, so that a few hundred of them may have megabytes. */
const pageSize = 500;
const maxReplyBytes = 64 * 1024 * 1024;

/** The audit log of the tenant (neighbour notes §8). A page token stands for the filter. */
export const listAudit = defineEndpoint<ListAuditParams, Page<AuditEntry>>({
  name: 'listAudit',
  attempt: 'read the audit log',
  method: 'GET',
  isNeighbour: true,
  path: () => '/api/preview/system/audit',
  query: ({ filter, pageToken }) => ({
    filter: pageToken === null ? filter : null,
    page_size: pageSize,
    page_token: pageToken,
  }),
  decode: decodeAuditPage,
  holdsInput: () => true,
  maxReplyBytes,
});
