import { ApiError } from './errors.ts';
import type { Operation } from './operation.ts';
import { getAccessRequest } from './operations/access-requests.ts';
import { listAudit } from './operations/audit.ts';
import { getDatasource, listDatasources, listDatasourcesByAction, listIntegrations } from './operations/datasources.ts';
import { dryRun } from './operations/dry-run.ts';
import { getIdentity, listEntitlements } from './operations/identities.ts';
import { listMembers, updateMembers } from './operations/members.ts';
import { getPolicy, listPolicies } from './operations/policies.ts';
import { createProfile, getProfile, listProfiles, updateProfile } from './operations/profiles.ts';
import { createType, listTypes } from './operations/types.ts';
import { createDraft, getVersion, listVersions, updateVersion } from './operations/versions.ts';
import type { Neighbour, Settings } from './settings.ts';

/** Method, path (`{name}` stands for one segment), operation, and the conditions under which it is there. */
type Route = readonly [method: 'GET' | 'POST' | 'PATCH' | 'PUT', path: string, operation: Operation, only?: Conditions];

interface Conditions {
  readonly where?: (settings: Settings) => boolean;
  readonly neighbour?: Neighbour;
  /** A POST that changes nothing. */
  readonly reads?: true;
}

const base = '/api/private/lifecycle_management';
const profile = `${base}/access_profiles/{id}`;
const version = `${profile}/versions/{version}`;
const datasources = '/api/v1/providers/datasources/lifecycle_managers';
const policyIdentity = `${base}/policies/{policy}/identities/{id}`;

/** All operations on profiles (DOC: API notes §1, E1 to E9), calls that are not documented, and what lies beside profiles. */
const routes: readonly Route[] = [
  ['POST', `${base}/access_profiles_types`, createType],
  ['GET', `${base}/access_profiles_types`, listTypes],
  ['POST', `${base}/access_profiles`, createProfile],
  ['GET', `${base}/access_profiles`, listProfiles],
  ['PATCH', profile, updateProfile],
  ['PATCH', version, updateVersion],
  ['GET', `${version}/members`, listMembers],
  ['PUT', `${version}/members`, updateMembers],
  ['GET', `${base}/access_profiles:available_integrations`, listIntegrations],
  ['GET', profile, getProfile, { where: (given) => given.unlistedReads || given.versionParameter !== 'off' }],
  ['GET', version, getVersion, { where: (given) => given.unlistedReads || given.versionRead }],
  ['GET', `${profile}/versions`, listVersions, { where: ({ versionList }) => versionList }],
  ['POST', `${profile}/versions`, createDraft, { where: ({ drafts }) => drafts === 'post' }],
  ['GET', datasources, listDatasources, { neighbour: 'datasources' }],
  ['GET', `${datasources}/{id}`, getDatasource, { neighbour: 'datasources' }],
  ['GET', `${datasources}:by_action_type`, listDatasourcesByAction, { neighbour: 'datasources' }],
  ['GET', `${base}/identities/{id}`, getIdentity, { neighbour: 'identities' }],
  ['GET', `${policyIdentity}:list_entitlements`, listEntitlements, { neighbour: 'entitlements' }],
  ['GET', `${base}/policies`, listPolicies, { neighbour: 'policies' }],
  ['GET', `${base}/policies/{id}`, getPolicy, { neighbour: 'policies' }],
  ['POST', `${policyIdentity}:dry_run`, dryRun, { neighbour: 'dry-run', reads: true }],
  ['GET', `${base}/access_requests/{id}`, getAccessRequest, { neighbour: 'access-requests' }],
  ['GET', '/api/preview/system/audit', listAudit, { neighbour: 'audit' }],
];

const compiled = routes.map(([method, path, operation, only = {}]) => ({
  method,
  operation,
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  ...only,
}));

/** The operation at a method and path; 404 for an unknown path, 405 for another method of a known one (both guesses). */
export function matchRoute(
  method: string,
  path: string,
  settings: Settings,
): { operation: Operation; writes: boolean; hasBody: boolean; params: Record<string, string> } {
  const allowed: string[] = [];
  for (const route of compiled) {
    const match = route.pattern.exec(path);
    if (match === null || route.where?.(settings) === false) continue;
    const trouble = route.neighbour === undefined ? undefined : settings.neighbours[route.neighbour];
    if (trouble === 'absent') continue;
    if (trouble === 'forbidden') throw new ApiError('PermissionDenied');
    if (trouble === 'failing') throw new ApiError('Internal');
    allowed.push(route.method);
    if (route.method !== method) continue;
    const hasBody = method !== 'GET';
    const writes = hasBody && route.reads !== true;
    return { operation: route.operation, writes, hasBody, params: decodeParams(match.groups ?? {}) };
  }
  throw new ApiError(allowed.length > 0 ? 'Unimplemented' : 'NotFound');
}

function decodeParams(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeSegment(text)]));
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
