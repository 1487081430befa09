import { AttributeTransformerRef, CreateEntitlementRef, GrantConditionRef } from '../refs.ts';

CreateEntitlementRef.implement({
  description: 'An entitlement that is created in the target for each profile of a type.',
  fields: (t) => ({
    datasourceId: t.exposeString('datasourceId', { nullable: true, description: 'The data source it is created in.' }),
    entityType: t.exposeString('entityType', { nullable: true, description: 'What kind of entity is created.' }),
    attributeTransformers: t.expose('attributeTransformers', {
      type: [AttributeTransformerRef],
      description: 'How the attributes of the entity are made.',
    }),
    addMemberCondition: t.expose('addMemberCondition', {
      type: GrantConditionRef,
      nullable: true,
      description: 'Which identities are added to it; null: all members.',
    }),
  }),
});

AttributeTransformerRef.implement({
  description: 'How one attribute in a target is made from attributes of the source.',
  fields: (t) => ({
    destinationAttribute: t.exposeString('destinationAttribute', {
      nullable: true,
      description: 'The attribute made.',
    }),
    destinationValueFormatter: t.exposeString('destinationValueFormatter', {
      nullable: true,
      description: 'The format of its value.',
    }),
    continuousSync: t.exposeBoolean('continuousSync', {
      nullable: true,
      description: 'Whether it is kept up to date.',
    }),
    additionalValueFormatter: t.exposeStringList('additionalValueFormatter', {
      description: 'Formats of further values.',
    }),
    pipelineFunctions: t.exposeString('pipelineFunctions', {
      nullable: true,
      description: 'Functions that its value goes through.',
    }),
    uniqueIdentifier: t.exposeBoolean('uniqueIdentifier', {
      nullable: true,
      description: 'Whether it identifies the entity.',
    }),
  }),
});
