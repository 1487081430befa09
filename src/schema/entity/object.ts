import { entityGlobalId } from '../../model/node-id.ts';
import { nullOnlyOnError } from '../builder.ts';
import { graphWalk } from '../field-cost.ts';
import { findProfilesGranting } from '../granted-entity.ts';
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
