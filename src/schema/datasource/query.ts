import { idOf } from '../../model/node-id.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { listOf } from '../field-cost.ts';
import { DatasourceRef } from '../refs.ts';

builder.queryFields((t) => ({
  datasources: t.field({
    ...nullOnlyOnError,
    type: [DatasourceRef],
    cost: { ...listOf(20), once: 'datasources' },
    needs: 'datasources',
    description: 'Data sources of lifecycle management: the systems that entitlements are in.',
    resolve: (_root, _args, { loaders }) => loaders.datasources.all(),
  }),
  datasource: t.field({
    type: DatasourceRef,
    nullable: true,
    cost: { once: 'datasources' },
    needs: 'datasources',
    description: 'Data source with an id; null if the Veza API does not return it to your key.',
    args: {
      id: t.arg.id({ required: true, description: 'Global id of the data source, or its id in the Veza API.' }),
    },
    resolve: (_root, { id }, { loaders }) => loaders.datasources.load(idOf('Datasource', id, 'id')),
  }),
}));
