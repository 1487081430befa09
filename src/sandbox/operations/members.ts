import { notFound } from '../errors.ts';
import { type Operation, type OperationRequest, param, profileOf, type Tenant } from '../operation.ts';
import type { ProfileRecord, VersionRecord } from '../record.ts';
import { versionOf } from '../store.ts';

/** E7. No parameters and no paging; the envelope is INF (API notes §1.6). */
export const listMembers: Operation = (tenant, request) => {
  const { profile, version } = versionAt(tenant, request);
  return { values: version.members.map((member) => tenant.present.member(profile, member)) };
};

function versionAt(tenant: Tenant, request: OperationRequest): { profile: ProfileRecord; version: VersionRecord } {
  const profile = profileOf(tenant, request);
  const version = versionOf(profile, Number(param(request, 'version')));
  if (version === undefined) throw notFound('access_profile_version', `${profile.id}/${param(request, 'version')}`);
  return { profile, version };
}
