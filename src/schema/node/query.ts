import { UserInputError } from '../../errors.ts';
import type { MaybePromise } from '../../loaders/call.ts';
import type { Loaders } from '../../loaders/index.ts';
import { entityNameOf, type NodeKind, parseId, problemOfId, versionIdOf } from '../../model/node-id.ts';
import { refuseLong } from '../arguments.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { anyNode } from '../field-cost.ts';
import { findEntity } from '../granted-entity.ts';
import { NodeRef, type NodeValue } from '../refs.ts';

NodeRef.implement({
  description: 'Object with a global id.',
  fields: (t) => ({
    id: t.id({ description: 'Global id of the object: its type name, a colon and its id in the Veza API.' }),
  }),
  resolveType: nodeTypeOf,
});

/** The name of the type that a value is of. */
export function nodeTypeOf(value: NodeValue): NodeKind {
  if ('versionNumber' in value) return 'AccessProfileVersion';
  if ('entityId' in value) return 'Entity';
  if ('identityId' in value) return 'Identity';
  if ('requestId' in value) return 'AccessRequest';
  if ('policyId' in value) return 'LifecyclePolicy';
  if ('datasourceId' in value) return 'Datasource';
  return 'allowInheritEntities' in value ? 'AccessProfileType' : 'AccessProfile';
}

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    cost: anyNode(({ id }) => id),
    nullable: true,
    description: 'Object with a global id; null if the Veza API does not return it to your key.',
    args: {
      id: t.arg.id({
        required: true,
        description: 'Global id of the object. An id of the Veza API is looked up as a profile first, then as a type.',
      }),
    },
    resolve: (_root, { id }, context) => loadNode(context, id, 'id'),
  }),
  nodes: t.field({
    type: [NodeRef],
    cost: anyNode(({ ids }) => ids),
    nullable: { list: false, items: true },
    description:
      'Objects with global ids, in the order of `ids`; null for each object that the Veza API does not return to your key.',
    args: {
      ids: t.arg.idList({
        required: true,
        description: 'Global ids of the objects, or their ids in the Veza API; at most 500.',
      }),
    },
    resolve: (_root, { ids }, context) => {
      refuseLong(ids, 'ids');
      return ids.map((id, i) => settle(() => loadNode(context, id, `ids.${i}`)));
    },
  }),
}));

/** Turns a thrown error into a rejection, so that an invalid id fails its own list item only. */
export async function settle(load: () => MaybePromise<NodeValue | null>): Promise<NodeValue | null> {
  return load();
}

/** The object that a global id or an id of the Veza API names; null if the API does not return it. Throws UserInputError naming `field`. */
export function loadNode(context: Context, text: string, field: string): MaybePromise<NodeValue | null> {
  const { loaders } = context;
  const { kind, id } = parseId(text);
  const problem = problemOfId(id);
  if (problem !== null) throw new UserInputError(field, `${field}: ${problem}`);
  switch (kind) {
    case 'AccessProfile':
      return loaders.profiles.load(id);
    case 'AccessProfileType':
      return loaders.types.load(id);
    case 'AccessProfileVersion':
      return loadVersion(loaders, id, field);
    case 'Entity':
      return findEntity(context, entityNameOf(id, field), field);
    case 'Datasource':
      return loaders.datasources.load(id);
    case 'Identity':
      return loaders.identities.load(id);
    case 'LifecyclePolicy':
      return loaders.policies.load(id);
    case 'AccessRequest':
      return loaders.accessRequests.load(id);
    case null:
      return loadUnknown(loaders, id);
    default:
      return loadUnknown(loaders, text);
  }
}

async function loadUnknown(loaders: Loaders, id: string): Promise<NodeValue | null> {
  return (await loaders.profiles.load(id)) ?? loaders.types.load(id);
}

/** null where the profile or the version does not exist. */
async function loadVersion(loaders: Loaders, id: string, field: string): Promise<NodeValue | null> {
  const { profileId, versionNumber } = versionIdOf(id, field);
  const profile = await loaders.profiles.load(profileId);
  return profile === null || versionNumber === 0 ? null : loaders.versions.load(profile, versionNumber);
}
