import { AccessProfileMemberRef } from '../refs.ts';

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
