import { AccessProfileMemberRef } from '../refs.ts';

AccessProfileMemberRef.implement({
  description: 'An identity that holds a version of an access profile.',
  fields: (t) => ({
    identityId: t.exposeString('identityId', { description: 'The id of the identity in Veza lifecycle management.' }),
    identityName: t.exposeString('identityName', { nullable: true, description: 'Its name.' }),
    createdFrom: t.exposeString('createdFrom', {
      nullable: true,
      description:
        'How it became a member, in the words of the API: "ACCESS_PROFILE_MEMBERSHIP" by hand, "BIRTHRIGHT" by a policy.',
    }),
    workflow: t.exposeString('workflow', { nullable: true, description: 'The workflow that made it a member.' }),
  }),
});
