import { GatewayError, UpstreamError } from '../errors.ts';
import type { CreateProfileInput, CreateProfileTypeInput, UpdateProfileInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { isSameSet } from '../model/same-set.ts';
import { endpoints } from '../upstream/endpoints.ts';
import type { ProfileChanges } from '../wire/encode.ts';
import { type FieldViolation, InvalidInput, refuseIf } from './failure.ts';
import { checkProposal, grantOf } from './rules.ts';
import type { ChangeSession } from './session.ts';
import { apiId, apiIds, checkEntitlements, checkLabels, checkName, checkNotNull, checkTexts } from './validate.ts';
import { refuseIfChanged, writeAndRead } from './write.ts';

/** Creates a type. The API decides which combinations of rules make sense. */
export async function createProfileType(session: ChangeSession, input: CreateProfileTypeInput): Promise<ProfileType> {
  refuseIf([
    ...checkName(input.name, 'input.name'),
    ...(input.maxEntitlements && input.maxEntitlements < 0
      ? [{ field: 'input.maxEntitlements', description: 'must not be negative; leave it out for no limit.' }]
      : []),
  ]);
  const { allowInheritedFromTypes } = input;
  const request = allowInheritedFromTypes
    ? {
        ...input,
        allowInheritedFromTypes: apiIds('AccessProfileType', allowInheritedFromTypes, 'input.allowInheritedFromTypes'),
      }
    : input;
  const type = await session
    .call(endpoints.createProfileType, request)
    .catch((error: unknown) => unclearCreation(error, 'type', input.name));
  session.refresh();
  return type;
}

/** Creates a profile, after its grants and parents have been checked against the rules of its type. */
export async function createProfile(session: ChangeSession, input: CreateProfileInput): Promise<Profile> {
  refuseIf([
    ...checkName(input.name, 'input.name'),
    ...checkState(input.state),
    ...checkLabels(input.labels, 'input.labels'),
    ...checkEntitlements(input.entitlements, 'input.entitlements'),
  ]);
  const typeId = apiId('AccessProfileType', input.type, 'input.type');
  const parentIds = apiIds('AccessProfile', input.inheritsFrom ?? [], 'input.inheritsFrom');
  await checkProposal(session.refresh(), {
    profileId: null,
    typeId,
    before: null,
    after: { entitlements: (input.entitlements ?? []).map(grantOf), parentIds },
    addedParents: parentIds.map((id, i) => ({ id, field: `input.inheritsFrom.${i}` })),
    accessRequestPolicyId: input.accessRequestPolicyId || null,
  });
  const request: CreateProfileInput = {
    ...input,
    type: typeId,
    ...(input.inheritsFrom && { inheritsFrom: parentIds }),
    ...(input.labels && { labels: [...new Set(input.labels)] }),
  };
  const created = await session
    .call(endpoints.createProfile, request)
    .catch((error: unknown) => unclearCreation(error, 'profile', input.name));
  return readCreated(session, created);
}

/**
 * Reads a new profile, since the reply may hold only a part of it (API notes §9). Where that fails, the error names the
 * profile's id, so that nobody creates it once more.
 */
async function readCreated(session: ChangeSession, created: Profile): Promise<Profile> {
  try {
    // A list may not show the new one at once.
    return (await session.refresh().profiles.load(created.profileId)) ?? created;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const message = `The profile was created as ${created.profileId} and could not be read again. Read ${created.profileId}; do not create the profile once more.`;
    const upstream = error instanceof UpstreamError ? error.upstream : {};
    throw new UpstreamError('WRITE_OUTCOME_UNKNOWN', message, upstream, { cause: error });
  }
}

/** Nobody knows the id of what may have been created: only its name can be looked for. */
function unclearCreation(error: unknown, what: 'profile' | 'type', name: string): never {
  if (!(error instanceof UpstreamError) || error.code !== 'WRITE_OUTCOME_UNKNOWN') throw error;
  const message = `The Access Profile API was asked to create a ${what} and did not say how that ended: it may be there or not. Look for a ${what} named "${name}" before you create it again.`;
  throw new UpstreamError(error.code, message, error.upstream, { cause: error });
}

/** Changes what the input names, and nothing else. */
export async function updateProfile(session: ChangeSession, input: UpdateProfileInput): Promise<Profile> {
  const profileId = apiId('AccessProfile', input.id, 'input.id');
  const { name, state, labels, datasourceIds, requireApprovalToStart, description, catalogItem, customProperties } =
    input;
  refuseIf([
    ...checkName(name, 'input.name'),
    ...checkState(state),
    ...checkLabels(labels, 'input.labels'),
    ...checkTexts(datasourceIds, 'input.datasourceIds'),
    ...checkNotNull({ state, labels, datasourceIds, requireApprovalToStart }),
  ]);
  const changes: ProfileChanges = {
    name: name ?? undefined,
    description: description === null ? '' : description,
    state: state ?? undefined,
    labels: labels ? [...new Set(labels)] : undefined,
    datasourceIds: datasourceIds ?? undefined,
    requireApprovalToStart: requireApprovalToStart ?? undefined,
    catalogItem,
    customProperties: customProperties === null ? {} : customProperties,
  };
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new InvalidInput([{ field: 'input', description: 'names nothing to change.' }]);
  }
  return session.queue.run([profileId], async () => {
    await refuseIfChanged(session, profileId, input.ifUpdatedAt);
    return writeAndRead(session, {
      profileId,
      send: () => session.call(endpoints.updateProfile, { profileId, changes }),
      isShown: (profile) => shows(profile, changes),
      // The rules of a type may alter a name, an approval may hold a state back; labels are nobody's but the caller's.
      isConflict: (profile) => changes.labels !== undefined && !isSameSet(profile.labels, changes.labels),
    });
  });
}

/** Whether a profile shows what was written of the fields that are easily compared. */
function shows(
  profile: Profile,
  { name, description, state, labels, requireApprovalToStart }: ProfileChanges,
): boolean {
  return (
    // A type may put a prefix before it.
    (name === undefined || profile.name.endsWith(name)) &&
    (description === undefined || (profile.description ?? '') === description) &&
    (state === undefined || profile.state === state) &&
    (labels === undefined || isSameSet(profile.labels, labels)) &&
    (requireApprovalToStart === undefined || profile.requireApprovalToStart === requireApprovalToStart)
  );
}

function checkState(state: string | null | undefined): readonly FieldViolation[] {
  return state === 'UNRECOGNIZED' ? [{ field: 'input.state', description: 'must be a state that the API knows.' }] : [];
}
