import type { ChangeMembersInput } from '../../model/change-input.ts';
import { type ChangedMembers, changeMembers } from '../../mutations/members.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { free, readWriteRead } from '../field-cost.ts';
import { accessRequestOf } from '../neighbour.ts';
import { AccessProfileRef, AccessRequestRef } from '../refs.ts';
import { resultUnion } from '../result.ts';

const ChangeAccessProfileMembersInputRef = builder
  .inputRef<ChangeMembersInput>('ChangeAccessProfileMembersInput')
  .implement({
    description: 'Identities to add to an access profile or to remove from it.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Global id of the profile, or its id in the Veza API.' }),
      version: t.int({
        description:
          'Number of the version. Default: the current version, or the draft if no version is published. Only the current version grants entitlements.',
      }),
      identityIds: t.stringList({ required: true, description: 'Ids of the identities in Veza lifecycle management.' }),
    }),
  });

const PayloadRef = builder.objectRef<ChangedMembers>('ChangeAccessProfileMembersPayload').implement({
  description: 'The Veza API accepted the change. The access request shows whether everything was provisioned.',
  fields: (t) => ({
    accessProfile: t.expose('profile', { type: AccessProfileRef, description: 'Profile after the change.' }),
    accessRequestId: t.exposeString('accessRequestId', {
      nullable: true,
      description:
        'Id of the access request that provisions or removes the entitlements; null if there is nothing to do.',
    }),
    accessRequest: t.field({
      type: AccessRequestRef,
      nullable: true,
      cost: free,
      description:
        'The access request, as it is right after the change; null if there is nothing to do. Query `accessRequest` later for its progress.',
      resolve: ({ accessRequestId }, _args, { loaders }, info) => accessRequestOf(accessRequestId, loaders, info),
    }),
    accessRequestErrorMessage: t.exposeString('accessRequestErrorMessage', {
      nullable: true,
      description:
        'Reason why provisioning failed, although the Veza API accepted the change; null if it reports none.',
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
      cost: readWriteRead,
      description:
        'Adds identities to a profile. The Veza API then provisions the entitlements of the profile to them.',
      args,
      resolve: (_root, { input }, context) => result.run(context, (session) => changeMembers(session, 'ADD', input)),
    }),
    removeAccessProfileMembers: t.field({
      ...nullOnlyOnError,
      type: result.ref,
      cost: readWriteRead,
      description:
        'Removes identities from a profile. The Veza API then removes the entitlements of the profile from them. The gateway also sends identities that are not members: the Veza API decides.',
      args,
      resolve: (_root, { input }, context) => result.run(context, (session) => changeMembers(session, 'REMOVE', input)),
    }),
  };
});
