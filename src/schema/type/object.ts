import { globalId } from '../../model/node-id.ts';
import { nullOnlyOnError } from '../builder.ts';
import { AccessProfileTypeRef, AttributeTransformerRef, CreateEntitlementRef, NodeRef } from '../refs.ts';

AccessProfileTypeRef.implement({
  description: 'A type of access profiles: the rules that its profiles keep.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Its global id, such as "AccessProfileType:13ddf132-…".',
      resolve: ({ typeId }) => globalId('AccessProfileType', typeId),
    }),
    typeId: t.exposeString('typeId', { description: 'Its id in the Access Profile API.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    allowInheritEntities: t.exposeBoolean('allowInheritEntities', {
      description: 'Whether its profiles may inherit from other profiles.',
    }),
    allowInheritedFromTypes: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileTypeRef],
      description: 'Types that profiles of this type may inherit from; empty means any type.',
      resolve: async ({ allowInheritedFromTypeIds: ids }, _args, { loaders }) => {
        const types = await Promise.all(ids.map((id) => loaders.types.reference(id)));
        return types.filter((type) => type !== null);
      },
    }),
    allowInheritedFromTypeIds: t.exposeStringList('allowInheritedFromTypeIds', {
      description:
        'Ids of the types that profiles of this type may inherit from, with types that the API does not return to you. Any type is allowed only if this list is empty.',
    }),
    allowCreateRelationships: t.exposeBoolean('allowCreateRelationships', {
      description: 'Whether its profiles may grant entitlements themselves.',
    }),
    requireSingleDatasource: t.exposeBoolean('requireSingleDatasource', {
      description: 'Whether all entitlements of a profile must be in one data source.',
    }),
    requireSingleIntegration: t.exposeBoolean('requireSingleIntegration', {
      description: 'Whether all entitlements of a profile must be in one integration.',
    }),
    addIntegrationPrefixToAccessProfileNames: t.exposeBoolean('addIntegrationPrefixToAccessProfileNames', {
      description: 'Whether names of profiles get the integration as a prefix; needs a single integration.',
    }),
    maxEntitlements: t.exposeInt('maxEntitlements', {
      nullable: true,
      description: 'The most entitlements of a profile; null means no limit.',
    }),
    createEntitlementBasedOnProfile: t.exposeBoolean('createEntitlementBasedOnProfile', {
      description: 'Whether entitlements that are missing in the target are created; needs a single integration.',
    }),
    createEntitlements: t.expose('createEntitlements', {
      type: [CreateEntitlementRef],
      description: 'The entitlements that are created for each profile.',
    }),
    noEntitlements: t.exposeBoolean('noEntitlements', {
      description: 'Whether its profiles only connect people to an application.',
    }),
    enabled: t.exposeBoolean('enabled', { nullable: true, description: 'Whether the API calls it enabled.' }),
    onCreateBehavior: t.exposeString('onCreateBehavior', {
      nullable: true,
      description: 'The state that new profiles start in, in the words of the API.',
    }),
    instructions: t.exposeString('instructions', {
      nullable: true,
      description: 'Markdown that is shown to those who write a profile.',
    }),
    timeBeforeSyncCheckInSeconds: t.exposeInt('timeBeforeSyncCheckInSeconds', {
      nullable: true,
      description: 'Seconds between comparisons of the member list with the target; 0 turns them off.',
    }),
    accessRequestPolicyId: t.exposeString('accessRequestPolicyId', {
      nullable: true,
      description: 'The policy that rules requests for its profiles unless they choose another.',
    }),
    allowOverwriteOfAccessRequestPolicy: t.exposeBoolean('allowOverwriteOfAccessRequestPolicy', {
      description: 'Whether its profiles may choose another request policy.',
    }),
    nameTransformer: t.expose('nameTransformer', {
      type: AttributeTransformerRef,
      nullable: true,
      description: 'How names of profiles are made.',
    }),
    removeEntitlementOnMemberUponUpdate: t.exposeBoolean('removeEntitlementOnMemberUponUpdate', {
      description: 'Whether members lose an entitlement that is taken out of a version.',
    }),
    integrations: t.exposeStringList('integrations', { description: 'The integrations it is meant for.' }),
    profilesCount: t.exposeInt('profilesCount', {
      nullable: true,
      description: 'How many profiles it has, as the API counts them.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true, description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true, description: 'When it was last changed.' }),
  }),
});
