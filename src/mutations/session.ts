import type { UpstreamCall } from '../loaders/call.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Profile } from '../model/profile.ts';
import type { SeparationRule } from '../model/separation-rule.ts';
import type { Endpoint } from '../upstream/endpoint.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { mistakenReply } from '../upstream/write-outcome.ts';
import { deniesChange, type Echo, fieldOfAnother, type Subject } from '../wire/echo.ts';
import { encodeProfileChanges, type MaskForm, type ProfileChanges } from '../wire/encode.ts';
import { NotFound, notThere } from './failure.ts';
import type { ChangeQueue } from './queue.ts';
import type { UpdateMasks } from './update-masks.ts';
import { expectedFailure, type FieldNames } from './upstream-failure.ts';

/** The state that the changes of one operation share. */
export interface ChangeSession {
  readonly call: UpstreamCall;
  readonly queue: Pick<ChangeQueue, 'run'>;
  readonly masks: UpdateMasks;
  /** Rules of separation that no change may break anew. */
  readonly enforcedRules: readonly SeparationRule[];
  /** The loaders since the last refresh. */
  loaders(): Loaders;
  /**
   * Forgets what the operation has read, and what is cached for later ones: a write makes it stale. `exactly`: what is
   * read now can be sent back digit by digit.
   */
  refresh(options?: { readonly exactly?: boolean }): Loaders;
}

/** A profile as it is now. Throws NotFound where the API returns none to this caller. */
export async function readFresh(
  session: ChangeSession,
  profileId: string,
  options?: { readonly exactly: boolean },
): Promise<Profile> {
  const profile = await session.refresh(options).profiles.load(profileId);
  if (profile === null) throw new NotFound(notThere(`profile ${profileId}`));
  return profile;
}

function nameOf({ profileId, versionNumber }: Subject): string {
  return versionNumber === undefined ? `profile ${profileId}` : `version ${versionNumber} of profile ${profileId}`;
}

/**
 * Makes the write to a profile or version. A refusal of the API becomes the failure that the mutation promises; `names`
 * puts it in the caller's words. Throws UpstreamError where the reply speaks of another profile or version.
 */
export async function send<Params extends Subject, Result extends { readonly echo: Echo }>(
  session: ChangeSession,
  endpoint: Endpoint<Params, Result>,
  params: Params,
  names?: FieldNames,
): Promise<Result> {
  const subject: Subject = params;
  const result = await session.call(endpoint, params).catch((error: unknown) => {
    throw (
      expectedFailure(error, names, {
        notFound: notThere(nameOf(subject)),
        denied: `Your key is not allowed to change ${nameOf(subject)}.`,
      }) ?? error
    );
  });
  const field = fieldOfAnother(result.echo, subject);
  if (field !== null) throw mistakenReply(endpoint.attempt, `${field} is not that of ${nameOf(subject)}`);
  return result;
}

/** Changes fields of a profile. Gives whether the reply denies it: it shows a field otherwise than it was sent. */
export async function sendProfileChanges(
  session: ChangeSession,
  profileId: string,
  changes: ProfileChanges,
  mask: MaskForm,
  names?: FieldNames,
): Promise<boolean> {
  const { echo } = await send(session, endpoints.updateProfile, { profileId, changes, mask }, names);
  return deniesChange(echo, encodeProfileChanges(changes));
}
