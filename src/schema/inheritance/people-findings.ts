import type { Finding } from '../../inheritance/analysis/findings/finding.ts';
import { memberSeparationFindings, separationCheckOf } from '../../inheritance/analysis/findings/separation.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Profile } from '../../model/profile.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../snapshot.ts';

export interface PeopleRequest {
  /** The profile whose members are read for one of the hierarchy; null: it has none yet. */
  readonly asItIs: (profile: Profile) => Profile | null;
}

/**
 * The people who break rules of separation by all profiles together that they are a member of. Reads the members of each profile
 * that has an entitlement which rules name. Throws GatewayError.
 */
export async function peopleFindings(
  hierarchy: Hierarchy,
  context: Context,
  { asItIs }: PeopleRequest,
): Promise<readonly Finding[]> {
  const { members, callsLeft } = context.loaders;
  const check = await inSlices(context, separationCheckOf(hierarchy, context.separationRules));
  const holders = check.decisive().flatMap((node) => {
    const profile = asItIs(hierarchy.profileOf(node));
    return profile === null ? [] : [{ node, profile }];
  });
  const lists = await members.ofProfiles(
    holders.map(({ profile }) => profile),
    callsLeft,
  );
  const membersAt = new Map(holders.map(({ node }, i) => [node, lists[i] ?? []]));
  const findings = await inSlices(
    context,
    memberSeparationFindings(hierarchy, check, (node) => membersAt.get(node) ?? []),
  );
  context.resultLimit.spend(findings.length);
  return findings;
}
