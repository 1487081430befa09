/** A profile that an identity holds, and how it came to. */
export interface HeldProfile {
  readonly profileId: string;
  /** An open set of names: `BIRTHRIGHT`, `ACCESS_PROFILE_MEMBERSHIP`, …; null: the API did not say. */
  readonly createdFrom: string | null;
}

/** A person or other identity under a lifecycle policy (neighbour notes §3). Its mail, title and department are personal data. */
export declare abstract class Identity {
  get identityId(): string;
  get policyId(): string | null;
  get name(): string | null;
  get email(): string | null;
  get title(): string | null;
  get department(): string | null;
  get active(): boolean | null;
  /** The record in the source of identity, such as `OktaUser`: one person may have an identity in each of several policies. */
  get sourceEntityType(): string | null;
  get sourceEntityId(): string | null;
  get lastCheckedAt(): string | null;
  get heldProfiles(): readonly HeldProfile[];
}

/** The person that an identity stands for: identities of two policies are of one person if their source records are the same. */
export function personKey({ sourceEntityType, sourceEntityId }: Identity): string | null {
  return sourceEntityType === null || sourceEntityId === null
    ? null
    : JSON.stringify([sourceEntityType, sourceEntityId]);
}

/** Something that an identity has in a target system, as the access graph says (neighbour notes §4). */
export declare abstract class ActualEntitlement {
  get datasourceId(): string | null;
  get entityType(): string;
  get entityId(): string;
  get entityName(): string | null;
  get createdFrom(): string | null;
}
