import type { ActualEntitlement, Identity } from '../model/identity.ts';
import type { AccessRequest, AuditEntry, Datasource, LifecyclePolicy } from '../model/neighbours.ts';
import type { Page } from '../model/page.ts';
import { accessRequestDecoder } from '../wire/access-request.ts';
import { decodeAuditPage } from '../wire/audit.ts';
import { decodeDatasource } from '../wire/datasource.ts';
import type { Decoder, Place } from '../wire/decode.ts';
import { page, single } from '../wire/envelope.ts';
import { decodeActualEntitlement, decodeIdentity } from '../wire/identity.ts';
import { decodePolicyPage, policyOffset } from '../wire/policy.ts';
import { defineNeighbour, lifecycleBase, pathSegment } from './endpoint.ts';

interface ById {
  readonly id: string;
}

interface PageParams {
  readonly pageToken: string | null;
}

export interface ActualEntitlementsParams extends PageParams {
  readonly policyId: string;
  readonly identityId: string;
  /** The id in the source of identity, which the API demands besides. It may be a mail address. */
  readonly sourceEntityId: string;
}

/** Records of the audit log hold what was sent and answered, so that a few hundred of them may have megabytes. */
const auditPageSize = 500;
const maxAuditBytes = 64 * 1024 * 1024;

const datasources = '/api/v1/providers/datasources/lifecycle_managers';

/**
 * Operations beside the Access Profile API (neighbour notes §2 to §6). A tenant may lack any of them, and a key that reads
 * profiles may be refused here, so that a refusal says nothing about what else the key may read.
 */
export const neighbours = {
  listDatasources: defineNeighbour<PageParams, Page<Datasource>>({
    name: 'listDatasources',
    attempt: 'list data sources',
    path: () => datasources,
    query: ({ pageToken }) => ({ page_size: 100, page_token: pageToken }),
    decode: page(decodeDatasource),
  }),

  /** Its parameters are not documented: where a page begins is sent only where a page said that more follow. */
  listPolicies: defineNeighbour<PageParams, Page<LifecyclePolicy>>({
    name: 'listPolicies',
    attempt: 'list lifecycle policies',
    path: () => `${lifecycleBase}/policies`,
    query: ({ pageToken }) => {
      const offset = policyOffset(pageToken);
      return offset === null ? { page_token: pageToken } : { offset };
    },
    decode: (value, at, { pageToken }) => decodePolicyPage(value, at, pageToken),
  }),

  /** There is no documented list of identities, and no read of several. */
  readIdentity: defineNeighbour<ById, Identity>({
    name: 'readIdentity',
    attempt: 'read an identity',
    path: ({ id }) => `${lifecycleBase}/identities/${pathSegment(id)}`,
    decode: withId(decodeIdentity, ({ identityId }) => identityId),
    subject: ({ id }) => id,
  }),

  listActualEntitlements: defineNeighbour<ActualEntitlementsParams, Page<ActualEntitlement>>({
    name: 'listActualEntitlements',
    attempt: 'list the entitlements of an identity',
    path: ({ policyId, identityId }) =>
      `${lifecycleBase}/policies/${pathSegment(policyId)}/identities/${pathSegment(identityId)}:list_entitlements`,
    query: ({ sourceEntityId, pageToken }) => ({ identity_entity_id: sourceEntityId, page_token: pageToken }),
    decode: page(decodeActualEntitlement),
    subject: ({ identityId }) => identityId,
  }),

  readAccessRequest: defineNeighbour<ById, AccessRequest>({
    name: 'readAccessRequest',
    attempt: 'read an access request',
    path: ({ id }) => `${lifecycleBase}/access_requests/${pathSegment(id)}`,
    // Not `single`: the plans stand beside the request.
    decode: (value, at, { id }) => ofId(accessRequestDecoder(id)(value, at), ({ requestId }) => requestId, id, at),
    subject: ({ id }) => id,
  }),

  /** The audit log of the tenant (neighbour notes §8). A page token stands for the filter. */
  listAudit: defineNeighbour<PageParams & { readonly filter: string }, Page<AuditEntry>>({
    name: 'listAudit',
    attempt: 'read the audit log',
    path: () => '/api/preview/system/audit',
    query: ({ filter, pageToken }) => ({
      filter: pageToken === null ? filter : null,
      page_size: auditPageSize,
      page_token: pageToken,
    }),
    decode: decodeAuditPage,
    holdsInput: () => true,
    maxReplyBytes: maxAuditBytes,
  }),
} as const;

function withId<T>(decode: Decoder<T>, idOf: (value: T) => string) {
  const decodeOne = single(decode);
  return (value: unknown, at: Place, { id }: ById): T => ofId(decodeOne(value, at), idOf, id, at);
}

/** A reply about something else than what was asked for can't be used. */
function ofId<T>(found: T, idOf: (value: T) => string, id: string, at: Place): T {
  if (idOf(found) !== id) throw at.reply.invalid('it has another id than the one that was asked for');
  return found;
}
