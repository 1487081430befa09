import { builder } from '../builder.ts';
import { graphWalk } from '../field-cost.ts';
import { findEntity } from '../granted-entity.ts';
import { EntityRefInputRef } from '../input-refs.ts';
import { EntityRef } from '../refs.ts';

builder.queryField('entity', (t) =>
  t.field({
    type: EntityRef,
    cost: graphWalk(1),
    needs: 'wantsWhole',
    nullable: true,
    description:
      'Entity that at least one access profile grants. Null if no profile that is visible to your key grants it, for example if `ref` has a name instead of an id. Requires one scan of all profiles.',
    args: {
      ref: t.arg({
        type: EntityRefInputRef,
        required: true,
        description:
          'Data source, id and type of the entity, compared exactly. The type is required only if entities of several types have this id.',
      }),
    },
    resolve: (_root, { ref }, context) => findEntity(context, ref, 'ref'),
  }),
);
