import type { UpstreamCall } from '../loaders/call.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Profile } from '../model/profile.ts';
import type { Endpoint } from '../upstream/endpoint.ts';
import { NotFound } from './failure.ts';
import type { ChangeQueue } from './queue.ts';
import { expectedFailure, type FieldNames } from './upstream-failure.ts';

/** What changes of one operation share. */
export interface ChangeSession {
  readonly call: UpstreamCall;
  readonly queue: Pick<ChangeQueue, 'run'>;
  /** What has been read since the last refresh. */
  loaders(): Loaders;
  /** Forgets what the operation has read, and what is kept for later ones: a write makes it stale. */
  refresh(): Loaders;
}

/** A profile as it is now. Throws NotFound where the API returns none to this caller. */
export async function readFresh(session: ChangeSession, profileId: string): Promise<Profile> {
  const profile = await session.refresh().profiles.load(profileId);
  if (profile === null) throw new NotFound(`The Access Profile API returns no profile ${profileId} to you.`);
  return profile;
}

/** Makes a call whose refusal speaks of lists that were put together here; `names` puts it in the caller's words. */
export async function send<Params, Result>(
  session: ChangeSession,
  endpoint: Endpoint<Params, Result>,
  params: Params,
  names: FieldNames,
): Promise<Result> {
  try {
    return await session.call(endpoint, params);
  } catch (error) {
    throw expectedFailure(error, names) ?? error;
  }
}
