import { idOf } from '../../model/node-id.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { profileList, requestableNeed } from '../field-cost.ts';
import { AccessProfileRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { AccessProfileConnectionRef, listArguments } from './connection.ts';
import { profileConnection } from './list.ts';

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
    needs: requestableNeed,
    description:
      'Access profiles, in the order of the Veza API unless `orderBy` sorts them. `filter`, `search` and `scimFilter` can be combined: a profile must match all of them.',
    args: {
      ...listArguments,
      scimFilter: t.arg.string({
        description:
          'SCIM filter (RFC 7644) over the attributes of the Veza API, such as `labels co "sensitive" and name sw "US"`. Letter case does not count, except in ids.',
      }),
    },
    resolve: (_root, args, { loaders }, info) =>
      profileConnection(loaders, args, { readsAll: selects(info, 'totalCount') || selects(info, 'facets') }),
  }),
}));
