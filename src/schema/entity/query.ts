import { builder } from '../builder.ts';
import { findEntity } from '../granted-entity.ts';
import { EntityRefInputRef } from '../input-refs.ts';
import { EntityRef } from '../refs.ts';

builder.queryField('entity', (t) =>
  t.field({
    type: EntityRef,
    nullable: true,
    description:
      'An entity that some access profile grants. It is null if no profile that you can see grants it, as with a name in place of an id; ask for it beside `accessProfilesGranting`, whose empty list does not tell the two apart. Takes one scan of all profiles.',
    args: {
      ref: t.arg({
        type: EntityRefInputRef,
        required: true,
        description:
          'Data source, id and type of the entity, compared exactly. The type can be left out unless entities of several types have this id.',
      }),
    },
    resolve: (_root, { ref }, context) => findEntity(context, ref, 'ref'),
  }),
);
