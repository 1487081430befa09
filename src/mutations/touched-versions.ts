import { quoted } from '../inheritance/analysis/finding-text.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Proposal, VersionContent } from './proposal.ts';
import { brokenRules, surroundingsOf } from './rules.ts';
import type { WorldInMemory } from './world-in-memory.ts';

/** A version that a list touches, as rules see it: before the list, and after it. */
interface Touched {
  readonly profileId: string;
  readonly typeId: string | null;
  readonly before: VersionContent | null;
  readonly after: VersionContent;
  readonly accessRequestPolicyId: string | null;
}

/** The version of a profile that a change touches. */
export interface TouchedVersion {
  readonly profileId: string;
  readonly versionNumber: number;
  readonly isLive: boolean;
}

/** The versions that a list touches: what the list breaks is told by what it leaves of them in the end. */
export class TouchedVersions {
  /** By profile for its current version, by profile and number for others. */
  readonly #touched = new Map<string, Touched>();

  /** The profiles whose current version is touched. */
  get regranted(): readonly string[] {
    return [...this.#touched].flatMap(([key, { profileId }]) => (key === profileId ? [profileId] : []));
  }

  /** Notes a change. A version that becomes the current one is no longer judged as a draft. */
  note({ profileId, versionNumber, isLive }: TouchedVersion, proposal: Proposal, choosesPolicy: boolean): void {
    const draftKey = `${profileId}:${versionNumber}`;
    if (isLive) this.#touched.delete(draftKey);
    const key = isLive ? profileId : draftKey;
    const known = this.#touched.get(key);
    const { typeId, before, after, accessRequestPolicyId } = proposal;
    this.#touched.set(key, {
      profileId,
      typeId,
      before: known === undefined ? before : known.before,
      after,
      accessRequestPolicyId:
        known !== undefined && !choosesPolicy ? known.accessRequestPolicyId : accessRequestPolicyId,
    });
  }

  /** What the list breaks by what it adds, in the world that it leaves. */
  violations(world: WorldInMemory): readonly RuleViolation[] {
    return [...this.#touched.values()].flatMap((touched) => {
      const { profileId, before, after } = touched;
      const addedIds = after.parentIds.filter((id) => !before?.parentIds.includes(id));
      const addedParents = addedIds.map((id) => ({ id, field: null }));
      const broken = brokenIn(world, { ...touched, addedParents, isLive: true });
      const name = quoted(world.find(profileId)?.name ?? '', profileId);
      return broken.map(({ rule, description }) => ({ rule, description: `${name}: ${description}` }));
    });
  }
}

/** The rules of types that a proposal would break in a world, and the cycle that it would close. */
export function brokenIn(world: WorldInMemory, proposal: Proposal): readonly RuleViolation[] {
  const lineage = world.upward(proposal.addedParents.map(({ id }) => id));
  return brokenRules(proposal, world.typeOf(proposal.typeId), surroundingsOf(lineage));
}
