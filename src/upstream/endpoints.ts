import type { CreateProfileInput, CreateProfileTypeInput } from '../model/change-input.ts';
import type { Member, MembershipChange } from '../model/member.ts';
import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { Version } from '../model/version.ts';
import { isJsonObject } from '../wire/decode.ts';
import {
  encodeMembershipChange,
  encodeProfile,
  encodeProfileChanges,
  encodeProfileType,
  encodeVersionChanges,
  type MembershipChangeRequest,
  type ProfileChanges,
  type VersionChanges,
} from '../wire/encode.ts';
import { page, single } from '../wire/envelope.ts';
import { decodeIntegrations } from '../wire/integrations.ts';
import { decodeMember, decodeMembershipChange } from '../wire/member.ts';
import { decodeCreatedProfile, decodeProfile } from '../wire/profile.ts';
import { decodeProfileType } from '../wire/profile-type.ts';
import { decodeVersion } from '../wire/version.ts';
import { defineEndpoint } from './endpoint.ts';

export interface ListProfilesParams {
  /** SCIM, or null for every profile. */
  readonly filter: string | null;
  readonly pageSize: number;
  readonly pageToken: string | null;
  readonly extraInfo: boolean;
  /** Whether the API has yet to show that it takes the filter: an internal error is then an answer, and not retried. */
  readonly isTrial?: boolean;
}

/** The API sends the members of a version in one reply: one of 200,000 has about 50 MB. */
const maxMembersBytes = 64 * 1024 * 1024;

const base = '/api/private/lifecycle_management';

/** The operations of the Access Profile API (API notes §1). There is no read of a profile by id: none is documented. */
export const endpoints = {
  /** E4. All parameters are repeated with a page token, as Veza's own client does (§3.4). */
  listProfiles: defineEndpoint<ListProfilesParams, Page<Profile>>({
    name: 'listProfiles',
    attempt: 'list access profiles',
    method: 'GET',
    path: () => `${base}/access_profiles`,
    query: ({ filter, pageSize, pageToken, extraInfo }) => ({
      filter,
      page_size: pageSize,
      page_token: pageToken,
      // Left out rather than false: the default is documented, the value is not.
      entity_extra_info: extraInfo || null,
    }),
    decode: page(decodeProfile),
    decodeRows: (body, rows, notes) => rows.read(body, notes),
    holdsInput: ({ filter }) => filter !== null,
    isTrial: ({ isTrial }) => isTrial === true,
  }),

  /** E2. Its parameters are undocumented (§1.5), so only a page token is ever sent, and only where a page announced one. */
  listProfileTypes: defineEndpoint<{ readonly pageToken: string | null }, Page<ProfileType>>({
    name: 'listProfileTypes',
    attempt: 'list access profile types',
    method: 'GET',
    path: () => `${base}/access_profiles_types`,
    query: ({ pageToken }) => ({ page_token: pageToken }),
    decode: page(decodeProfileType),
  }),

  /** E7. Documented without paging; an envelope that announces more is followed all the same (§1.6). */
  listMembers: defineEndpoint<
    { readonly profileId: string; readonly versionNumber: number; readonly pageToken: string | null },
    Page<Member>
  >({
    name: 'listMembers',
    attempt: 'list the members of an access profile version',
    method: 'GET',
    path: ({ profileId, versionNumber }) =>
      `${base}/access_profiles/${segment(profileId)}/versions/${versionNumber}/members`,
    query: ({ pageToken }) => ({ page_token: pageToken }),
    decode: page(decodeMember),
    subject: ({ profileId }) => profileId,
    maxReplyBytes: maxMembersBytes,
  }),

  /** E9. */
  listIntegrations: defineEndpoint<null, readonly string[]>({
    name: 'listIntegrations',
    attempt: 'list the available integrations',
    method: 'GET',
    path: () => `${base}/access_profiles:available_integrations`,
    decode: decodeIntegrations,
  }),

  /** E1. */
  createProfileType: defineEndpoint<CreateProfileTypeInput, ProfileType>({
    name: 'createProfileType',
    attempt: 'create an access profile type',
    method: 'POST',
    path: () => `${base}/access_profiles_types`,
    body: encodeProfileType,
    decode: single(decodeProfileType),
  }),

  /** E3. */
  createProfile: defineEndpoint<CreateProfileInput, Profile>({
    name: 'createProfile',
    attempt: 'create an access profile',
    method: 'POST',
    path: () => `${base}/access_profiles`,
    body: encodeProfile,
    decode: decodeCreatedProfile,
  }),

  /** E5. Its reply may be only a part of the profile (§9), so the profile is read again instead. */
  updateProfile: defineEndpoint<{ readonly profileId: string; readonly changes: ProfileChanges }, null>({
    name: 'updateProfile',
    attempt: 'update an access profile',
    method: 'PATCH',
    path: ({ profileId }) => `${base}/access_profiles/${segment(profileId)}`,
    body: ({ changes }) => encodeProfileChanges(changes),
    decode: () => null,
    whenEmpty: null,
  }),

  /** E6. null: the API took the change and does not repeat it. */
  updateVersion: defineEndpoint<
    { readonly profileId: string; readonly versionNumber: number; readonly changes: VersionChanges },
    Version | null
  >({
    name: 'updateVersion',
    attempt: 'update an access profile version',
    method: 'PATCH',
    path: ({ profileId, versionNumber }) => `${base}/access_profiles/${segment(profileId)}/versions/${versionNumber}`,
    body: ({ changes }) => encodeVersionChanges(changes),
    decode: (value, notes) => (isEmptyObject(value) ? null : single(decodeVersion)(value, notes)),
    whenEmpty: null,
  }),

  /** E8. A 200 may still carry an error message. */
  changeMembers: defineEndpoint<MembershipChangeRequest, MembershipChange>({
    name: 'changeMembers',
    attempt: 'change the members of an access profile version',
    method: 'PUT',
    path: ({ profileId, versionNumber }) =>
      `${base}/access_profiles/${segment(profileId)}/versions/${versionNumber}/members`,
    body: encodeMembershipChange,
    decode: single(decodeMembershipChange),
    whenEmpty: { accessRequestId: null, accessRequestErrorMessage: null },
  }),

  /**
   * Undocumented, and only of use for a draft, which no documented call can read (§1.0): it is tried, and an API without
   * it answers 404 or the like.
   */
  readVersion: defineEndpoint<{ readonly profileId: string; readonly versionNumber: number }, Version>({
    name: 'readVersion',
    attempt: 'read an access profile version',
    method: 'GET',
    path: ({ profileId, versionNumber }) => `${base}/access_profiles/${segment(profileId)}/versions/${versionNumber}`,
    decode: single(decodeVersion),
    subject: ({ profileId }) => profileId,
  }),
} as const;

function isEmptyObject(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/**
 * An id as one path segment. `.` and `..` survive percent-encoding and would climb the path, so they are refused;
 * throws RangeError.
 */
function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new RangeError('not an id');
  return encodeURIComponent(id);
}
