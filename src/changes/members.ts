import { UpstreamError } from '../errors.ts';
import type { ChangeMembersInput } from '../model/change-input.ts';
import type { MembershipChange } from '../model/member.ts';
import { idOf } from '../model/node-id.ts';
import type { Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { InvalidInput, refuseIf } from './failure.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { checkTexts } from './validate.ts';

export interface ChangedMembers extends MembershipChange {
  readonly profile: Profile;
}

/**
 * Adds identities to a version of a profile or takes them away: by default to the version that is live, since only that
 * one grants anything. The API does the provisioning, and may answer a success that says it failed.
 */
export async function changeMembers(
  session: ChangeSession,
  type: 'ADD' | 'REMOVE',
  input: ChangeMembersInput,
): Promise<ChangedMembers> {
  const profileId = idOf('AccessProfile', input.id, 'input.id');
  const { identityIds } = input;
  refuseIf([
    ...(identityIds.length === 0
      ? [{ field: 'input.identityIds', description: 'must name at least one identity.' }]
      : []),
    ...checkTexts(identityIds, 'input.identityIds'),
    ...checkVersion(input.version),
  ]);
  return session.queue.run([profileId], async () => {
    const before = await readFresh(session, profileId);
    const versionNumber = input.version ?? before.currentVersionNumber ?? before.draftVersionNumber;
    if (versionNumber === null) {
      throw new InvalidInput([
        { field: 'input.version', description: 'must be given: the profile names no version of its own.' },
      ]);
    }
    try {
      const change = await session.call(endpoints.changeMembers, { profileId, versionNumber, type, identityIds });
      return { ...change, profile: await readFresh(session, profileId) };
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.code !== 'WRITE_OUTCOME_UNKNOWN') throw error;
      const profile = await readFresh(session, profileId).catch(() => null);
      if (profile === null) throw error;
      session.reportPartial(error);
      return { accessRequestId: null, accessRequestErrorMessage: null, profile };
    }
  });
}

/** A version's number counts from 1. */
export function checkVersion(version: number | null | undefined) {
  return version !== null && version !== undefined && version < 1
    ? [{ field: 'input.version', description: 'must be a version number, which counts from 1.' }]
    : [];
}
