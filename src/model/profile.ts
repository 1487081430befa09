import { UpstreamError } from '../errors.ts';
import type { Entitlement, StringMap } from './entitlement.ts';
import type { CreateEntitlement } from './profile-type.ts';
import type { Member, Version } from './version.ts';

export const profileStates = ['INITIAL', 'RUNNING', 'PAUSED', 'DRY_RUN', 'PENDING', 'UNRECOGNIZED'] as const;
export type ProfileState = (typeof profileStates)[number];

export declare abstract class CatalogItem {
  get name(): string | null;
  get description(): string | null;
  get markdownDescription(): string | null;
  get icon(): string | null;
  get recommended(): boolean | null;
}

/**
 * An access profile (API notes §1.3). Properties that GraphQL shows under the same name carry its name, so that the
 * executor reads them without a resolver.
 *
 * As in all rows of the API, each property but the id is decoded when it is read, and throws UpstreamError where it can't
 * be. Rows are declared as classes with accessors, although each is an object of its decoder: TypeScript leaves those out
 * of a spread, and so refuses `{ ...profile }`, which would copy nothing.
 */
export declare abstract class Profile {
  get profileId(): string;
  get name(): string;
  get description(): string | null;
  get state(): ProfileState;
  get typeId(): string | null;
  get labels(): readonly string[];
  get integrations(): readonly string[];
  get providerIds(): readonly string[];
  get providerExternalIds(): readonly string[];
  get datasourceIds(): readonly string[];
  get usedByWorkflow(): boolean | null;
  get requestable(): boolean | null;
  get requireApprovalToStart(): boolean | null;
  get catalogItem(): CatalogItem | null;
  get accessRequestPolicyId(): string | null;
  get customProperties(): StringMap | null;
  get startedAt(): string | null;
  get startedBy(): string | null;
  get lastSyncedAt(): string | null;
  get lastSyncErrorMessage(): string | null;
  /** null: the API did not say. */
  get lastSyncJobIds(): readonly string[] | null;
  get syncAllowed(): boolean | null;
  get rbacId(): string | null;
  get profileTypeRbacId(): string | null;
  get identityCreatedBy(): string | null;
  /** null: the API did not say. */
  get createdEntitlements(): readonly CreateEntitlement[] | null;
  get createdAt(): string | null;
  get createdBy(): string | null;
  get updatedAt(): string | null;
  /** null: nothing is published (the API's 0), or the API did not say. */
  get currentVersionNumber(): number | null;
  /** null: there is no draft (the API's 0). */
  get draftVersionNumber(): number | null;
  /** null although `currentVersionNumber` is set: the API named the version without its body. */
  get currentVersion(): Version | null;
  /** `access_profiles_inherited`: possibly transitive; null: the API did not say. */
  get inheritedIds(): readonly string[] | null;
  /** `access_profiles_inherited_by`: possibly transitive; null: the API did not say, or it can't be read. */
  get inheritedByIds(): readonly string[] | null;
  /** `member_details`; null: the API did not say. */
  get memberDetails(): readonly Member[] | null;
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

/**
 * The profiles that a version of it directly inherits from. Throws UpstreamError where the API does not say: an empty list would
 * hide grants, and the parents of the current version are not those of a draft.
 */
export function parentIdsOfVersion(profile: Profile, { versionNumber, inheritsFromIds }: Version): readonly string[] {
  if (inheritsFromIds !== null) return inheritsFromIds;
  if (profile.currentVersionNumber === versionNumber) return directParentIds(profile);
  const message = `The Veza API returns version ${versionNumber} of profile ${profile.profileId} without its parents.`;
  throw new UpstreamError('UPSTREAM_INVALID_RESPONSE', message, {});
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
      `The Veza API names version ${currentVersionNumber} as the current one of profile ${profileId} and does not send it.`,
      {},
    );
  }
  return currentVersion;
}
