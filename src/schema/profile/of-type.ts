import { isOfType } from '../../filter/typed-filter.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { profilesOfType, requestableNeed } from '../field-cost.ts';
import { AccessProfileTypeRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { AccessProfileConnectionRef, listArguments } from './connection.ts';
import { profileConnection } from './list.ts';

builder.objectField(AccessProfileTypeRef, 'accessProfiles', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: AccessProfileConnectionRef,
    cost: profilesOfType,
    needs: requestableNeed,
    description: 'Profiles of this type, in the order of the Veza API unless `orderBy` sorts them.',
    args: listArguments,
    resolve: ({ typeId }, args, { loaders }, info) =>
      profileConnection(loaders, args, {
        within: isOfType(typeId),
        mark: typeId,
        readsAll: selects(info, 'totalCount') || selects(info, 'facets'),
      }),
  }),
);
