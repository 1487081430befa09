import type { Entitlement, SyncIdentityAction } from './entitlement.ts';

export const versionStates = ['DRAFT', 'PUBLISHED', 'RETIRED', 'UNRECOGNIZED'] as const;
export type VersionState = (typeof versionStates)[number];

/** One version of a profile: the grants and the inheritance live here, not on the profile (API notes §6.1). */
export interface Version {
  readonly profileId: string;
  readonly versionNumber: number;
  readonly state: VersionState;
  readonly entitlements: readonly Entitlement[];
  /** Direct parents, each once, in the API's order. null: the API did not say. */
  readonly inheritsFromIds: readonly string[] | null;
  /** Identity ids, as embedded in the version; null: the API did not say. */
  readonly memberIds: readonly string[] | null;
  readonly accessRequestPolicyId: string | null;
  readonly applicationDatasourceId: string | null;
  readonly applicationSyncIdentityAction: SyncIdentityAction | null;
  readonly createdAt: string | null;
  readonly createdBy: string | null;
  readonly updatedAt: string | null;
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
}
