import type { AffectedMember } from '../inheritance/analysis/affected-members.ts';
import type { GrantedEntity } from '../inheritance/analysis/granting.ts';
import type { Entitlement, GrantCondition, SyncIdentityAction } from '../model/entitlement.ts';
import type { Identity } from '../model/identity.ts';
import type { AccessRequest, Datasource, LifecyclePolicy } from '../model/neighbours.ts';
import type { CatalogItem, Profile } from '../model/profile.ts';
import type { AttributeTransformer, CreateEntitlement, ProfileType } from '../model/profile-type.ts';
import type { Member, Version } from '../model/version.ts';
import { builder } from './builder.ts';

/** Types that several folders use. They are declared here so that no folder imports another. */
export type NodeValue =
  | Profile
  | ProfileType
  | Version
  | GrantedEntity
  | Datasource
  | Identity
  | LifecyclePolicy
  | AccessRequest;

/** The difference that a change makes to the effective entitlements of a profile. */
export interface AffectedProfile {
  readonly profile: Profile;
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
  /** The profile is shown as it is here, and not read again after a change. */
  readonly isCurrent?: true;
}

export const NodeRef = builder.interfaceRef<NodeValue>('Node');
export const AccessProfileRef = builder.objectRef<Profile>('AccessProfile');
export const AccessProfileTypeRef = builder.objectRef<ProfileType>('AccessProfileType');
export const AccessProfileVersionRef = builder.objectRef<Version>('AccessProfileVersion');
export const EntitlementRef = builder.objectRef<Entitlement>('Entitlement');
export const EntityRef = builder.objectRef<GrantedEntity>('Entity');
export const SyncIdentityActionRef = builder.objectRef<SyncIdentityAction>('SyncIdentityAction');
export const GrantConditionRef = builder.objectRef<GrantCondition>('GrantCondition');
export const AccessProfileMemberRef = builder.objectRef<Member>('AccessProfileMember');
export const CatalogItemRef = builder.objectRef<CatalogItem>('CatalogItem');
export const AttributeTransformerRef = builder.objectRef<AttributeTransformer>('AttributeTransformer');
export const CreateEntitlementRef = builder.objectRef<CreateEntitlement>('CreateEntitlement');
export const AffectedProfileRef = builder.objectRef<AffectedProfile>('AffectedProfile');
export const AffectedMemberRef = builder.objectRef<AffectedMember>('AffectedMember');
export const DatasourceRef = builder.objectRef<Datasource>('Datasource');
export const IdentityRef = builder.objectRef<Identity>('Identity');
export const LifecyclePolicyRef = builder.objectRef<LifecyclePolicy>('LifecyclePolicy');
export const AccessRequestRef = builder.objectRef<AccessRequest>('AccessRequest');
