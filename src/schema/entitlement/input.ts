import {
  EntitlementInputRef,
  EntityRefInputRef,
  GrantConditionInputRef,
  SyncIdentityActionInputRef,
} from '../input-refs.ts';

SyncIdentityActionInputRef.implement({
  description: 'Action of a lifecycle policy that creates or updates an identity in a target system.',
  fields: (t) => ({
    policyId: t.string({ required: true, description: 'Id of the lifecycle policy that contains the action.' }),
    name: t.string({ required: true, description: 'Name of the action within the lifecycle policy.' }),
  }),
});

GrantConditionInputRef.implement({
  description: 'Condition that selects the identities that receive an entitlement.',
  fields: (t) => ({
    type: t.string({ description: 'Type of the condition, as named by the Veza API.' }),
    conditionString: t.string({ description: 'Text of the condition.' }),
  }),
});

EntitlementInputRef.implement({
  description: 'Entitlement: an entity in a data source, such as a group or a role, that members of a profile receive.',
  fields: (t) => ({
    entityType: t.string({ required: true, description: 'Type of the entity, such as "ActiveDirectoryGroup".' }),
    datasourceId: t.string({
      required: true,
      description: 'Id of the lifecycle management data source that holds the entity.',
    }),
    entityId: t.string({ required: true, description: 'Id of the entity, unique within the data source.' }),
    assignedToEntityType: t.string({
      description: 'Type of the intermediate entity, if the entitlement is assigned through one.',
    }),
    assignedToEntityId: t.string({
      description: 'Id of the intermediate entity, if the entitlement is assigned through one.',
    }),
    grantBy: t.string({ description: 'Method by which the entitlement is granted, as named by the Veza API.' }),
    createdByAccessProfile: t.boolean({ description: 'Whether the entity was created for this profile.' }),
    customProperties: t.field({ type: 'StringMap', description: 'Custom properties of the entitlement.' }),
    syncIdentityAction: t.field({
      type: SyncIdentityActionInputRef,
      description: 'Action that creates the identity in the target system before the entitlement is granted.',
    }),
    condition: t.field({
      type: GrantConditionInputRef,
      description:
        'Condition that selects the members who receive the entitlement. Without it, all members receive the entitlement.',
    }),
  }),
});

EntityRefInputRef.implement({
  description: 'Reference to an entity in a data source. It stands for all entitlements to this entity.',
  fields: (t) => ({
    entityType: t.string({
      description:
        'Type of the entity, such as "ActiveDirectoryGroup". Without it, entities of any type with this id match; null is an error.',
    }),
    datasourceId: t.string({ required: true, description: 'Id of the data source that holds the entity.' }),
    entityId: t.string({ required: true, description: 'Id of the entity within its data source.' }),
  }),
});
