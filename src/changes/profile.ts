import type { CreateProfileInput, CreateProfileTypeInput, UpdateProfileInput } from '../model/change-input.ts';
import { idOf } from '../model/node-id.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { type FieldViolation, InvalidInput, refuseIf } from './failure.ts';
import { isSameLabels } from './labels.ts';
import { checkProposal, grantOf } from './rules.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { checkEntitlements, checkLabels, checkName, checkTexts } from './validate.ts';
import { checkUnchanged, writeAndRead } from './write.ts';

/** Creates a type. The API decides which combinations of rules make sense. */
export async function createProfileType(session: ChangeSession, input: CreateProfileTypeInput): Promise<ProfileType> {
  refuseIf([
    ...checkName(input.name, 'input.name'),
    ...checkTexts(input.allowInheritedFromTypes, 'input.allowInheritedFromTypes'),
    ...(input.maxEntitlements && input.maxEntitlements < 0
      ? [{ field: 'input.maxEntitlements', description: 'must not be negative; leave it out for no limit.' }]
      : []),
  ]);
  const allowInheritedFromTypes = input.allowInheritedFromTypes?.map((id, i) =>
    idOf('AccessProfileType', id, `input.allowInheritedFromTypes.${i}`),
  );
  const request = allowInheritedFromTypes === undefined ? input : { ...input, allowInheritedFromTypes };
  const type = await session.call(endpoints.createProfileType, request);
  session.refresh();
  return type;
}

/** Creates a profile, after its grants and parents have been checked against the rules of its type. */
export async function createProfile(session: ChangeSession, input: CreateProfileInput): Promise<Profile> {
  refuseIf([
    ...checkName(input.name, 'input.name'),
    ...checkState(input.state),
    ...checkLabels(input.labels, 'input.labels'),
    ...checkTexts(input.inheritsFrom, 'input.inheritsFrom'),
    ...checkEntitlements(input.entitlements, 'input.entitlements'),
  ]);
  const typeId = idOf('AccessProfileType', input.type, 'input.type');
  const parentIds = (input.inheritsFrom ?? []).map((id, i) => idOf('AccessProfile', id, `input.inheritsFrom.${i}`));
  const loaders = session.refresh();
  await checkProposal(loaders, {
    profileId: null,
    typeId,
    entitlements: (input.entitlements ?? []).map(grantOf),
    parentIds,
    addedParents: parentIds.map((id, i) => ({ id, field: `input.inheritsFrom.${i}` })),
    accessRequestPolicyIds: [input.accessRequestPolicyId || null],
    before: null,
  });
  const request: CreateProfileInput = {
    ...input,
    type: typeId,
    ...(input.inheritsFrom && { inheritsFrom: parentIds }),
    ...(input.labels && { labels: [...new Set(input.labels)] }),
  };
  const created = await session.call(endpoints.createProfile, request);
  // The reply may be only a part of the profile (API notes §9); a list may not show the new one at once.
  return (await session.refresh().profiles.load(created.profileId)) ?? created;
}

/** Changes what the input names, and nothing else. */
export async function updateProfile(session: ChangeSession, input: UpdateProfileInput): Promise<Profile> {
  const profileId = idOf('AccessProfile', input.id, 'input.id');
  const { name, state, labels, datasourceIds, requireApprovalToStart, description, catalogItem, customProperties } =
    input;
  refuseIf([
    ...checkName(name, 'input.name'),
    ...checkState(state),
    ...checkLabels(labels, 'input.labels'),
    ...checkTexts(datasourceIds, 'input.datasourceIds'),
    ...notNull({ state, labels, datasourceIds, requireApprovalToStart }),
  ]);
  const changes = {
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
    if (input.ifUpdatedAt) checkUnchanged(await readFresh(session, profileId), input.ifUpdatedAt);
    return writeAndRead(
      session,
      profileId,
      () => session.call(endpoints.updateProfile, { profileId, changes }),
      // Names may be altered by the rules of the type (prefix, transformer); labels are nobody's but the caller's.
      (profile) => changes.labels === undefined || isSameLabels(profile.labels, changes.labels),
    );
  });
}

function checkState(state: string | null | undefined): readonly FieldViolation[] {
  return state === 'UNRECOGNIZED' ? [{ field: 'input.state', description: 'must be a state that the API knows.' }] : [];
}

function notNull(members: Readonly<Record<string, unknown>>): readonly FieldViolation[] {
  return Object.entries(members).flatMap(([name, value]) =>
    value === null ? [{ field: `input.${name}`, description: 'can not be null; leave it out to keep it.' }] : [],
  );
}
