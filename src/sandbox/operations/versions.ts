import { ApiError, notFound } from '../errors.ts';
import { changesOf, defined, Fields } from '../input.ts';
import { flag, type Operation, type OperationRequest, param, profileOf, type Tenant } from '../operation.ts';
import { pageOf } from '../paging.ts';
import {
  type MemberRecord,
  type ProfileRecord,
  type VersionRecord,
  type VersionState,
  versionStates,
} from '../record.ts';
import { checkVersion } from '../rules.ts';
import type { Settings } from '../settings.ts';
import { currentVersion, versionOf, withVersion } from '../store.ts';
import { readVersionContent } from '../version-input.ts';

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

/** Not documented: how a draft is read is UNK (API notes §1.0). */
export const getVersion: Operation = (tenant, request) => {
  const { profile, version } = versionAt(tenant, request);
  const entityExtraInfo = flag(request, 'entity_extra_info');
  return { value: tenant.present.version(profile, version, { entityExtraInfo }) };
};

/** Not documented either. Oldest first, in pages as all lists. */
export const listVersions: Operation = (tenant, request) => {
  const { settings, present } = tenant;
  const profile = profileOf(tenant, request);
  return pageOf(request.query, settings, {
    all: profile.versions,
    boundTo: ['versions', profile.id],
    present: (version) => present.version(profile, version),
  });
};

/** Not documented: one way in which drafts may come into being. The body may hold what it changes. */
export const createDraft: Operation = (tenant, request) => {
  const profile = profileOf(tenant, request);
  if (profile.draft_version_number !== 0) throw refused(`Version ${profile.draft_version_number} is a draft already.`);
  const draft = newDraft(tenant, request, profile);
  if (draft === undefined) throw refused('There is no version to copy.');
  const fields = Fields.ofBody(request.body);
  const after: VersionRecord = { ...draft, ...defined(readVersionContent(fields)), updated_at: tenant.clock.now() };
  checkContent(tenant, request, fields, profile, draft, after);
  const result = save(profile, after);
  tenant.store.putProfile(result);
  return { value: tenant.present.version(result, after) };
};

/**
 * E6. The published version changes in place (INF: API notes §6.1). The rest of the life of a version is UNK there, and a guess
 * here: the number after the latest one makes a draft, a draft that is given the state PUBLISHED replaces the published version,
 * one that is given RETIRED is dropped. `drafts`, `publishing`, `retiring` and `publishedVersion` are the other readings.
 */
export const updateVersion: Operation = (tenant, request) => {
  const { store, settings, clock, present } = tenant;
  const profile = profileOf(tenant, request);
  const before = versionOf(profile, versionNumber(request)) ?? draftOfNumber(tenant, request, profile);
  if (before.state === 'RETIRED') throw refused(`Version ${before.version_number} is retired.`);

  const fields = Fields.ofBody(request.body);
  const { state: asked = before.state, ...content } = changesOf(request.query, {
    state: fields.enum('state', versionStates),
    ...readVersionContent(fields),
  });
  fields.check();
  const masked = /\bstate\b/.test(request.query.get('update_mask') ?? '');
  const state = settings.publishing === 'mask' && asked === 'PUBLISHED' && !masked ? before.state : asked;
  if (state !== before.state) checkTransition(settings, before, state);
  const after: VersionRecord = { ...before, ...content, updated_at: clock.now() };
  checkContent(tenant, request, fields, profile, before, after);

  const { profile: result, number } = settle(tenant, request, profile, { before, after, state, content });
  store.putProfile(result);
  return { value: present.version(result, versionOf(result, number) ?? after) };
};

/** 400 for a change of state that this tenant does not know. */
function checkTransition({ publishing, retiring }: Settings, before: VersionRecord, state: VersionState): void {
  const isDraft = before.state === 'DRAFT';
  const publishes = isDraft && state === 'PUBLISHED' && publishing !== 'none';
  const retires = state === 'RETIRED' && (isDraft ? retiring !== 'none' : retiring === 'any');
  if (!publishes && !retires) throw refused(`A version that is ${before.state} cannot become ${state}.`);
}

/** The profile after a change of a version, and under which number the change is. */
function settle(
  tenant: Tenant,
  request: OperationRequest,
  profile: ProfileRecord,
  change: { before: VersionRecord; after: VersionRecord; state: VersionState; content: Partial<VersionRecord> },
): { readonly profile: ProfileRecord; readonly number: number } {
  const { before, after, state, content } = change;
  const number = after.version_number;
  if (state === 'RETIRED') return { profile: retire(profile, after), number };
  if (before.state === 'DRAFT' && state === 'PUBLISHED') {
    return { profile: publish(profile, after, request.caller.user), number };
  }
  if (before.state === 'PUBLISHED' && tenant.settings.publishedVersion !== 'changes') {
    if (tenant.settings.publishedVersion === 'refused') throw refused(`Version ${number} is published.`);
    const draft = versionOf(profile, profile.draft_version_number) ?? newDraft(tenant, request, profile) ?? after;
    const changed = { ...draft, ...content, updated_at: after.updated_at };
    return { profile: save(profile, changed), number: changed.version_number };
  }
  return { profile: save(profile, after), number };
}

/** 400 for what the type or the graph has against it. */
function checkContent(
  { store, settings }: Tenant,
  { caller }: OperationRequest,
  fields: Fields,
  profile: ProfileRecord,
  before: VersionRecord,
  version: VersionRecord,
): void {
  const type = store.type(profile.profile_type);
  if (type !== undefined) {
    const heldParents = before.inherit_entities_from_access_profiles;
    fields.note(checkVersion(store, settings, { version, type, profileId: profile.id, caller, heldParents }));
  }
  fields.check();
}

/** The draft that a PATCH makes: there is one at most (DOC), so the number has to be the next one. Else 404. */
function draftOfNumber(tenant: Tenant, request: OperationRequest, profile: ProfileRecord): VersionRecord {
  const makes = tenant.settings.drafts === 'patch' && profile.draft_version_number === 0;
  const draft = makes ? newDraft(tenant, request, profile) : undefined;
  if (draft === undefined || draft.version_number !== versionNumber(request)) throw noVersion(profile, request);
  return draft;
}

/** A copy of the published version under the next number. */
function newDraft(tenant: Tenant, request: OperationRequest, profile: ProfileRecord): VersionRecord | undefined {
  const current = currentVersion(profile);
  if (current === undefined) return undefined;
  return {
    ...current,
    version_number: 1 + Math.max(...profile.versions.map((version) => version.version_number)),
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

/** Without a draft then, or without a published version. */
function retire(profile: ProfileRecord, version: VersionRecord): ProfileRecord {
  const saved = save(profile, { ...version, state: 'RETIRED' });
  return version.state === 'DRAFT' ? { ...saved, draft_version_number: 0 } : { ...saved, current_version_number: 0 };
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
