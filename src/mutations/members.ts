import type { ChangeMembersInput } from '../model/change-input.ts';
import type { MembershipChange } from '../model/member.ts';
import type { Profile } from '../model/profile.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { InvalidInput, refuseIf } from './failure.ts';
import { type ChangeSession, readFresh } from './session.ts';
import { apiId, checkTexts, checkVersion } from './validate.ts';
import { writeAndRead } from './write.ts';

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
  const profileId = apiId('AccessProfile', input.id, 'input.id');
  const { identityIds } = input;
  refuseIf([
    ...(identityIds.length === 0
      ? [{ field: 'input.identityIds', description: 'must name at least one identity.' }]
      : []),
    ...checkTexts(identityIds, 'input.identityIds'),
    ...checkVersion(input.version, 'input.version'),
  ]);
  return session.queue.run([profileId], async () => {
    const versionNumber = input.version ?? (await liveVersion(session, profileId));
    let change: MembershipChange = { accessRequestId: null, accessRequestErrorMessage: null };
    const profile = await writeAndRead(session, {
      profileId,
      send: async () => {
        change = await session.call(endpoints.changeMembers, { profileId, versionNumber, type, identityIds });
      },
      // Who could not be added is in the reply's own words, and not every API lists members with the profile.
      isShown: () => null,
    });
    return { ...change, profile };
  });
}

async function liveVersion(session: ChangeSession, profileId: string): Promise<number> {
  const { currentVersionNumber, draftVersionNumber } = await readFresh(session, profileId);
  const versionNumber = currentVersionNumber ?? draftVersionNumber;
  if (versionNumber !== null) return versionNumber;
  throw new InvalidInput([
    { field: 'input.version', description: 'must be given: the profile names no version of its own.' },
  ]);
}
