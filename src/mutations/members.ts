import type { ChangeMembersInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import type { MembershipChange } from '../model/version.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { InvalidInput, refuseIf } from './failure.ts';
import { plainIds } from './plain-ids.ts';
import { type ChangeSession, readFresh, send } from './session.ts';
import { apiId, checkIds, checkVersion } from './validate.ts';
import { untilBegun, writeAndRead } from './write.ts';

export interface ChangedMembers extends MembershipChange {
  readonly profile: Profile;
}

/**
 * Adds identities to a version of a profile or removes them: by default from the version that is live, since only that
 * one grants anything. The API does the provisioning, and may answer a success that says it failed.
 */
export async function changeMembers(
  session: ChangeSession,
  type: 'ADD' | 'REMOVE',
  input: ChangeMembersInput,
): Promise<ChangedMembers> {
  const profileId = apiId('AccessProfile', input.id, 'input.id');
  const identityIds = plainIds('Identity', input.identityIds, 'input.identityIds');
  refuseIf([
    ...(identityIds.length === 0
      ? [{ field: 'input.identityIds', description: 'must name at least one identity.' }]
      : []),
    ...checkIds(identityIds, 'input.identityIds'),
    ...checkVersion(input.version, 'input.version'),
  ]);
  const attempt = async (): Promise<ChangedMembers> => {
    const versionNumber = input.version ?? (await liveVersion(session, profileId));
    let change: MembershipChange = { accessRequestId: null, accessRequestErrorMessage: null };
    const profile = await writeAndRead(session, {
      profileId,
      before: null,
      kind: null,
      send: async () => {
        const request = { profileId, versionNumber, type, identityIds };
        ({ change } = await send(session, endpoints.changeMembers, request));
        return false;
      },
      // The reply says in its own words who could not be added, and not every API lists members with the profile.
      isShown: () => null,
    });
    return { ...change, profile };
  };
  return session.queue.run([profileId], () => untilBegun(attempt));
}

async function liveVersion(session: ChangeSession, profileId: string): Promise<number> {
  const { currentVersionNumber, draftVersionNumber } = await readFresh(session, profileId);
  const versionNumber = currentVersionNumber ?? draftVersionNumber;
  if (versionNumber !== null) return versionNumber;
  throw new InvalidInput([
    { field: 'input.version', description: 'must be given: the profile names no version of its own.' },
  ]);
}
