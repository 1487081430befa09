import { quoted } from '../inheritance/analysis/findings/finding.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { Steps } from '../inheritance/steps.ts';
import type { Proposal, VersionContent } from './proposal.ts';
import { brokenRules } from './rules.ts';

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
    const draftKey = versionKey(profileId, versionNumber);
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
  *violations(after: Hierarchy): Steps<RuleViolation[]> {
    const violations: RuleViolation[] = [];
    const surroundings = { graph: after.graph, find: (id: string) => after.find(id) };
    for (const touched of this.#touched.values()) {
      const { profileId, typeId, before } = touched;
      const held = new Set(before?.parentIds);
      const addedParents = touched.after.parentIds.filter((id) => !held.has(id)).map((id) => ({ id, field: null }));
      const type = typeId === null ? null : after.typeNamed(typeId);
      const name = quoted(after.find(profileId)?.name ?? '', profileId);
      for (const { rule, description } of brokenRules({ ...touched, addedParents, isLive: true }, type, surroundings)) {
        violations.push({ rule, description: `${name}: ${description}` });
      }
      yield;
    }
    return violations;
  }
}

/** One version among those of all profiles. */
export function versionKey(profileId: string, versionNumber: number): string {
  return `${profileId}:${versionNumber}`;
}
