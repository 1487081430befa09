import type { HeldProfile } from '../../model/identity.ts';
import { globalId, idOf } from '../../model/node-id.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { confirmedIdentity, free, listOf, ownCall, profilesById } from '../field-cost.ts';
import { policyOf } from '../neighbour.ts';
import { AccessProfileRef, IdentityRef, LifecyclePolicyRef, NodeRef } from '../refs.ts';

const IdentityAccessProfileRef = builder.objectRef<HeldProfile>('IdentityAccessProfile').implement({
  description: 'Access profile that an identity holds.',
  fields: (t) => ({
    profileId: t.exposeString('profileId', { description: 'Id of the profile in the Veza API.' }),
    accessProfile: t.field({
      type: AccessProfileRef,
      nullable: true,
      cost: profilesById(1),
      description: 'The profile; null if the Veza API does not return it to your key.',
      resolve: ({ profileId }, _args, { loaders }) => loaders.profiles.load(profileId),
    }),
    createdFrom: t.exposeString('createdFrom', {
      nullable: true,
      description: 'Origin of the membership, as named by the Veza API, such as "BIRTHRIGHT"; null if it reports none.',
    }),
  }),
});

IdentityRef.implement({
  description:
    'Person, or other identity, under lifecycle management. A person whom two policies manage has one identity for each.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the identity, such as "Identity:c278b4cc-…".',
      resolve: ({ identityId }) => globalId('Identity', identityId),
    }),
    identityId: t.exposeString('identityId', { description: 'Id of the identity in Veza lifecycle management.' }),
    name: t.exposeString('name', { nullable: true, description: 'Name of the identity.' }),
    email: t.exposeString('email', { cost: ownCall, nullable: true, description: 'Mail address of the identity.' }),
    title: t.exposeString('title', { cost: ownCall, nullable: true, description: 'Job title of the identity.' }),
    department: t.exposeString('department', {
      cost: ownCall,
      nullable: true,
      description: 'Department of the identity.',
    }),
    active: t.exposeBoolean('active', {
      cost: ownCall,
      nullable: true,
      description: 'Whether the identity is active; an inactive one can still be a member of profiles.',
    }),
    sourceEntityType: t.exposeString('sourceEntityType', {
      cost: ownCall,
      nullable: true,
      description: 'Type of the record in the source of identity, such as "OktaUser".',
    }),
    sourceEntityId: t.exposeString('sourceEntityId', {
      cost: ownCall,
      nullable: true,
      description:
        'Id of the record in the source of identity. Identities with the same type and id of the record are one person.',
    }),
    lastCheckedAt: t.expose('lastCheckedAt', {
      cost: ownCall,
      type: 'DateTime',
      nullable: true,
      description: 'Time when lifecycle management last checked the identity.',
    }),
    policy: t.field({
      type: LifecyclePolicyRef,
      nullable: true,
      cost: { object: 1, ...free },
      description: 'Lifecycle policy that manages the identity; null if the Veza API does not return it to your key.',
      resolve: (identity, _args, { loaders }, info) => policyOf(identity.policyId, loaders, info),
    }),
    accessProfiles: t.field({
      ...nullOnlyOnError,
      type: [IdentityAccessProfileRef],
      cost: { object: 1, ...listOf(5) },
      description: 'Access profiles that the identity holds, as the Veza API lists them.',
      resolve: (identity, _args, { resultLimit }) => {
        const { heldProfiles } = identity;
        resultLimit.spend(heldProfiles.length);
        return heldProfiles;
      },
    }),
  }),
});

builder.queryField('identity', (t) =>
  t.field({
    type: IdentityRef,
    nullable: true,
    cost: confirmedIdentity,
    description:
      'Identity with an id: a person, or another identity, under lifecycle management. Null if the Veza API does not return it to your key.',
    args: {
      id: t.arg.id({ required: true, description: 'Global id of the identity, or its id in the Veza API.' }),
    },
    resolve: (_root, { id }, { loaders }) => {
      const identityId = idOf('Identity', id, 'id');
      loaders.inheritance.begin();
      return loaders.identities.load(identityId);
    },
  }),
);
