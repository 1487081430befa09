import type { EntityRef, SeparationRule } from '../../model/separation-rule.ts';
import { builder } from '../builder.ts';
import { listOf } from '../field-cost.ts';

const RefRef = builder.objectRef<EntityRef>('EntityRef').implement({
  description: 'Reference to an entity by its ids.',
  fields: (t) => ({
    datasourceId: t.exposeString('datasourceId', {
      description: 'Id of the lifecycle management data source that holds the entity.',
    }),
    entityType: t.exposeString('entityType', {
      nullable: true,
      description: 'Type of the entity; null means any type.',
    }),
    entityId: t.exposeString('entityId', { description: 'Id of the entity within its data source.' }),
  }),
});

export const SeparationRuleRef = builder.objectRef<SeparationRule>('SeparationRule').implement({
  description: 'Rule of separation of duties: entitlements that nobody may hold together.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the rule.' }),
    description: t.exposeString('description', { nullable: true, description: 'Reason for the rule.' }),
    enforce: t.exposeBoolean('enforce', {
      description: 'Whether mutations that break the rule are refused. Otherwise findings report it.',
    }),
    groups: t.field({
      type: t.listRef(t.listRef(RefRef)),
      cost: listOf(4),
      description: 'Groups of entities. Nobody may hold an entitlement of each group at once.',
      resolve: ({ groups }) => groups,
    }),
  }),
});

builder.queryField('separationRules', (t) =>
  t.field({
    type: [SeparationRuleRef],
    cost: listOf(5),
    description: 'Rules of separation of duties that this gateway was started with (`SEPARATION_RULES`).',
    resolve: (_root, _args, { separationRules }) => separationRules,
  }),
);
