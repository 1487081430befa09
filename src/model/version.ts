import type { Entitlement, SyncIdentityAction } from './entitlement.ts';

export const versionStates = ['DRAFT', 'PUBLISHED', 'RETIRED', 'UNRECOGNIZED'] as const;
export type VersionState = (typeof versionStates)[number];

/** One version of a profile: the grants and the inheritance live here, not on the profile (API notes §6.1). */
export declare abstract class Version {
  get profileId(): string;
  get versionNumber(): number;
  get state(): VersionState;
  get entitlements(): readonly Entitlement[];
  /** Direct parents, each once, in the API's order. null: the API did not say. */
  get inheritsFromIds(): readonly string[] | null;
  /** Identity ids, as embedded in the version; null: the API did not say. */
  get memberIds(): readonly string[] | null;
  get rbacId(): string | null;
  get accessRequestPolicyId(): string | null;
  get applicationDatasourceId(): string | null;
  get applicationSyncIdentityAction(): SyncIdentityAction | null;
  get createdAt(): string | null;
  get createdBy(): string | null;
  get updatedAt(): string | null;
  get publishedAt(): string | null;
  get publishedBy(): string | null;
}

/** An identity that holds a version of a profile (API notes §1.6). */
export declare abstract class Member {
  get identityId(): string;
  get identityName(): string | null;
  /** Origin of the membership: `ACCESS_PROFILE_MEMBERSHIP`, `BIRTHRIGHT`, …; an open set. */
  get createdFrom(): string | null;
  get workflow(): string | null;
}

/** The reply to a change of members; an error message may come with a 200. */
export interface MembershipChange {
  readonly accessRequestId: string | null;
  readonly accessRequestErrorMessage: string | null;
}
