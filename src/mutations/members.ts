import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError } from '../errors.ts';
import type { ChangeMembersInput } from '../model/change-input.ts';
import type { Profile } from '../model/profile.ts';
import type { MembershipChange } from '../model/version.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { Conflict, InvalidInput, refuseIf } from './failure.ts';
import { plainIds } from './plain-ids.ts';
import { type ChangeSession, readFresh, send } from './session.ts';
import { apiId, checkIds, checkVersion } from './validate.ts';
import { notReadBack, readBackDelays, untilBegun, writeAndRead } from './write.ts';

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
    // A reply without an access request does not say that anything was done.
    if (change.accessRequestId === null && change.accessRequestErrorMessage === null) {
      await confirm(session, profile, versionNumber, type, identityIds);
    }
    return { ...change, profile };
  };
  return session.queue.run([profileId], () => untilBegun(attempt));
}

/** Throws Conflict where the members of the version do not show the change. */
async function confirm(
  session: ChangeSession,
  { profileId, updatedAt }: Profile,
  versionNumber: number,
  type: 'ADD' | 'REMOVE',
  identityIds: readonly string[],
): Promise<void> {
  for (const wait of readBackDelays) {
    if (wait > 0) await delay(wait);
    const members = await readMembers(session, profileId, versionNumber);
    if (identityIds.every((id) => members.has(id) === (type === 'ADD'))) return;
  }
  throw new Conflict(
    `The change was sent to the Veza API, and the members of profile ${profileId} do not show it: the API ignored the change, or makes it later. Read the members before you try again.`,
    updatedAt,
  );
}

async function readMembers(
  session: ChangeSession,
  profileId: string,
  versionNumber: number,
): Promise<ReadonlySet<string>> {
  try {
    const members = await session.refresh().members.ofVersion(profileId, versionNumber);
    return new Set(members.map(({ identityId }) => identityId));
  } catch (error) {
    throw error instanceof GatewayError ? notReadBack(profileId, error) : error;
  }
}

async function liveVersion(session: ChangeSession, profileId: string): Promise<number> {
  const { currentVersionNumber, draftVersionNumber } = await readFresh(session, profileId);
  const versionNumber = currentVersionNumber ?? draftVersionNumber;
  if (versionNumber !== null) return versionNumber;
  throw new InvalidInput([
    { field: 'input.version', description: 'must be given: the profile names no version of its own.' },
  ]);
}
