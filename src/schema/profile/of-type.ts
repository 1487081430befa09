import { isOfType } from '../../filter/typed-filter.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { profileList } from '../field-cost.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileTypeRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { AccessProfileConnectionRef, profileConnection } from './connection.ts';

builder.objectField(AccessProfileTypeRef, 'accessProfiles', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: AccessProfileConnectionRef,
    cost: profileList,
    description: 'Profiles of this type, in the order of the Veza API.',
    args: {
      filter: t.arg({
        type: AccessProfileFilterRef,
        required: false,
        description: 'Conditions that the profiles must satisfy.',
      }),
      first: t.arg.int({ required: false, description: 'Maximum number of profiles: 0 to 500, by default 50.' }),
      after: t.arg.string({
        required: false,
        description: 'Cursor after which the page starts. The filter must be the same as for the previous page.',
      }),
    },
    resolve: ({ typeId }, args, { loaders }, info) =>
      profileConnection(loaders, args, {
        within: isOfType(typeId),
        mark: typeId,
        counts: selects(info, 'totalCount'),
      }),
  }),
);
