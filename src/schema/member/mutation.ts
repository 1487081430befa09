import type { ChangeMembersInput } from '../../model/change-input.ts';
import { type ChangedMembers, changeMembers } from '../../mutations/members.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { AccessProfileRef } from '../refs.ts';
import { resultUnion } from '../result.ts';

const ChangeAccessProfileMembersInputRef = builder
  .inputRef<ChangeMembersInput>('ChangeAccessProfileMembersInput')
  .implement({
    description: 'Identities to add to a profile or to take away from it.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'The profile, by its global id or its id in the API.' }),
      version: t.int({
        required: false,
        description: 'Which version; by default the one that is live, since only that one grants anything.',
      }),
      identityIds: t.stringList({
        required: true,
        description: 'The identities, by their ids in Veza lifecycle management.',
      }),
    }),
  });

const PayloadRef = builder.objectRef<ChangedMembers>('ChangeAccessProfileMembersPayload').implement({
  description: 'The API took the change; whether everything was provisioned is for the access request to tell.',
  fields: (t) => ({
    accessProfile: t.expose('profile', {
      type: AccessProfileRef,
      description: 'Profile as it is after the change.',
    }),
    accessRequestId: t.exposeString('accessRequestId', {
      nullable: true,
      description: 'The access request that provisions or removes the grants; null if there is nothing to do.',
    }),
    accessRequestErrorMessage: t.exposeString('accessRequestErrorMessage', {
      nullable: true,
      description: 'The API can answer with success and still fail to provision; then this says why.',
    }),
  }),
});

const result = resultUnion<ChangedMembers>(
  'ChangeAccessProfileMembersResult',
  'ChangeAccessProfileMembersPayload',
  PayloadRef,
  ['InvalidInputError', 'NotFoundError', 'PermissionDeniedError', 'ConflictError'],
);

builder.mutationFields((t) => {
  const args = {
    input: t.arg({
      type: ChangeAccessProfileMembersInputRef,
      required: true,
      description: 'Profile, and identities to add or to remove.',
    }),
  };
  return {
    addAccessProfileMembers: t.field({
      ...nullOnlyOnError,
      type: result.ref,
      description: 'Adds identities to a profile; the API then provisions its grants to them.',
      args,
      resolve: (_root, { input }, context) => result.run(context, (session) => changeMembers(session, 'ADD', input)),
    }),
    removeAccessProfileMembers: t.field({
      ...nullOnlyOnError,
      type: result.ref,
      description:
        'Removes identities from a profile; the API then removes its entitlements from them. An identity that is not a member is sent all the same: the API decides.',
      args,
      resolve: (_root, { input }, context) => result.run(context, (session) => changeMembers(session, 'REMOVE', input)),
    }),
  };
});
