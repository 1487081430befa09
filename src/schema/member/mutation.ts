import type { ChangeMembersInput } from '../../model/change-input.ts';
import { type ChangedMembers, changeMembers } from '../../mutations/members.ts';
import { builder } from '../builder.ts';
import { free, readWriteRead } from '../field-cost.ts';
import { mutationResult } from '../mutation.ts';
import { accessRequestOf } from '../neighbour.ts';
import { AccessProfileRef, AccessRequestRef } from '../refs.ts';

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

const result = mutationResult(PayloadRef, 'NotFoundError');
const args = builder.args((t) => ({
  input: t.field({
    type: ChangeAccessProfileMembersInputRef,
    required: true,
    description: 'Profile, and identities to add or to remove.',
  }),
}));

builder.mutationFields((t) => ({
  addAccessProfileMembers: t.field({
    ...result.field,
    cost: readWriteRead,
    description: 'Adds identities to a profile. The Veza API then provisions the entitlements of the profile to them.',
    args,
    resolve: result.resolve((session, input) => changeMembers(session, 'ADD', input)),
  }),
  removeAccessProfileMembers: t.field({
    ...result.field,
    cost: readWriteRead,
    description:
      'Removes identities from a profile. The Veza API then removes the entitlements of the profile from them. The gateway also sends identities that are not members: the Veza API decides.',
    args,
    resolve: result.resolve((session, input) => changeMembers(session, 'REMOVE', input)),
  }),
}));
