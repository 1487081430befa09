import { entityGlobalId } from '../../model/node-id.ts';
import { nullOnlyOnError } from '../builder.ts';
import { findProfilesGranting } from '../granted-entity.ts';
import { AccessProfileRef, EntityRef, NodeRef } from '../refs.ts';

EntityRef.implement({
  description: 'An entity that access profiles grant: a group, a role or a permission set in one data source.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the entity, such as "Entity:938b9fd8-…:SnowflakeRole:FINANCE_READER".',
      resolve: entityGlobalId,
    }),
    datasourceId: t.exposeString('datasourceId', {
      description: 'Id of the lifecycle management data source that holds the entity.',
    }),
    entityType: t.exposeString('entityType', { description: 'Kind of the entity, such as "ActiveDirectoryGroup".' }),
    entityId: t.exposeString('entityId', { description: 'Id of the entity, unique within its data source.' }),
    entityName: t.exposeString('entityName', {
      nullable: true,
      description: 'Name of the entity. Selecting it makes the API look up extra detail.',
    }),
    accessProfiles: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      description:
        'Access profiles whose current version grants the entity, in the order of the API; then those that inherit it, nearest first.',
      args: {
        includeInherited: t.arg.boolean({
          required: false,
          defaultValue: true,
          description: 'False returns only the profiles that grant the entity themselves.',
        }),
      },
      resolve: ({ datasourceId, entityType, entityId }, { includeInherited }, context) =>
        findProfilesGranting(context, { datasourceId, entityType, entityId }, 'entity', includeInherited),
    }),
  }),
});
