import { Fields } from '../input.ts';
import type { Operation } from '../operation.ts';
import { memberUpdates } from '../record.ts';
import { withVersion } from '../store.ts';
import { addedByHand } from '../world.ts';
import { checkEnabled, requestAccess } from './access-requests.ts';
import { versionAt } from './versions.ts';

/** E7. No parameters and no paging; the envelope is INF (API notes §1.6). */
export const listMembers: Operation = (tenant, request) => {
  const { profile, version } = versionAt(tenant, request);
  return { values: version.members.map((member) => tenant.present.member(profile, member)) };
};

/**
 * E8. Identities that lifecycle management does not know are told in the text of a 200 (UNK: API notes §1.6); the others are
 * added or removed, and nothing is said about those that were or were not there before. Access is requested for running
 * profiles and published versions only (DOC: §6.4).
 */
export const updateMembers: Operation = (tenant, request) => {
  const { store, clock, settings } = tenant;
  checkEnabled(tenant);
  const { profile, version } = versionAt(tenant, request);
  const fields = Fields.ofBody(request.body);
  // All four are required (DOC, the curated table).
  const profileId = fields.requiredString('access_profile_id');
  if (profileId !== '' && profileId !== profile.id) fields.violate('access_profile_id', 'The path names another.');
  const number = fields.integer('version_number');
  if (number !== version.version_number) fields.violate('version_number', 'The path names another.');
  const type = fields.requiredEnum('type', memberUpdates);
  const ids = new Set(fields.strings('identity_ids') ?? []);
  if (ids.size === 0) fields.violate('identity_ids', 'This field is required.');
  fields.check();

  const known = [...ids].filter((id) => store.identity(id) !== undefined);
  const unknown = [...ids].filter((id) => store.identity(id) === undefined);
  const present = new Set(version.members.map((member) => member.identity_id));
  const members =
    type === 'REMOVE'
      ? version.members.filter((member) => !ids.has(member.identity_id))
      : [...version.members, ...known.filter((id) => !present.has(id)).map(addedByHand)];
  const changed = members.length !== version.members.length;
  const message = unknown.length === 0 ? '' : `Not managed by lifecycle management: ${unknown.join(', ')}.`;
  const nothing = { access_request_id: '', access_request_error_message: message };
  if (!changed) return nothing;
  const now = clock.now();
  const after = { ...withVersion(profile, { ...version, members, updated_at: now }), updated_at: now };
  store.putProfile(after);
  if (profile.state !== 'RUNNING' || version.state !== 'PUBLISHED') return nothing;
  if (settings.accessRequests === 'refused') {
    return { ...nothing, access_request_error_message: `${message} The request was refused.`.trimStart() };
  }
  const isGrant = type === 'ADD';
  const accessRequest = requestAccess(tenant, after, {
    request_type: isGrant ? 'GRANT' : 'REVOKE',
    identity_ids: known.filter((id) => present.has(id) !== isGrant),
  });
  return { ...nothing, access_request_id: accessRequest.id };
};
