import type { Entitlement } from '../model/entitlement.ts';

/** The grants and parents of a version. */
export interface VersionContent {
  readonly entitlements: readonly Entitlement[];
  readonly parentIds: readonly string[];
}

/** A parent that a change brings in. */
export interface AddedParent {
  readonly id: string;
  /** The field that named it; null: a draft has named it before, and it may be gone since. */
  readonly field: string | null;
}

/** A profile's version as a change would leave it. */
export interface Proposal {
  /** null: a profile that is not there yet. */
  readonly profileId: string | null;
  readonly typeId: string | null;
  /** null: a version that is not there yet, or can not be read. */
  readonly before: VersionContent | null;
  readonly after: VersionContent;
  readonly addedParents: readonly AddedParent[];
  /** Whether the version is the current one, or becomes it. */
  readonly isLive: boolean;
  /** The policy that the change chooses; null: it chooses none. */
  readonly accessRequestPolicyId: string | null;
}
