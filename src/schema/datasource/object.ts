import { globalId } from '../../model/node-id.ts';
import { directEntitlements } from '../../model/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { datasourceScalar, free, listOf } from '../field-cost.ts';
import { datasourceOf } from '../neighbour.ts';
import { AccessProfileRef, DatasourceRef, EntitlementRef, EntityRef, NodeRef } from '../refs.ts';

const scalar = { cost: datasourceScalar, needs: 'datasources' } as const;

DatasourceRef.implement({
  description: 'Data source of lifecycle management: the system that entities are in.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the data source, such as "Datasource:938b9fd8-…".',
      resolve: ({ datasourceId }) => globalId('Datasource', datasourceId),
    }),
    datasourceId: t.exposeString('datasourceId', {
      description: 'Id of the data source in the Veza API. Entitlements name it.',
    }),
    name: t.exposeString('name', { ...scalar, nullable: true, description: 'Name of the data source.' }),
    providerType: t.exposeString('providerType', {
      ...scalar,
      nullable: true,
      description: 'Type of the provider, such as "WORKDAY"; null if the Veza API does not report it.',
    }),
    providerId: t.exposeString('providerId', {
      ...scalar,
      nullable: true,
      description: 'Id of the Veza provider of the data source.',
    }),
    externalId: t.exposeString('externalId', {
      ...scalar,
      nullable: true,
      description: 'Id of the data source outside Veza, such as the URL of its host.',
    }),
    enabled: t.exposeBoolean('enabled', {
      ...scalar,
      nullable: true,
      description:
        'Whether lifecycle management is enabled for the data source; null if the Veza API does not report it.',
    }),
    actions: t.exposeStringList('actions', {
      ...scalar,
      description:
        'Names of the actions that the data source supports, such as "MANAGE_RELATIONSHIPS". A number is an action that the Veza API does not name.',
    }),
  }),
});

builder.objectField(EntitlementRef, 'datasource', (t) =>
  t.field({
    type: DatasourceRef,
    nullable: true,
    cost: free,
    description:
      'Data source that holds the entity; null if the Veza API does not return it to your key. The gateway reads all data sources in one request, and caches them for your key.',
    resolve: ({ datasourceId }, _args, { loaders }, info) => datasourceOf(datasourceId, loaders, info),
  }),
);

builder.objectField(EntityRef, 'datasource', (t) =>
  t.field({
    type: DatasourceRef,
    nullable: true,
    cost: free,
    description: 'Data source that holds the entity; null if the Veza API does not return it to your key.',
    resolve: ({ datasourceId }, _args, { loaders }, info) => datasourceOf(datasourceId, loaders, info),
  }),
);

builder.objectField(AccessProfileRef, 'datasources', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: [DatasourceRef],
    cost: { ...listOf(3), once: 'datasources' },
    needs: 'datasources',
    description:
      'Data sources that the profile or its current version names, or that its direct entitlements are in. Data sources that the Veza API does not return to your key are left out.',
    resolve: async (profile, _args, { loaders }) => {
      const ids = new Set(profile.datasourceIds);
      for (const { datasourceId } of directEntitlements(profile)) ids.add(datasourceId);
      ids.add(profile.currentVersion?.applicationDatasourceId ?? '');
      ids.delete('');
      const found = await Promise.all(Array.from(ids, (id) => loaders.datasources.reference(id)));
      return found.filter((datasource) => datasource !== null);
    },
  }),
);
