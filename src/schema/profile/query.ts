import { idOf } from '../../model/node-id.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { AccessProfileConnectionRef, profileConnection } from './connection.ts';

builder.queryFields((t) => ({
  accessProfile: t.field({
    type: AccessProfileRef,
    nullable: true,
    description: 'One access profile; null if the API returns none with this id to you.',
    args: { id: t.arg.id({ description: 'Its global id or its id in the Access Profile API.', required: true }) },
    resolve: (_root, { id }, { loaders }) => loaders.profiles.load(idOf('AccessProfile', id, 'id')),
  }),
  accessProfiles: t.field({
    ...nullOnlyOnError,
    type: AccessProfileConnectionRef,
    description:
      'Access profiles, in the order of the API. A typed filter and raw SCIM may be combined: then both must hold.',
    args: {
      filter: t.arg({ type: AccessProfileFilterRef, required: false, description: 'Which profiles.' }),
      scimFilter: t.arg.string({
        required: false,
        description:
          'Which profiles, as a SCIM filter (RFC 7644) over the attributes of the API, such as `labels co "sensitive" and name sw "US"`.',
      }),
      first: t.arg.int({ required: false, description: 'At most how many: 0 to 500, by default 50.' }),
      after: t.arg.string({
        required: false,
        description: 'Read on behind this cursor; keep the filters as they were.',
      }),
    },
    resolve: (_root, args, { loaders }, info) =>
      profileConnection(loaders, args, { counts: selects(info, 'totalCount') }),
  }),
}));
