import { builder } from '../builder.ts';
import { free } from '../field-cost.ts';
import { identityOf } from '../neighbour.ts';
import { AccessProfileMemberRef, IdentityRef } from '../refs.ts';

AccessProfileMemberRef.implement({
  description: 'Identity that is a member of a version of an access profile.',
  fields: (t) => ({
    identityId: t.exposeString('identityId', { description: 'Id of the identity in Veza lifecycle management.' }),
    identityName: t.exposeString('identityName', { nullable: true, description: 'Name of the identity.' }),
    createdFrom: t.exposeString('createdFrom', {
      nullable: true,
      description:
        'Origin of the membership, as named by the Veza API: "ACCESS_PROFILE_MEMBERSHIP" if added by hand, "BIRTHRIGHT" if added by a policy.',
    }),
    workflow: t.exposeString('workflow', { nullable: true, description: 'Workflow that made the identity a member.' }),
  }),
});

builder.objectField(AccessProfileMemberRef, 'identity', (t) =>
  t.field({
    type: IdentityRef,
    nullable: true,
    cost: free,
    description:
      'Identity of the member; null if the Veza API does not return it to your key. Fields other than ids and name cost one request per identity.',
    resolve: (member, _args, { loaders }, info) => identityOf(member, loaders, info),
  }),
);
