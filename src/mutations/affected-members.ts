import { GatewayError } from '../errors.ts';
import { eventLoopPauses } from '../event-loop.ts';
import type { AffectedProfile, World } from '../inheritance/analysis/access-difference.ts';
import { type AffectedMember, memberQuestion } from '../inheritance/analysis/affected-members.ts';
import { finishInSlices } from '../inheritance/steps.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Profile } from '../model/profile.ts';

/**
 * The people whom a difference between two worlds of all profiles concerns. Reads the members of each profile that has any of
 * the entitlements that differ, since another membership may give or keep them. An error that says why they can't be told
 * is returned: a change need not fail for it.
 */
export async function affectedMembersOf(
  loaders: Loaders,
  {
    before,
    after,
    affected,
    find,
  }: { before: World; after: World; affected: readonly AffectedProfile[]; find: (id: string) => Profile | null },
): Promise<readonly AffectedMember[] | GatewayError> {
  try {
    const question = await finishInSlices(memberQuestion(before, after, affected), eventLoopPauses);
    const profiles = question.profileIds.flatMap((id) => find(id) ?? []);
    const lists = await loaders.members.ofProfiles(profiles, loaders.callsLeft);
    const members = new Map(profiles.map(({ profileId }, i) => [profileId, lists[i] ?? []]));
    return await finishInSlices(
      question.answer((id) => members.get(id) ?? []),
      eventLoopPauses,
    );
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}
