import {
  EntitlementInputRef,
  EntityRefInputRef,
  GrantConditionInputRef,
  SyncIdentityActionInputRef,
} from '../input-refs.ts';

SyncIdentityActionInputRef.implement({
  description: 'An action of a lifecycle policy that creates or updates an identity in a target system.',
  fields: (t) => ({
    policyId: t.string({ required: true, description: 'The policy.' }),
    name: t.string({ required: true, description: 'The name of the action within the policy.' }),
  }),
});

GrantConditionInputRef.implement({
  description: 'Decides which identities receive a grant.',
  fields: (t) => ({
    type: t.string({ required: false, description: 'The kind of condition, in the words of the API.' }),
    conditionString: t.string({ required: false, description: 'The condition itself.' }),
  }),
});

EntitlementInputRef.implement({
  description: 'A grant: an entity in a data source, such as a group or a role, that members receive.',
  fields: (t) => ({
    entityType: t.string({ required: true, description: 'What kind of entity, such as "ActiveDirectoryGroup".' }),
    datasourceId: t.string({
      required: true,
      description: 'The lifecycle management data source that holds the entity.',
    }),
    entityId: t.string({ required: true, description: 'The id of the entity, unique within the data source.' }),
    assignedToEntityType: t.string({
      required: false,
      description: 'If the grant goes through another entity: what kind that is.',
    }),
    assignedToEntityId: t.string({ required: false, description: 'If the grant goes through another entity: its id.' }),
    grantBy: t.string({ required: false, description: 'How the grant is made, in the words of the API.' }),
    createdByAccessProfile: t.boolean({
      required: false,
      description: 'Whether the entity was created for this profile.',
    }),
    customProperties: t.field({ type: 'StringMap', required: false, description: 'Further properties of your own.' }),
    syncIdentityAction: t.field({
      type: SyncIdentityActionInputRef,
      required: false,
      description: 'The action that creates the identity in the target first.',
    }),
    condition: t.field({
      type: GrantConditionInputRef,
      required: false,
      description: 'Decides which members receive it; without one all do.',
    }),
  }),
});

EntityRefInputRef.implement({
  description: 'Reference to an entity in a data source. It stands for all entitlements to this entity.',
  fields: (t) => ({
    entityType: t.string({
      required: false,
      description:
        'Kind of the entity, such as "ActiveDirectoryGroup". Left out, it stands for entities of any kind with this id; null is refused.',
    }),
    datasourceId: t.string({ required: true, description: 'Id of the data source that holds the entity.' }),
    entityId: t.string({ required: true, description: 'Id of the entity within its data source.' }),
  }),
});
