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

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** `{name}` stands for one segment. */
  readonly path: string;
  readonly operation: Operation;
  /** Absent: always there. */
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
  { method: 'POST', path: `${base}/access_profiles_types`, operation: createType },
  { method: 'GET', path: `${base}/access_profiles_types`, operation: listTypes },
  { method: 'POST', path: `${base}/access_profiles`, operation: createProfile },
  { method: 'GET', path: `${base}/access_profiles`, operation: listProfiles },
  { method: 'PATCH', path: profile, operation: updateProfile },
  { method: 'PATCH', path: version, operation: updateVersion },
  { method: 'GET', path: `${version}/members`, operation: listMembers },
  { method: 'PUT', path: `${version}/members`, operation: updateMembers },
  { method: 'GET', path: `${base}/access_profiles:available_integrations`, operation: listIntegrations },
  {
    method: 'GET',
    path: profile,
    operation: getProfile,
    where: ({ unlistedReads, versionParameter }) => unlistedReads || versionParameter !== 'off',
  },
  {
    method: 'GET',
    path: version,
    operation: getVersion,
    where: ({ unlistedReads, versionRead }) => unlistedReads || versionRead,
  },
  { method: 'GET', path: `${profile}/versions`, operation: listVersions, where: ({ versionList }) => versionList },
  { method: 'POST', path: `${profile}/versions`, operation: createDraft, where: ({ drafts }) => drafts === 'post' },
  { method: 'GET', path: datasources, operation: listDatasources, neighbour: 'datasources' },
  { method: 'GET', path: `${datasources}/{id}`, operation: getDatasource, neighbour: 'datasources' },
  {
    method: 'GET',
    path: `${datasources}:by_action_type`,
    operation: listDatasourcesByAction,
    neighbour: 'datasources',
  },
  { method: 'GET', path: `${base}/identities/{id}`, operation: getIdentity, neighbour: 'identities' },
  {
    method: 'GET',
    path: `${policyIdentity}:list_entitlements`,
    operation: listEntitlements,
    neighbour: 'entitlements',
  },
  { method: 'GET', path: `${base}/policies`, operation: listPolicies, neighbour: 'policies' },
  { method: 'GET', path: `${base}/policies/{id}`, operation: getPolicy, neighbour: 'policies' },
  { method: 'POST', path: `${policyIdentity}:dry_run`, operation: dryRun, neighbour: 'dry-run', reads: true },
  { method: 'GET', path: `${base}/access_requests/{id}`, operation: getAccessRequest, neighbour: 'access-requests' },
  { method: 'GET', path: '/api/preview/system/audit', operation: listAudit, neighbour: 'audit' },
];

const compiled = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The operation at a method and path; 404 for an unknown path, 405 for another method of a known one (both guesses). */
export function matchRoute(
  method: string,
  path: string,
  settings: Settings,
): { operation: Operation; writes: boolean; hasBody: boolean; params: Record<string, string> } {
  const allowed: string[] = [];
  for (const { route, pattern } of compiled) {
    const match = pattern.exec(path);
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
