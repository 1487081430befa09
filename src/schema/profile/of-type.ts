import { isOfType } from '../../filter/typed-filter.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileTypeRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { AccessProfileConnectionRef, profileConnection } from './connection.ts';

builder.objectField(AccessProfileTypeRef, 'accessProfiles', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: AccessProfileConnectionRef,
    description: 'Its profiles, in the order of the API.',
    args: {
      filter: t.arg({ type: AccessProfileFilterRef, required: false, description: 'Which of them.' }),
      first: t.arg.int({ required: false, description: 'At most how many: 0 to 500, by default 50.' }),
      after: t.arg.string({ required: false, description: 'Read on behind this cursor; keep the filter as it was.' }),
    },
    resolve: ({ typeId }, args, { loaders }, info) =>
      profileConnection(loaders, args, {
        within: isOfType(typeId),
        mark: typeId,
        counts: selects(info, 'totalCount'),
      }),
  }),
);
