import { globalId } from '../../model/node-id.ts';
import { nullOnlyOnError } from '../builder.ts';
import { listOf, typesOnce } from '../field-cost.ts';
import { AccessProfileTypeRef, AttributeTransformerRef, CreateEntitlementRef, NodeRef } from '../refs.ts';

AccessProfileTypeRef.implement({
  description: 'Access profile type: the rules that its profiles must keep.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the type, such as "AccessProfileType:13ddf132-…".',
      resolve: ({ typeId }) => globalId('AccessProfileType', typeId),
    }),
    typeId: t.exposeString('typeId', { description: 'Id of the type in the Veza API.' }),
    name: t.exposeString('name', { description: 'Name of the type.' }),
    description: t.exposeString('description', { nullable: true, description: 'Purpose of the type.' }),
    allowInheritEntities: t.exposeBoolean('allowInheritEntities', {
      description: 'Whether profiles of the type can inherit from other profiles.',
    }),
    allowInheritedFromTypes: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileTypeRef],
      cost: { ...typesOnce, ...listOf(5) },
      description:
        'Types that profiles of this type can inherit from. Types that the Veza API does not return to your key are left out; see `allowInheritedFromTypeIds`.',
      resolve: async ({ allowInheritedFromTypeIds: ids }, _args, { loaders }) => {
        const types = await Promise.all(ids.map((id) => loaders.types.reference(id)));
        return types.filter((type) => type !== null);
      },
    }),
    allowInheritedFromTypeIds: t.exposeStringList('allowInheritedFromTypeIds', {
      description:
        'Ids of the types that profiles of this type can inherit from, including types that the Veza API does not return to your key. An empty list allows any type.',
    }),
    allowCreateRelationships: t.exposeBoolean('allowCreateRelationships', {
      description: 'Whether profiles of the type can have direct entitlements.',
    }),
    requireSingleDatasource: t.exposeBoolean('requireSingleDatasource', {
      description: 'Whether all entitlements of a profile must be in one data source.',
    }),
    requireSingleIntegration: t.exposeBoolean('requireSingleIntegration', {
      description: 'Whether all entitlements of a profile must be in one integration.',
    }),
    addIntegrationPrefixToAccessProfileNames: t.exposeBoolean('addIntegrationPrefixToAccessProfileNames', {
      description: 'Whether profile names get the integration as a prefix. Requires a single integration.',
    }),
    maxEntitlements: t.exposeInt('maxEntitlements', {
      nullable: true,
      description: 'Maximum number of entitlements per profile; null if there is no limit.',
    }),
    createEntitlementBasedOnProfile: t.exposeBoolean('createEntitlementBasedOnProfile', {
      description:
        'Whether entitlements that are missing in the target system are created. Requires a single integration.',
    }),
    createEntitlements: t.expose('createEntitlements', {
      type: [CreateEntitlementRef],
      cost: listOf(5),
      description: 'Entitlements that are created for each profile of the type.',
    }),
    noEntitlements: t.exposeBoolean('noEntitlements', {
      description: 'Whether profiles of the type only connect people to an application, without entitlements.',
    }),
    enabled: t.exposeBoolean('enabled', {
      nullable: true,
      description: 'Whether the Veza API reports the type as enabled.',
    }),
    onCreateBehavior: t.exposeString('onCreateBehavior', {
      nullable: true,
      description: 'Initial state of new profiles, as named by the Veza API.',
    }),
    instructions: t.exposeString('instructions', {
      nullable: true,
      description: 'Instructions for authors of profiles, as Markdown.',
    }),
    timeBeforeSyncCheckInSeconds: t.exposeInt('timeBeforeSyncCheckInSeconds', {
      nullable: true,
      description: 'Seconds between checks of the member list against the target system; 0 turns the checks off.',
    }),
    accessRequestPolicyId: t.exposeString('accessRequestPolicyId', {
      nullable: true,
      description:
        'Id of the policy that governs access requests for profiles of the type, unless a profile sets its own.',
    }),
    allowOverwriteOfAccessRequestPolicy: t.exposeBoolean('allowOverwriteOfAccessRequestPolicy', {
      description: 'Whether profiles of the type can set their own access request policy.',
    }),
    nameTransformer: t.expose('nameTransformer', {
      type: AttributeTransformerRef,
      nullable: true,
      description: 'Rule that derives the names of profiles.',
    }),
    removeEntitlementOnMemberUponUpdate: t.exposeBoolean('removeEntitlementOnMemberUponUpdate', {
      description: 'Whether members lose an entitlement when it is removed from a version.',
    }),
    integrations: t.exposeStringList('integrations', { description: 'Integrations that the type is intended for.' }),
    profilesCount: t.exposeInt('profilesCount', {
      nullable: true,
      description: 'Number of profiles of the type, as reported by the Veza API.',
    }),
    rbacId: t.exposeString('rbacId', {
      nullable: true,
      description: 'Id of the type in the access controls of the Veza API.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the type was created.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the type was last changed.',
    }),
  }),
});
