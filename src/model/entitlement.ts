/** A named sync action of a lifecycle policy (REST `sync_identity_action`). */
export declare abstract class SyncIdentityAction {
  get policyId(): string;
  get name(): string;
}

/** Decides whether an identity gets a grant (REST `condition`); `type` is the API's own enum name or number, as text. */
export declare abstract class GrantCondition {
  get type(): string | null;
  get conditionString(): string | null;
}

/** One grant held by a profile's version (REST `entities_to_create_relationships_to[]`). */
export declare abstract class Entitlement {
  get entityType(): string;
  get datasourceId(): string;
  get entityId(): string;
  get assignedToEntityType(): string | null;
  get assignedToEntityId(): string | null;
  get grantBy(): string | null;
  get createdByAccessProfile(): boolean | null;
  get customProperties(): StringMap | null;
  get syncIdentityAction(): SyncIdentityAction | null;
  get condition(): GrantCondition | null;
  get createEntitlementDetailId(): string | null;
  get createdAt(): string | null;
  /** The next five are filled only where `entity_extra_info` was asked for. */
  get entityName(): string | null;
  get nativeId(): string | null;
  get providerId(): string | null;
  get providerExternalId(): string | null;
  get extractionDatasourceId(): string | null;
  /** The API's own JSON, kept so that a read-modify-write can send back the fields this gateway doesn't know. */
  get wire(): Readonly<Record<string, unknown>>;
}

/** REST `custom_properties`. Has no prototype, so that a key such as `__proto__` is only a key. */
export type StringMap = Readonly<Record<string, string>>;

/**
 * Two entitlements with the same key are the same entitlement: the key holds the entity and the entity that it is assigned
 * through. `grant_by`, conditions and custom properties say how it is granted, not what is granted, so they are not in it.
 */
export function entitlementKey(entitlement: {
  readonly datasourceId: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly assignedToEntityType?: string | null | undefined;
  readonly assignedToEntityId?: string | null | undefined;
}): string {
  return JSON.stringify([
    entitlement.datasourceId,
    entitlement.entityType,
    entitlement.entityId,
    // The API prints an absent assignment as "" or leaves it out; both mean none.
    entitlement.assignedToEntityType || null,
    entitlement.assignedToEntityId || null,
  ]);
}
