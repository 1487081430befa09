import { EntitlementRef, EntityRef, GrantConditionRef, SyncIdentityActionRef } from '../refs.ts';

EntitlementRef.implement({
  description: 'Entitlement: an entity in a data source, such as a group or a role, that members of a profile receive.',
  fields: (t) => ({
    entityType: t.exposeString('entityType', { description: 'Type of the entity, such as "ActiveDirectoryGroup".' }),
    datasourceId: t.exposeString('datasourceId', {
      description: 'Id of the lifecycle management data source that holds the entity.',
    }),
    entityId: t.exposeString('entityId', { description: 'Id of the entity, unique within the data source.' }),
    assignedToEntityType: t.exposeString('assignedToEntityType', {
      nullable: true,
      description: 'Type of the intermediate entity, if the entitlement is assigned through one.',
    }),
    assignedToEntityId: t.exposeString('assignedToEntityId', {
      nullable: true,
      description: 'Id of the intermediate entity, if the entitlement is assigned through one.',
    }),
    grantBy: t.exposeString('grantBy', {
      nullable: true,
      description: 'Method by which the entitlement is granted, as named by the Veza API.',
    }),
    createdByAccessProfile: t.exposeBoolean('createdByAccessProfile', {
      nullable: true,
      description: 'Whether the entity was created for this profile.',
    }),
    customProperties: t.expose('customProperties', {
      type: 'StringMap',
      nullable: true,
      description: 'Custom properties of the entitlement.',
    }),
    syncIdentityAction: t.expose('syncIdentityAction', {
      type: SyncIdentityActionRef,
      nullable: true,
      description: 'Action that creates the identity in the target system before the entitlement is granted.',
    }),
    condition: t.expose('condition', {
      type: GrantConditionRef,
      nullable: true,
      description: 'Condition that selects the members who receive the entitlement; null if all members receive it.',
    }),
    entityName: t.exposeString('entityName', {
      needs: 'extraInfo',
      nullable: true,
      description: 'Name of the entity. Selecting this field makes the Veza API look up more details.',
    }),
    nativeId: t.exposeString('nativeId', {
      needs: 'extraInfo',
      nullable: true,
      description: 'Id of the entity in its own system. Selecting this field makes the Veza API look up more details.',
    }),
    providerId: t.exposeString('providerId', {
      needs: 'extraInfo',
      nullable: true,
      description:
        'Id of the Veza provider of the data source. Selecting this field makes the Veza API look up more details.',
    }),
    providerExternalId: t.exposeString('providerExternalId', {
      needs: 'extraInfo',
      nullable: true,
      description:
        'External id of the provider, such as an Okta domain. Selecting this field makes the Veza API look up more details.',
    }),
    extractionDatasourceId: t.exposeString('extractionDatasourceId', {
      needs: 'extraInfo',
      nullable: true,
      description:
        'Id of the data source from which the entity was extracted. Selecting this field makes the Veza API look up more details.',
    }),
    createEntitlementDetailId: t.exposeString('createEntitlementDetailId', {
      nullable: true,
      description: 'Id of the creation of the entity, as in `createEntitlementId`, if a profile created it.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the entitlement was created.',
    }),
    entity: t.field({
      type: EntityRef,
      nullable: true,
      description: 'Entity that the entitlement grants, with all profiles that grant it.',
      resolve: ({ datasourceId, entityType, entityId, entityName }) => ({
        datasourceId,
        entityType,
        entityId,
        entityName,
      }),
    }),
  }),
});

SyncIdentityActionRef.implement({
  description: 'Action of a lifecycle policy that creates or updates an identity in a target system.',
  fields: (t) => ({
    policyId: t.exposeString('policyId', { description: 'Id of the lifecycle policy that contains the action.' }),
    name: t.exposeString('name', { description: 'Name of the action within the lifecycle policy.' }),
  }),
});

GrantConditionRef.implement({
  description: 'Condition that selects the identities that receive an entitlement.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: true, description: 'Type of the condition, as named by the Veza API.' }),
    conditionString: t.exposeString('conditionString', { nullable: true, description: 'Text of the condition.' }),
  }),
});
