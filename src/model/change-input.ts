import type { StringMap, SyncIdentityAction } from './entitlement.ts';
import type { ProfileState } from './profile.ts';
import type { VersionState } from './version.ts';

/**
 * Changes that callers ask for, in the words of the GraphQL inputs. A member that is absent was not named and is not
 * sent; null clears where the API can be cleared.
 */
export type Maybe<T> = T | null | undefined;

export interface GrantConditionInput {
  readonly type?: Maybe<string>;
  readonly conditionString?: Maybe<string>;
}

export interface EntitlementInput {
  readonly entityType: string;
  readonly datasourceId: string;
  readonly entityId: string;
  readonly assignedToEntityType?: Maybe<string>;
  readonly assignedToEntityId?: Maybe<string>;
  readonly grantBy?: Maybe<string>;
  readonly createdByAccessProfile?: Maybe<boolean>;
  readonly customProperties?: Maybe<StringMap>;
  readonly syncIdentityAction?: Maybe<SyncIdentityAction>;
  readonly condition?: Maybe<GrantConditionInput>;
}

/** Names an entity whose grants are meant; `entityType` null: of whatever type. */
export interface EntityRefInput {
  readonly entityType?: Maybe<string>;
  readonly datasourceId: string;
  readonly entityId: string;
}

export interface CatalogItemInput {
  readonly name?: Maybe<string>;
  readonly description?: Maybe<string>;
  readonly markdownDescription?: Maybe<string>;
  readonly icon?: Maybe<string>;
  readonly recommended?: Maybe<boolean>;
}

export interface AttributeTransformerInput {
  readonly destinationAttribute?: Maybe<string>;
  readonly destinationValueFormatter?: Maybe<string>;
  readonly continuousSync?: Maybe<boolean>;
  readonly additionalValueFormatter?: Maybe<readonly string[]>;
  readonly pipelineFunctions?: Maybe<string>;
  readonly uniqueIdentifier?: Maybe<boolean>;
}

export interface CreateEntitlementInput {
  readonly datasourceId?: Maybe<string>;
  readonly entityType?: Maybe<string>;
  readonly attributeTransformers?: Maybe<readonly AttributeTransformerInput[]>;
  readonly addMemberCondition?: Maybe<GrantConditionInput>;
}

export interface CreateProfileTypeInput {
  readonly name: string;
  readonly description?: Maybe<string>;
  readonly allowInheritEntities?: Maybe<boolean>;
  readonly allowInheritedFromTypes?: Maybe<readonly string[]>;
  readonly allowCreateRelationships?: Maybe<boolean>;
  readonly requireSingleDatasource?: Maybe<boolean>;
  readonly requireSingleIntegration?: Maybe<boolean>;
  readonly addIntegrationPrefixToAccessProfileNames?: Maybe<boolean>;
  readonly maxEntitlements?: Maybe<number>;
  readonly createEntitlementBasedOnProfile?: Maybe<boolean>;
  readonly createEntitlements?: Maybe<readonly CreateEntitlementInput[]>;
  readonly noEntitlements?: Maybe<boolean>;
  readonly onCreateBehavior?: Maybe<string>;
  readonly instructions?: Maybe<string>;
  readonly timeBeforeSyncCheckInSeconds?: Maybe<number>;
  readonly accessRequestPolicyId?: Maybe<string>;
  readonly allowOverwriteOfAccessRequestPolicy?: Maybe<boolean>;
  readonly nameTransformer?: Maybe<AttributeTransformerInput>;
  readonly removeEntitlementOnMemberUponUpdate?: Maybe<boolean>;
}

export interface CreateProfileInput {
  readonly name: string;
  readonly description?: Maybe<string>;
  readonly state: ProfileState;
  readonly type: string;
  readonly entitlements?: Maybe<readonly EntitlementInput[]>;
  readonly inheritsFrom?: Maybe<readonly string[]>;
  readonly labels?: Maybe<readonly string[]>;
  readonly accessRequestPolicyId?: Maybe<string>;
  readonly applicationDatasourceId?: Maybe<string>;
  readonly applicationSyncIdentityAction?: Maybe<SyncIdentityAction>;
  readonly customProperties?: Maybe<StringMap>;
}

export interface UpdateProfileInput {
  readonly id: string;
  readonly name?: Maybe<string>;
  readonly description?: Maybe<string>;
  readonly state?: Maybe<ProfileState>;
  readonly labels?: Maybe<readonly string[]>;
  readonly datasourceIds?: Maybe<readonly string[]>;
  readonly requireApprovalToStart?: Maybe<boolean>;
  readonly catalogItem?: Maybe<CatalogItemInput>;
  readonly customProperties?: Maybe<StringMap>;
  readonly ifUpdatedAt?: Maybe<string>;
}

export interface SetLabelsInput {
  readonly id: string;
  readonly labels: readonly string[];
  readonly ifUpdatedAt?: Maybe<string>;
}

export interface ChangeLabelsInput {
  readonly id: string;
  readonly labels: readonly string[];
}

export interface UpdateVersionInput {
  readonly id: string;
  readonly version?: Maybe<number>;
  readonly state?: Maybe<VersionState>;
  readonly entitlements?: Maybe<readonly EntitlementInput[]>;
  readonly addEntitlements?: Maybe<readonly EntitlementInput[]>;
  readonly removeEntitlements?: Maybe<readonly EntityRefInput[]>;
  readonly inheritsFrom?: Maybe<readonly string[]>;
  readonly addInheritsFrom?: Maybe<readonly string[]>;
  readonly removeInheritsFrom?: Maybe<readonly string[]>;
  readonly accessRequestPolicyId?: Maybe<string>;
  readonly applicationDatasourceId?: Maybe<string>;
  readonly applicationSyncIdentityAction?: Maybe<SyncIdentityAction>;
  readonly ifUpdatedAt?: Maybe<string>;
  readonly dryRun?: Maybe<boolean>;
}

/** One change of a list that is tried out or carried out together. Exactly one member is set. */
export interface ProfileChangeInput {
  readonly createAccessProfile?: Maybe<CreateProfileInput>;
  readonly updateAccessProfile?: Maybe<UpdateProfileInput>;
  readonly updateVersion?: Maybe<UpdateVersionInput>;
}

export interface ChangeMembersInput {
  readonly id: string;
  readonly version?: Maybe<number>;
  readonly identityIds: readonly string[];
}
