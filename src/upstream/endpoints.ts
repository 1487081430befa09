import type { CreateProfileInput, CreateProfileTypeInput } from '../model/change-input.ts';
import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import type { Member, MembershipChange, Version } from '../model/version.ts';
import { isJsonObject, type Place } from '../wire/decode.ts';
import { decodeEcho, type Echo } from '../wire/echo.ts';
import {
  encodeMembershipChange,
  encodeProfile,
  encodeProfileChanges,
  encodeProfileType,
  encodeUpdateMask,
  encodeVersionChanges,
  type MaskForm,
  type MembershipChangeRequest,
  type ProfileChanges,
  type VersionChanges,
} from '../wire/encode.ts';
import { decodeIntegrations, page, single, statedPage } from '../wire/envelope.ts';
import { parseExactly } from '../wire/exact-numbers.ts';
import { decodeCreatedProfile, decodeProfile } from '../wire/profile.ts';
import { decodeProfileType } from '../wire/profile-type.ts';
import { decodeMembers, decodeMembershipChange, versionDecoder } from '../wire/version.ts';
import { lifecycleBase as base, defineEndpoint, pathSegment } from './endpoint.ts';

export interface ListProfilesParams {
  /** SCIM, or null for every profile. */
  readonly filter: string | null;
  readonly pageSize: number;
  readonly pageToken: string | null;
  readonly extraInfo: boolean;
  readonly includeRequestable?: boolean;
  /** Whether the API has yet to show that it takes the filter: an internal error is then an answer, and not retried. */
  readonly isTrial?: boolean;
}

/** The API sends the members of a version in one reply: one of 200,000 has about 50 MB. */
const maxMembersBytes = 64 * 1024 * 1024;

export interface VersionParams {
  readonly profileId: string;
  readonly versionNumber: number;
}

interface UpdateProfileParams {
  readonly profileId: string;
  readonly changes: ProfileChanges;
  readonly mask?: MaskForm;
}

interface UpdateVersionParams extends VersionParams {
  readonly changes: VersionChanges;
  readonly mask?: MaskForm;
}

const decodePage = page(decodeProfile);
const decodeFirstPage = statedPage(decodeProfile);
const decodeTypes = page(decodeProfileType);
const decodeFirstTypes = statedPage(decodeProfileType);

/** All parameters are repeated with a page token, as Veza's own client does (§3.4). */
const listOfProfiles = {
  name: 'listProfiles',
  attempt: 'list access profiles',
  method: 'GET',
  path: () => `${base}/access_profiles`,
  query: ({ filter, pageSize, pageToken, extraInfo, includeRequestable }: ListProfilesParams) => ({
    filter,
    page_size: pageSize,
    page_token: pageToken,
    // Left out rather than false: the default is documented, the value is not.
    entity_extra_info: extraInfo || null,
    include_requestable: includeRequestable || null,
  }),
  // A filter may match nothing, which proto3 JSON may leave out.
  decode: (value: unknown, at: Place, { filter, pageToken }: ListProfilesParams) =>
    filter === null && pageToken === null ? decodeFirstPage(value, at) : decodePage(value, at),
} as const;

/** The operations of the Veza API (API notes §1). There is no read of a profile by id: none is documented. */
export const endpoints = {
  /** E4. */
  listProfiles: defineEndpoint<ListProfilesParams, Page<Profile>>({
    ...listOfProfiles,
    decodeRows: (body, rows, at) => rows.read(body, at),
    holdsInput: ({ filter }) => filter !== null,
    isTrial: ({ isTrial }) => isTrial === true,
    exactly: defineEndpoint<ListProfilesParams, Page<Profile>>({ ...listOfProfiles, parse: parseExactly }),
  }),

  /** E2. Its parameters are undocumented (§1.5), so only a page token is ever sent, and only where a page announced one. */
  listProfileTypes: defineEndpoint<{ readonly pageToken: string | null }, Page<ProfileType>>({
    name: 'listProfileTypes',
    attempt: 'list access profile types',
    method: 'GET',
    path: () => `${base}/access_profiles_types`,
    query: ({ pageToken }) => ({ page_token: pageToken }),
    // The last of several pages may be empty, which proto3 JSON may leave out.
    decode: (value, at, { pageToken }) => (pageToken === null ? decodeFirstTypes : decodeTypes)(value, at),
  }),

  /** E7. Documented without paging; an envelope that announces more is followed all the same (§1.6). */
  listMembers: defineEndpoint<VersionParams & { readonly pageToken: string | null }, Page<Member>>({
    name: 'listMembers',
    attempt: 'list the members of an access profile version',
    method: 'GET',
    path: (request) => `${versionPath(request)}/members`,
    query: ({ pageToken }) => ({ page_token: pageToken }),
    decode: (value, at, { profileId }) => decodeMembers(value, at, profileId),
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
  updateProfile: defineEndpoint<UpdateProfileParams, { readonly echo: Echo }>({
    name: 'updateProfile',
    attempt: 'update an access profile',
    method: 'PATCH',
    path: ({ profileId }) => `${base}/access_profiles/${pathSegment(profileId)}`,
    query: ({ changes, mask }) => ({ update_mask: encodeUpdateMask(mask ?? 'none', encodeProfileChanges(changes)) }),
    body: ({ changes }) => encodeProfileChanges(changes),
    decode: (value) => ({ echo: decodeEcho(value) }),
    whenEmpty: { echo: null },
  }),

  /** E6. Without a version where the API took the change and does not repeat it. */
  updateVersion: defineEndpoint<UpdateVersionParams, { readonly echo: Echo; readonly version: Version | null }>({
    name: 'updateVersion',
    attempt: 'update an access profile version',
    method: 'PATCH',
    path: versionPath,
    query: ({ changes, mask }) => ({ update_mask: encodeUpdateMask(mask ?? 'none', encodeVersionChanges(changes)) }),
    body: ({ changes }) => encodeVersionChanges(changes),
    decode: (value, at, asked) => ({
      echo: decodeEcho(value),
      version: isEmptyObject(value) ? null : decodeVersion(value, at, asked),
    }),
    whenEmpty: { echo: null, version: null },
  }),

  /** E8. A 200 may still carry an error message. */
  changeMembers: defineEndpoint<MembershipChangeRequest, { readonly echo: Echo; readonly change: MembershipChange }>({
    name: 'changeMembers',
    attempt: 'change the members of an access profile version',
    method: 'PUT',
    path: (request) => `${versionPath(request)}/members`,
    body: encodeMembershipChange,
    decode: (value, at) => {
      // No list need show the change, so that nothing else would tell that this is no success.
      if (isErrorBody(value)) throw at.reply.invalid('it holds an error');
      return { echo: decodeEcho(value), change: single(decodeMembershipChange)(value, at) };
    },
    whenEmpty: { echo: null, change: { accessRequestId: null, accessRequestErrorMessage: null } },
  }),
} as const;

function decodeVersion(value: unknown, at: Place, { profileId, versionNumber }: VersionParams): Version {
  return single(versionDecoder(profileId, () => versionNumber))(value, at);
}

/** Whether a reply is the body of an error (API notes §4), whatever its status. */
function isErrorBody(value: unknown): boolean {
  return isJsonObject(value) && (Boolean(value['error']) || (Boolean(value['code']) && 'message' in value));
}

function isEmptyObject(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

export function versionPath({ profileId, versionNumber }: VersionParams): string {
  return `${base}/access_profiles/${pathSegment(profileId)}/versions/${versionNumber}`;
}
