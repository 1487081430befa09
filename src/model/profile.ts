import { UpstreamError } from '../errors.ts';
import type { Entitlement, StringMap } from './entitlement.ts';
import type { Member } from './member.ts';
import type { Version } from './version.ts';

export const profileStates = ['INITIAL', 'RUNNING', 'PAUSED', 'DRY_RUN', 'PENDING', 'UNRECOGNIZED'] as const;
export type ProfileState = (typeof profileStates)[number];

export interface CatalogItem {
  readonly name: string | null;
  readonly description: string | null;
  readonly markdownDescription: string | null;
  readonly icon: string | null;
  readonly recommended: boolean | null;
}

/**
 * An access profile, decoded (API notes §1.3). Properties that GraphQL shows under the same name carry its name,
 * so that the executor reads them without a resolver.
 */
export interface Profile {
  readonly profileId: string;
  readonly name: string;
  readonly description: string | null;
  readonly state: ProfileState;
  readonly typeId: string | null;
  readonly labels: readonly string[];
  readonly integrations: readonly string[];
  readonly providerIds: readonly string[];
  readonly providerExternalIds: readonly string[];
  readonly datasourceIds: readonly string[];
  readonly usedByWorkflow: boolean | null;
  readonly requestable: boolean | null;
  readonly requireApprovalToStart: boolean | null;
  readonly catalogItem: CatalogItem | null;
  readonly accessRequestPolicyId: string | null;
  readonly customProperties: StringMap | null;
  readonly startedAt: string | null;
  readonly startedBy: string | null;
  readonly lastSyncedAt: string | null;
  readonly lastSyncErrorMessage: string | null;
  readonly createdAt: string | null;
  readonly createdBy: string | null;
  readonly updatedAt: string | null;
  /** null: nothing is published (the API's 0), or the API did not say. */
  readonly currentVersionNumber: number | null;
  /** null: there is no draft (the API's 0). */
  readonly draftVersionNumber: number | null;
  /** null although `currentVersionNumber` is set: the API named the version without its body. */
  readonly currentVersion: Version | null;
  /** `access_profiles_inherited`: possibly transitive; null: the API did not say. */
  readonly inheritedIds: readonly string[] | null;
  /** `access_profiles_inherited_by`: possibly transitive; null: the API did not say. */
  readonly inheritedByIds: readonly string[] | null;
  /** `member_details`; null: the API did not say. */
  readonly memberDetails: readonly Member[] | null;
}

/**
 * The profiles it directly inherits from, each once: what its current version lists. Where the API leaves that out, its
 * `access_profiles_inherited` has to do. Throws UpstreamError where the API says neither, since an empty list would hide
 * grants.
 */
export function directParentIds(profile: Profile): readonly string[] {
  return (
    profile.currentVersion?.inheritsFromIds ?? profile.inheritedIds ?? currentVersionOf(profile)?.inheritsFromIds ?? []
  );
}

/** The grants of its current version; none where nothing is published. Throws UpstreamError as `directParentIds` does. */
export function directEntitlements(profile: Profile): readonly Entitlement[] {
  return currentVersionOf(profile)?.entitlements ?? [];
}

/**
 * Its live version; null where nothing is published. Throws UpstreamError where the API names one without sending it.
 */
export function currentVersionOf({ profileId, currentVersion, currentVersionNumber }: Profile): Version | null {
  if (currentVersion === null && currentVersionNumber !== null) {
    throw new UpstreamError(
      'UPSTREAM_INVALID_RESPONSE',
      `The Access Profile API names version ${currentVersionNumber} as the current one of profile ${profileId} and does not send it.`,
      {},
    );
  }
  return currentVersion;
}
