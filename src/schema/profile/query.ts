import { idOf } from '../../model/node-id.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { profileList } from '../field-cost.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { AccessProfileConnectionRef, profileConnection } from './connection.ts';

builder.queryFields((t) => ({
  accessProfile: t.field({
    type: AccessProfileRef,
    cost: { profilesById: () => 1, namesIds: true },
    nullable: true,
    description: 'Access profile with an id; null if the Veza API does not return it to your key.',
    args: {
      id: t.arg.id({ description: 'Global id of the profile, or its id in the Veza API.', required: true }),
    },
    resolve: (_root, { id }, { loaders }) => loaders.profiles.load(idOf('AccessProfile', id, 'id')),
  }),
  accessProfiles: t.field({
    ...nullOnlyOnError,
    type: AccessProfileConnectionRef,
    cost: profileList,
    description:
      'Access profiles, in the order of the Veza API. `filter` and `scimFilter` can be combined: a profile must match both.',
    args: {
      filter: t.arg({
        type: AccessProfileFilterRef,
        required: false,
        description: 'Conditions that the profiles must satisfy.',
      }),
      scimFilter: t.arg.string({
        required: false,
        description:
          'SCIM filter (RFC 7644) over the attributes of the Veza API, such as `labels co "sensitive" and name sw "US"`.',
      }),
      first: t.arg.int({ required: false, description: 'Maximum number of profiles: 0 to 500, by default 50.' }),
      after: t.arg.string({
        required: false,
        description: 'Cursor after which the page starts. The filters must be the same as for the previous page.',
      }),
    },
    resolve: (_root, args, { loaders }, info) =>
      profileConnection(loaders, args, { counts: selects(info, 'totalCount') }),
  }),
}));
