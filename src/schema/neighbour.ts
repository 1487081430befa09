import type { GraphQLResolveInfo } from 'graphql';
import type { MaybePromise } from '../loaders/call.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Identity } from '../model/identity.ts';
import type { AccessRequest, Datasource, LifecyclePolicy } from '../model/neighbours.ts';
import { unreadAccessRequest } from '../wire/access-request.ts';
import { unreadDatasource } from '../wire/datasource.ts';
import { unreadIdentity } from '../wire/identity.ts';
import { unreadPolicy } from '../wire/policy.ts';
import { selectsBeyond } from './selection.ts';

/** Data source of an id; not read if the operation selects only its ids. */
export function datasourceOf(
  datasourceId: string | null,
  { datasources }: Loaders,
  info: GraphQLResolveInfo,
): MaybePromise<Datasource | null> {
  if (!datasourceId) return null;
  return selectsBeyond(info, ['__typename', 'id', 'datasourceId'])
    ? datasources.reference(datasourceId)
    : unreadDatasource({ datasourceId });
}

/** Lifecycle policy of an id; not read if the operation selects only its ids. */
export function policyOf(
  policyId: string | null,
  { policies }: Loaders,
  info: GraphQLResolveInfo,
): MaybePromise<LifecyclePolicy | null> {
  if (!policyId) return null;
  return selectsBeyond(info, ['__typename', 'id', 'policyId'])
    ? policies.reference(policyId)
    : unreadPolicy({ policyId });
}

/** Fields of an identity that a list of members gives as well. */
const memberFields = ['__typename', 'id', 'identityId', 'name'];

/** Whether an operation selects more of an identity, at `path` in the resolved field, than a list of members gives. */
export function needsIdentity(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  return selectsBeyond(info, memberFields, ...path);
}

/** Identity of a member; not read if the operation selects only what the list of members gives. */
export function identityOf(
  { identityId, identityName }: { readonly identityId: string; readonly identityName: string | null },
  { identities }: Loaders,
  info: GraphQLResolveInfo,
): MaybePromise<Identity | null> {
  const isEnough = !needsIdentity(info) && identityName !== null;
  return isEnough ? unreadIdentity({ identityId, name: identityName }) : identities.load(identityId);
}

/** Access request of an id; not read if the operation selects only its ids. */
export function accessRequestOf(
  requestId: string | null,
  { accessRequests }: Loaders,
  info: GraphQLResolveInfo,
): MaybePromise<AccessRequest | null> {
  if (!requestId) return null;
  return selectsBeyond(info, ['__typename', 'id', 'requestId'])
    ? accessRequests.load(requestId)
    : unreadAccessRequest({ requestId });
}
