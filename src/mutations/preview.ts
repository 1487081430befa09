import { previewChange } from '../inheritance/analysis/change-preview.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Loaders } from '../loaders/index.ts';
import type { Entitlement } from '../model/entitlement.ts';
import type { Profile } from '../model/profile.ts';
import type { VersionContent } from './rules.ts';

/** What a change of a version does to effective grants, here and in every profile that inherits from it. */
export interface VersionChangePreview {
  readonly addedEntitlements: readonly Entitlement[];
  readonly removedEntitlements: readonly Entitlement[];
  /** Those whose effective grants change, the changed one first. */
  readonly affectedProfiles: readonly {
    readonly profile: Profile;
    readonly gained: readonly Entitlement[];
    readonly lost: readonly Entitlement[];
  }[];
  readonly violations: readonly RuleViolation[];
}

export const noPreview: VersionChangePreview = {
  addedEntitlements: [],
  removedEntitlements: [],
  affectedProfiles: [],
  violations: [],
};

/** Reads the part of the graph that the change can touch: the descendants, and all that those and the new parents inherit. */
export async function previewOf(
  loaders: Loaders,
  profile: Profile,
  after: VersionContent,
  violations: readonly RuleViolation[],
): Promise<VersionChangePreview> {
  const descendants = await loaders.inheritance.downward([profile.profileId]);
  const ids = [...descendants.map(({ profileId }) => profileId), ...after.parentIds];
  const hierarchy = new Hierarchy(await loaders.inheritance.upward(ids));
  const preview = previewChange(hierarchy.graph, hierarchy.grants, profile.profileId, after);
  return {
    addedEntitlements: preview.added,
    removedEntitlements: preview.removed,
    affectedProfiles: preview.affected.flatMap(({ profileId, gained, lost }) => {
      const affected = hierarchy.find(profileId);
      return affected === null ? [] : [{ profile: affected, gained, lost }];
    }),
    violations,
  };
}
