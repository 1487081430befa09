import type { GrantCondition } from './entitlement.ts';

export interface AttributeTransformer {
  readonly destinationAttribute: string | null;
  readonly destinationValueFormatter: string | null;
  readonly continuousSync: boolean | null;
  readonly additionalValueFormatter: readonly string[];
  readonly pipelineFunctions: string | null;
  readonly uniqueIdentifier: boolean | null;
}

/** An entitlement that the API creates in the target system for each profile of the type. */
export interface CreateEntitlement {
  readonly datasourceId: string | null;
  readonly entityType: string | null;
  readonly attributeTransformers: readonly AttributeTransformer[];
  readonly addMemberCondition: GrantCondition | null;
}

/** An access profile type: the rules its profiles keep (API notes §1.5, §6.3). */
export interface ProfileType {
  readonly typeId: string;
  readonly name: string;
  readonly description: string | null;
  readonly allowInheritEntities: boolean;
  /** Empty: any type. */
  readonly allowInheritedFromTypeIds: readonly string[];
  readonly allowCreateRelationships: boolean;
  readonly requireSingleDatasource: boolean;
  readonly requireSingleIntegration: boolean;
  readonly addIntegrationPrefixToAccessProfileNames: boolean;
  /** null: no limit (the API's null or 0). */
  readonly maxEntitlements: number | null;
  readonly createEntitlementBasedOnProfile: boolean;
  readonly createEntitlements: readonly CreateEntitlement[];
  readonly noEntitlements: boolean;
  readonly enabled: boolean | null;
  readonly onCreateBehavior: string | null;
  readonly instructions: string | null;
  readonly timeBeforeSyncCheckInSeconds: number | null;
  readonly accessRequestPolicyId: string | null;
  readonly allowOverwriteOfAccessRequestPolicy: boolean;
  readonly nameTransformer: AttributeTransformer | null;
  readonly removeEntitlementOnMemberUponUpdate: boolean;
  readonly integrations: readonly string[];
  readonly profilesCount: number | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}
