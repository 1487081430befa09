import { UserInputError } from '../../errors.ts';
import { entityGlobalId, globalId, idOf, type NodeKind } from '../../model/node-id.ts';
import { maxFirst, refuseLong } from '../arguments.ts';
import { builder } from '../builder.ts';
import { anyNode, free } from '../field-cost.ts';
import {
  AccessProfileRef,
  AccessProfileTypeRef,
  AccessProfileVersionRef,
  AccessRequestRef,
  DatasourceRef,
  EntityRef,
  IdentityRef,
  LifecyclePolicyRef,
} from '../refs.ts';
import { loadNode, nodeTypeOf, settle } from './query.ts';
import { keysOf, subgraphText } from './subgraph-text.ts';

type Representation = Readonly<Record<string, unknown>>;

builder.scalarType('_Any', {
  description:
    'Representation of an object by a router of Apollo Federation: `__typename` and the fields of one key of the type.',
  serialize: (value) => value,
});

const AnyEntityRef = builder.unionType('_Entity', {
  description: 'Types that a router of Apollo Federation can look up: all types that implement `Node`.',
  types: [
    AccessProfileRef,
    AccessProfileTypeRef,
    AccessProfileVersionRef,
    AccessRequestRef,
    DatasourceRef,
    EntityRef,
    IdentityRef,
    LifecyclePolicyRef,
  ],
  resolveType: nodeTypeOf,
});

const ServiceRef = builder.objectRef<object>('_Service').implement({
  description: 'The gateway as a subgraph of Apollo Federation.',
  fields: (t) => ({
    sdl: t.string({
      description: 'Schema of the subgraph, with the directives of Apollo Federation.',
      resolve: (_service, _args, _context, { schema }) => subgraphText(schema),
      cost: free,
    }),
  }),
});

builder.queryFields((t) => ({
  _service: t.field({
    type: ServiceRef,
    cost: free,
    description: 'Schema for the composition of a supergraph of Apollo Federation.',
    resolve: () => ({}),
  }),
  _entities: t.field({
    type: [AnyEntityRef],
    nullable: { list: false, items: true },
    cost: anyNode(({ representations }) => [representations].flat().map(idForCost)),
    description:
      'Objects that other subgraphs refer to, in the order of `representations`; null for each object that the Veza API does not return to your key. For routers of Apollo Federation; others use `nodes`.',
    args: {
      representations: t.arg({
        type: ['_Any'],
        required: true,
        description: `Type name and key of each object; at most ${maxFirst}.`,
      }),
    },
    resolve: (_root, { representations }, context) => {
      refuseLong(representations, 'representations');
      return representations.map((representation, i) => {
        const field = `representations.${i}`;
        return settle(() => loadNode(context, nodeIdOf(representation, field), field));
      });
    },
  }),
}));

/** The global id of what a representation stands for. Throws UserInputError naming `field` if it has no key of its type. */
function nodeIdOf(representation: unknown, field: string): string {
  const { __typename: kind, ...given } = isRepresentation(representation) ? representation : {};
  if (!isKind(kind)) {
    throw new UserInputError(field, `${field}: __typename must be one of ${Object.keys(keysOf).join(', ')}.`);
  }
  const isGiven = (name: string) => typeof given[name] === 'string';
  const key = keysOf[kind].find((fields) => fields.split(' ').every(isGiven));
  const { id, datasourceId, entityType, entityId } = given;
  if (key === undefined) {
    throw new UserInputError(field, `${field}: ${kind} needs the fields of one key: ${keysOf[kind].join(', or ')}.`);
  }
  if (key === 'id') return globalId(kind, idOf(kind, String(id), `${field}.id`));
  if (kind === 'Entity') {
    return entityGlobalId({
      datasourceId: String(datasourceId),
      entityType: String(entityType),
      entityId: String(entityId),
    });
  }
  return globalId(kind, idOf(kind, String(given[key]), `${field}.${key}`));
}

/** The same before the representation is checked. */
function idForCost(representation: unknown): string {
  const kind = isRepresentation(representation) ? representation['__typename'] : '';
  return `${typeof kind === 'string' ? kind : ''}:`;
}

function isRepresentation(value: unknown): value is Representation {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): value is NodeKind {
  return typeof value === 'string' && Object.hasOwn(keysOf, value);
}
