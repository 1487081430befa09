import { entityGlobalId } from '../../model/node-id.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { graphWalk } from '../field-cost.ts';
import { findEntity, findProfilesGranting } from '../granted-entity.ts';
import { EntityRefInputRef } from '../input-refs.ts';
import { AccessProfileRef, EntityRef, NodeRef } from '../refs.ts';

EntityRef.implement({
  description: 'Entity that access profiles grant: a group, a role or a permission set in one data source.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the entity, such as "Entity:938b9fd8-…:SnowflakeRole:FINANCE_READER".',
      resolve: entityGlobalId,
    }),
    datasourceId: t.exposeString('datasourceId', {
      description: 'Id of the lifecycle management data source that holds the entity.',
    }),
    entityType: t.exposeString('entityType', { description: 'Type of the entity, such as "ActiveDirectoryGroup".' }),
    entityId: t.exposeString('entityId', { description: 'Id of the entity, unique within its data source.' }),
    entityName: t.exposeString('entityName', {
      needs: 'extraInfo',
      nullable: true,
      description: 'Name of the entity. Selecting this field makes the Veza API look up more details.',
    }),
    accessProfiles: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      cost: graphWalk(20),
      description:
        'Access profiles that grant the entity: first those whose current version grants it directly, in the order of the Veza API; then those that inherit it, nearest first.',
      args: {
        includeInherited: t.arg.boolean({
          defaultValue: true,
          description:
            'Whether profiles that inherit the entitlement are returned. Default: true. False returns only profiles that grant the entity directly.',
        }),
      },
      resolve: ({ datasourceId, entityType, entityId }, { includeInherited }, context) =>
        findProfilesGranting(context, { datasourceId, entityType, entityId }, 'entity', includeInherited),
    }),
  }),
});

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
