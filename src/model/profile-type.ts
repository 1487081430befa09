import type { GrantCondition } from './entitlement.ts';

export declare abstract class AttributeTransformer {
  get destinationAttribute(): string | null;
  get destinationValueFormatter(): string | null;
  get continuousSync(): boolean | null;
  get additionalValueFormatter(): readonly string[];
  get pipelineFunctions(): string | null;
  get uniqueIdentifier(): boolean | null;
}

/** An entitlement that the API creates in the target system for each profile of the type. */
export declare abstract class CreateEntitlement {
  get datasourceId(): string | null;
  get entityType(): string | null;
  get attributeTransformers(): readonly AttributeTransformer[];
  get addMemberCondition(): GrantCondition | null;
  /** The last four are set once the entitlement has been created. */
  get createdEntityId(): string | null;
  get accessRequestId(): string | null;
  get createEntitlementId(): string | null;
  get lastSyncJobId(): string | null;
}

/** An access profile type: the rules its profiles keep (API notes §1.5, §6.3). */
export declare abstract class ProfileType {
  get typeId(): string;
  get name(): string;
  get description(): string | null;
  get allowInheritEntities(): boolean;
  /** Empty: any type. */
  get allowInheritedFromTypeIds(): readonly string[];
  get allowCreateRelationships(): boolean;
  get requireSingleDatasource(): boolean;
  get requireSingleIntegration(): boolean;
  get addIntegrationPrefixToAccessProfileNames(): boolean;
  /** null: no limit (the API's null or 0). */
  get maxEntitlements(): number | null;
  get createEntitlementBasedOnProfile(): boolean;
  get createEntitlements(): readonly CreateEntitlement[];
  get noEntitlements(): boolean;
  get enabled(): boolean | null;
  get onCreateBehavior(): string | null;
  get instructions(): string | null;
  get timeBeforeSyncCheckInSeconds(): number | null;
  get accessRequestPolicyId(): string | null;
  get allowOverwriteOfAccessRequestPolicy(): boolean;
  get nameTransformer(): AttributeTransformer | null;
  get removeEntitlementOnMemberUponUpdate(): boolean;
  get integrations(): readonly string[];
  get profilesCount(): number | null;
  get rbacId(): string | null;
  get createdAt(): string | null;
  get updatedAt(): string | null;
}
