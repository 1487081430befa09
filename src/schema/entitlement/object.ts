import { EntitlementRef, GrantConditionRef, SyncIdentityActionRef } from '../refs.ts';

EntitlementRef.implement({
  description: 'One grant: an entity in a data source, such as a group or a role, that members receive.',
  fields: (t) => ({
    entityType: t.exposeString('entityType', { description: 'What kind of entity, such as "ActiveDirectoryGroup".' }),
    datasourceId: t.exposeString('datasourceId', {
      description: 'The lifecycle management data source that holds the entity.',
    }),
    entityId: t.exposeString('entityId', { description: 'The id of the entity, unique within the data source.' }),
    assignedToEntityType: t.exposeString('assignedToEntityType', {
      nullable: true,
      description: 'If the grant goes through another entity: what kind that is.',
    }),
    assignedToEntityId: t.exposeString('assignedToEntityId', {
      nullable: true,
      description: 'If the grant goes through another entity: its id.',
    }),
    grantBy: t.exposeString('grantBy', {
      nullable: true,
      description: 'How the grant is made, in the words of the API.',
    }),
    createdByAccessProfile: t.exposeBoolean('createdByAccessProfile', {
      nullable: true,
      description: 'Whether the entity was created for this profile.',
    }),
    customProperties: t.expose('customProperties', {
      type: 'StringMap',
      nullable: true,
      description: 'Further properties of your own.',
    }),
    syncIdentityAction: t.expose('syncIdentityAction', {
      type: SyncIdentityActionRef,
      nullable: true,
      description: 'The action that creates the identity in the target first.',
    }),
    condition: t.expose('condition', {
      type: GrantConditionRef,
      nullable: true,
      description: 'Decides which members receive it; null: all do.',
    }),
    entityName: t.exposeString('entityName', {
      nullable: true,
      description: 'The name of the entity. Asking for it makes the API look up extra detail.',
    }),
    nativeId: t.exposeString('nativeId', {
      nullable: true,
      description: 'The id of the entity in its own system. Asking for it makes the API look up extra detail.',
    }),
    providerId: t.exposeString('providerId', {
      nullable: true,
      description: 'The Veza provider of the data source. Asking for it makes the API look up extra detail.',
    }),
    providerExternalId: t.exposeString('providerExternalId', {
      nullable: true,
      description: "The provider's own name, such as an Okta domain. Asking for it makes the API look up extra detail.",
    }),
  }),
});

SyncIdentityActionRef.implement({
  description: 'An action of a lifecycle policy that creates or updates an identity in a target system.',
  fields: (t) => ({
    policyId: t.exposeString('policyId', { description: 'The policy.' }),
    name: t.exposeString('name', { description: 'The name of the action within the policy.' }),
  }),
});

GrantConditionRef.implement({
  description: 'Decides which identities receive a grant.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: true, description: 'The kind of condition, in the words of the API.' }),
    conditionString: t.exposeString('conditionString', { nullable: true, description: 'The condition itself.' }),
  }),
});
