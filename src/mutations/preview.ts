import { GatewayError } from '../errors.ts';
import { eventLoopPauses } from '../event-loop.ts';
import type { AffectedMember } from '../inheritance/analysis/affected-members.ts';
import { previewChange, proposedWorld } from '../inheritance/analysis/change-preview.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import { finishInSlices } from '../inheritance/steps.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Entitlement } from '../model/entitlement.ts';
import type { Profile } from '../model/profile.ts';
import { affectedMembersOf } from './affected-members.ts';
import type { VersionContent } from './proposal.ts';

/** The difference that a change of a version makes to effective grants, here and in every profile that inherits from it. */
export interface VersionChangePreview {
  readonly addedEntitlements: readonly Entitlement[];
  readonly removedEntitlements: readonly Entitlement[];
  /** Those whose effective grants change, the changed one first. */
  readonly affectedProfiles: readonly {
    readonly profile: Profile;
    readonly gained: readonly Entitlement[];
    readonly lost: readonly Entitlement[];
  }[];
  /** People who gain or lose something, or why they can't be told; null: nobody asked. */
  readonly affectedMembers: readonly AffectedMember[] | GatewayError | null;
  readonly violations: readonly RuleViolation[];
}

/** A question about a change before it is made. */
export interface PreviewRequest {
  readonly wantsPreview: boolean;
  readonly wantsMembers: boolean;
}

export const noPreview: VersionChangePreview = {
  addedEntitlements: [],
  removedEntitlements: [],
  affectedProfiles: [],
  affectedMembers: [],
  violations: [],
};

/** Reads the part of the graph that the change can touch: the descendants, and all that those and the new parents inherit. */
export async function previewOf(
  loaders: Loaders,
  profile: Profile,
  after: VersionContent,
  violations: readonly RuleViolation[],
  wantsMembers: boolean,
): Promise<VersionChangePreview> {
  const descendants = await loaders.inheritance.downward([profile.profileId]);
  const ids = [...descendants.map(({ profileId }) => profileId), ...after.parentIds];
  const hierarchy = await hierarchyInSlices(await loaders.inheritance.upward(ids));
  const preview = await finishInSlices(previewChange(hierarchy, profile.profileId, after), eventLoopPauses);
  const membersAffected = async () => {
    // All profiles: somebody may have an entitlement through another one as well.
    const all = await hierarchyInSlices(await loaders.inheritance.all());
    const before = { graph: all.graph, grants: all.grants };
    const changed = await finishInSlices(proposedWorld(before, profile.profileId, after), eventLoopPauses);
    const world = { before, after: changed, affected: preview.affected };
    return affectedMembersOf(loaders, { ...world, find: (id) => all.find(id) });
  };
  return {
    addedEntitlements: preview.added,
    removedEntitlements: preview.removed,
    affectedProfiles: preview.affected.flatMap(({ profileId, gained, lost }) => {
      const affected = hierarchy.find(profileId);
      return affected === null ? [] : [{ profile: affected, gained, lost }];
    }),
    affectedMembers: wantsMembers ? await membersAffected().catch(asValue) : null,
    violations,
  };
}

async function hierarchyInSlices(profiles: readonly Profile[]): Promise<Hierarchy> {
  const hierarchy = await finishInSlices(Hierarchy.inSteps(profiles), eventLoopPauses);
  await finishInSlices(hierarchy.prepareGrants(), eventLoopPauses);
  return hierarchy;
}

function asValue(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  throw error;
}
