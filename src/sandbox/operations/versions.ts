import { ApiError, notFound } from '../errors.ts';
import { Fields } from '../input.ts';
import { flag, type Operation, type OperationRequest, param, profileOf, type Tenant } from '../operation.ts';
import { type MemberRecord, type ProfileRecord, type VersionRecord, versionStates } from '../record.ts';
import { checkVersion } from '../rules.ts';
import { currentVersion, versionOf, withVersion } from '../store.ts';
import { readUpdateMask } from '../update-mask.ts';
import { readVersionContent, versionFields } from '../version-input.ts';

/** The profile and the version that the path names; 404 unless both exist. */
export function versionAt(
  tenant: Tenant,
  request: OperationRequest,
): { readonly profile: ProfileRecord; readonly version: VersionRecord } {
  const profile = profileOf(tenant, request);
  const version = versionOf(profile, versionNumber(request));
  if (version === undefined) throw noVersion(profile, request);
  return { profile, version };
}

/** Behind `unlistedReads`: nobody documents how a draft is read (API notes §1.0). */
export const getVersion: Operation = (tenant, request) => {
  const { profile, version } = versionAt(tenant, request);
  const entityExtraInfo = flag(request, 'entity_extra_info');
  return { value: tenant.present.version(profile, version, { entityExtraInfo }) };
};

/**
 * E6. The published version changes in place (INF: API notes §6.1). The rest of the life of a version is UNK there, and a guess
 * here: the number after the latest one makes a draft, a draft that is given the state PUBLISHED replaces the published version.
 */
export const updateVersion: Operation = (tenant, request) => {
  const { store, settings, clock, present } = tenant;
  const { caller } = request;
  const profile = profileOf(tenant, request);
  const before = versionOf(profile, versionNumber(request)) ?? newDraft(tenant, request, profile);
  if (before.state === 'RETIRED') throw refused(`Version ${before.version_number} is retired.`);

  const fields = Fields.ofBody(request.body).only(readUpdateMask(request.query, ['state', ...versionFields]));
  const content = readVersionContent(fields);
  const state = fields.enum('state', versionStates) ?? before.state;
  fields.check();
  if (state !== before.state && state !== 'PUBLISHED') {
    throw refused(`A version that is ${before.state} cannot become ${state}.`);
  }
  const after: VersionRecord = { ...before, ...content, updated_at: clock.now() };
  const type = store.type(profile.profile_type);
  if (type !== undefined) {
    const heldParents = before.inherit_entities_from_access_profiles;
    fields.note(checkVersion(store, settings, { version: after, type, profileId: profile.id, caller, heldParents }));
    fields.check();
  }
  const publishes = before.state === 'DRAFT' && state === 'PUBLISHED';
  const result = publishes ? publish(profile, after, caller.user) : save(profile, after);
  store.putProfile(result);
  return { value: present.version(result, versionOf(result, after.version_number) ?? after) };
};

/** A copy of the published version; there is one draft at most (DOC), so the number has to be the next one. */
function newDraft(tenant: Tenant, request: OperationRequest, profile: ProfileRecord): VersionRecord {
  const number = versionNumber(request);
  const latest = Math.max(0, ...profile.versions.map((version) => version.version_number));
  const current = currentVersion(profile);
  const isNext = number === latest + 1 && profile.draft_version_number === 0;
  if (!isNext || current === undefined) throw noVersion(profile, request);
  return {
    ...current,
    version_number: number,
    state: 'DRAFT',
    members: [],
    created_by: request.caller.user,
    created_at: tenant.clock.now(),
    published_by: '',
    published_at: null,
  };
}

function save(profile: ProfileRecord, version: VersionRecord): ProfileRecord {
  const saved = { ...withVersion(profile, version), updated_at: version.updated_at };
  return version.state === 'DRAFT' ? { ...saved, draft_version_number: version.version_number } : saved;
}

function publish(profile: ProfileRecord, draft: VersionRecord, user: string): ProfileRecord {
  const old = currentVersion(profile);
  const retired = old && withVersion(profile, { ...old, state: 'RETIRED', updated_at: draft.updated_at });
  const live: VersionRecord = {
    ...draft,
    state: 'PUBLISHED',
    // Members are carried over (INF: API notes §6.1).
    members: joinMembers(old?.members ?? [], draft.members),
    published_by: user,
    published_at: draft.updated_at,
  };
  return {
    ...withVersion(retired ?? profile, live),
    current_version_number: live.version_number,
    draft_version_number: 0,
    updated_at: draft.updated_at,
  };
}

function joinMembers(kept: readonly MemberRecord[], added: readonly MemberRecord[]): readonly MemberRecord[] {
  const known = new Set(kept.map((member) => member.identity_id));
  return [...kept, ...added.filter((member) => !known.has(member.identity_id))];
}

/** NaN for what is not a number: no version has it. */
function versionNumber(request: OperationRequest): number {
  const text = param(request, 'version');
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function noVersion(profile: ProfileRecord, request: OperationRequest): ApiError {
  return notFound('access_profile_version', `${profile.id}/${param(request, 'version')}`);
}

function refused(message: string): ApiError {
  return new ApiError('FailedPrecondition', { message });
}
