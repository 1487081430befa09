import { listOf } from '../field-cost.ts';
import { AttributeTransformerRef, CreateEntitlementRef, GrantConditionRef } from '../refs.ts';

CreateEntitlementRef.implement({
  description:
    'Entitlement that is created in the target system for each profile of a type. The ids of what was created are set on a profile, in `createdEntitlements`.',
  fields: (t) => ({
    datasourceId: t.exposeString('datasourceId', {
      nullable: true,
      description: 'Id of the data source in which the entity is created.',
    }),
    entityType: t.exposeString('entityType', { nullable: true, description: 'Type of the entity that is created.' }),
    attributeTransformers: t.expose('attributeTransformers', {
      type: [AttributeTransformerRef],
      cost: listOf(5),
      description: 'Rules that derive the attributes of the entity.',
    }),
    addMemberCondition: t.expose('addMemberCondition', {
      type: GrantConditionRef,
      nullable: true,
      description:
        'Condition that selects the identities that receive the entitlement; null if all members receive it.',
    }),
    createdEntityId: t.exposeString('createdEntityId', {
      nullable: true,
      description: 'Id of the entity that was created; null if none was created yet.',
    }),
    accessRequestId: t.exposeString('accessRequestId', {
      nullable: true,
      description: 'Id of the access request that created the entity.',
    }),
    createEntitlementId: t.exposeString('createEntitlementId', {
      nullable: true,
      description: 'Id of this creation of an entitlement in the Veza API.',
    }),
    lastSyncJobId: t.exposeString('lastSyncJobId', {
      nullable: true,
      description: 'Id of the job that last synchronized the entity.',
    }),
  }),
});

AttributeTransformerRef.implement({
  description: 'Rule that derives one attribute in the target system from attributes of the source.',
  fields: (t) => ({
    destinationAttribute: t.exposeString('destinationAttribute', {
      nullable: true,
      description: 'Name of the attribute in the target system.',
    }),
    destinationValueFormatter: t.exposeString('destinationValueFormatter', {
      nullable: true,
      description: "Format of the attribute's value.",
    }),
    continuousSync: t.exposeBoolean('continuousSync', {
      nullable: true,
      description: 'Whether the attribute is kept up to date after it is created.',
    }),
    additionalValueFormatter: t.exposeStringList('additionalValueFormatter', {
      description: 'Formats of additional values of the attribute.',
    }),
    pipelineFunctions: t.exposeString('pipelineFunctions', {
      nullable: true,
      description: 'Functions that transform the value of the attribute.',
    }),
    uniqueIdentifier: t.exposeBoolean('uniqueIdentifier', {
      nullable: true,
      description: 'Whether the attribute uniquely identifies the entity.',
    }),
  }),
});
