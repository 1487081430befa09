import { UpstreamError } from '../../errors.ts';
import { entityKey, type HeldGrant, heldGrants } from '../../inheritance/analysis/held-grants.ts';
import { isLive } from '../../inheritance/analysis/membership-ways.ts';
import { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { ActualEntitlement, Identity } from '../../model/identity.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { calls, free, graphWalk, listOf } from '../field-cost.ts';
import { datasourceOf } from '../neighbour.ts';
import { AccessProfileRef, DatasourceRef, EntitlementRef, IdentityRef } from '../refs.ts';
import { selects } from '../selection.ts';
import { inSlices, wholeSnapshot } from '../snapshot.ts';

/** The grants that an identity holds by its profiles. */
interface Held {
  readonly hierarchy: Hierarchy;
  readonly grants: readonly HeldGrant[];
  /** Held profiles, as nodes, by the entity that they grant. */
  readonly byEntity: ReadonlyMap<string, ReadonlySet<number>>;
}

interface IdentityEntitlementGrant {
  readonly identity: Identity;
  readonly grant: HeldGrant;
  readonly hierarchy: Hierarchy;
}

interface IdentityEntitlement {
  readonly identity: Identity;
  readonly row: ActualEntitlement;
}

/** Identities belong to one operation, so that these answers do. */
const heldBy = new WeakMap<Identity, Promise<Held>>();
const actualKeys = new WeakMap<readonly ActualEntitlement[], ActualKeys>();

const IdentityEntitlementGrantRef = builder.objectRef<IdentityEntitlementGrant>('IdentityEntitlementGrant').implement({
  description: 'Entitlement that an identity gets through its access profiles, with the ways that lead to it.',
  fields: (t) => ({
    entitlement: t.field({
      type: EntitlementRef,
      description: 'The entitlement, as defined by the nearest profile that grants it.',
      resolve: ({ grant }) => grant.entitlement,
    }),
    paths: t.field({
      type: t.listRef(t.listRef(AccessProfileRef)),
      cost: listOf(6),
      description:
        'One shortest inheritance path from each profile that the identity holds up to each profile that grants the entitlement directly, both included.',
      resolve: ({ grant, hierarchy }, _args, { resultLimit }) =>
        grant.ways.map((way) => {
          const path = way.path();
          resultLimit.spend(path.length);
          return path.map((node) => hierarchy.profileOf(node));
        }),
    }),
    provisioned: t.boolean({
      description:
        'Whether at least one inheritance path, shortest or not, is live: each profile on it is running and its current version is published.',
      resolve: ({ grant }) => grant.provisioned,
    }),
    actual: t.boolean({
      nullable: true,
      cost: free,
      description:
        'Whether the access graph shows that the identity has the entitlement. False if the graph shows entitlements of the identity in the same data source, but not this one. Null if it shows none in that data source: the graph may not have read it yet.',
      resolve: async ({ identity, grant }, _args, { loaders }) => {
        const { entities, datasourceIds } = keysOf(await loaders.identities.actualEntitlements(identity));
        if (entities.has(entityKey(grant.entitlement))) return true;
        return datasourceIds.has(grant.entitlement.datasourceId) ? false : null;
      },
    }),
  }),
});

const IdentityEntitlementRef = builder.objectRef<IdentityEntitlement>('IdentityEntitlement').implement({
  description: 'Entitlement that an identity has in a target system, as the access graph shows it, whoever gave it.',
  fields: (t) => ({
    datasource: t.field({
      type: DatasourceRef,
      nullable: true,
      cost: free,
      description: 'Data source that holds the entity; null if the Veza API does not return it to your key.',
      resolve: ({ row }, _args, { loaders }, info) => datasourceOf(row.datasourceId, loaders, info),
    }),
    datasourceId: t.string({
      nullable: true,
      description: 'Id of the data source that holds the entity; null if the Veza API does not report it.',
      resolve: ({ row }) => row.datasourceId,
    }),
    entityType: t.string({
      description: 'Type of the entity, such as "OktaGroup".',
      resolve: ({ row }) => row.entityType,
    }),
    entityId: t.string({
      description: 'Id of the entity, unique within its data source.',
      resolve: ({ row }) => row.entityId,
    }),
    entityName: t.string({ nullable: true, description: 'Name of the entity.', resolve: ({ row }) => row.entityName }),
    createdFrom: t.string({
      nullable: true,
      description: 'Origin of the entitlement, as named by the Veza API.',
      resolve: ({ row }) => row.createdFrom,
    }),
    grantedBy: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      cost: { ...listOf(1), once: 'scan' },
      needs: 'wantsWhole',
      description:
        'Access profiles of the identity that grant the entity, directly or by inheritance, in every state. Empty: no profile explains the entitlement. The data source, the type and the id of the entity are compared.',
      resolve: async ({ identity, row }, _args, context) => {
        const { datasourceId, entityType, entityId } = row;
        if (datasourceId === null) throw noDatasource(row);
        const { hierarchy, byEntity } = await heldOf(identity, context);
        const nodes = byEntity.get(entityKey({ datasourceId, entityType, entityId })) ?? [];
        return Array.from(nodes, (node) => hierarchy.profileOf(node));
      },
    }),
  }),
});

builder.objectFields(IdentityRef, (t) => ({
  effectiveEntitlements: t.field({
    ...nullOnlyOnError,
    type: [IdentityEntitlementGrantRef],
    cost: { ...graphWalk(50), ...calls(2), object: 1 },
    needs: 'wantsWhole',
    description:
      'Effective entitlements of the identity: what all of its access profiles grant, directly or by inheritance, each once. Profiles of every state count; see `provisioned`. Conditions of entitlements are not evaluated. Entitlements of profiles that the Veza API does not return to your key are left out. Requires one scan of all profiles; `actual` costs one more request.',
    resolve: async (identity, _args, context, info) => {
      const { identities } = context.loaders;
      // Beside the scan; a failure is told at the paths of `actual`.
      if (selects(info, 'actual')) identities.actualEntitlements(identity).catch(() => undefined);
      const { hierarchy, grants } = await heldOf(identity, context);
      context.resultLimit.spend(grants.length);
      return grants.map((grant) => ({ identity, grant, hierarchy }));
    },
  }),
  actualEntitlements: t.field({
    ...nullOnlyOnError,
    type: [IdentityEntitlementRef],
    cost: { ...calls(1, listOf(30)), object: 1 },
    description:
      'Entitlements that the identity has in target systems, as the access graph shows them, whoever gave them. The graph follows the target systems with a delay. Costs one request per identity.',
    resolve: async (identity, _args, context, info) => {
      // Beside the list; a failure is told at the paths of `grantedBy`.
      if (selects(info, 'grantedBy')) heldOf(identity, context).catch(() => undefined);
      const rows = await context.loaders.identities.actualEntitlements(identity);
      context.resultLimit.spend(rows.length);
      return rows.map((row) => ({ identity, row }));
    },
  }),
}));

/** The id of an entity means nothing without its data source. */
function noDatasource({ entityId }: ActualEntitlement): UpstreamError {
  return new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `The Veza API does not report the data source of entity ${entityId}, so the gateway cannot tell which profiles grant it.`,
    {},
  );
}

function heldOf(identity: Identity, context: Context): Promise<Held> {
  const held = heldBy.get(identity) ?? readHeld(identity, context);
  heldBy.set(identity, held);
  return held;
}

async function readHeld({ heldProfiles }: Identity, context: Context): Promise<Held> {
  const ids = heldProfiles.map(({ profileId }) => profileId);
  const hierarchy = await hierarchyOf(ids, context);
  await inSlices(context, hierarchy.prepareGrants());
  const nodes = ids.map((id) => hierarchy.indexOf(id)).filter((node) => node >= 0);
  const graph = hierarchy.graphAbove(nodes);
  const liveAt = (node: number) => isLive(hierarchy.profileOf(node));
  const grants = heldGrants(graph, hierarchy.grantsAbove(nodes), nodes, liveAt);
  const byEntity = new Map<string, Set<number>>();
  for (const { entitlement, ways } of grants) {
    const key = entityKey(entitlement);
    const known = byEntity.get(key) ?? new Set();
    byEntity.set(key, known);
    for (const { held } of ways) known.add(held);
  }
  return { hierarchy, grants, byEntity };
}

/** The snapshot of all profiles; or what lies above the held ones, if one of them is newer than the snapshot. */
async function hierarchyOf(ids: readonly string[], context: Context): Promise<Hierarchy> {
  const { hierarchy } = await wholeSnapshot(context);
  const missing = ids.filter((id) => hierarchy.indexOf(id) < 0);
  const { profiles, inheritance } = context.loaders;
  const isComplete = missing.length === 0 || (await profiles.loadMany(missing)).length === 0;
  return isComplete ? hierarchy : new Hierarchy(await inheritance.upward(ids));
}

interface ActualKeys {
  readonly entities: ReadonlySet<string>;
  readonly datasourceIds: ReadonlySet<string>;
}

function keysOf(rows: readonly ActualEntitlement[]): ActualKeys {
  const known = actualKeys.get(rows);
  if (known !== undefined) return known;
  const keys = { entities: new Set<string>(), datasourceIds: new Set<string>() };
  for (const { datasourceId, entityType, entityId } of rows) {
    if (datasourceId === null) continue;
    keys.datasourceIds.add(datasourceId);
    keys.entities.add(entityKey({ datasourceId, entityType, entityId }));
  }
  actualKeys.set(rows, keys);
  return keys;
}
