import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  type NameNode,
  parse,
  parseConstValue,
  print,
  printSchema,
  visit,
} from 'graphql';
import type { NodeKind } from '../../model/node-id.ts';

/** Keys by which a router can refer to each type: the global id, and what the Veza API itself knows the object by. */
export const keysOf: Readonly<Record<NodeKind, readonly string[]>> = {
  AccessProfile: ['id', 'profileId'],
  AccessProfileType: ['id', 'typeId'],
  AccessProfileVersion: ['id'],
  Entity: ['id', 'datasourceId entityType entityId'],
  Datasource: ['id', 'datasourceId'],
  Identity: ['id', 'identityId'],
  LifecyclePolicy: ['id', 'policyId'],
  AccessRequest: ['id', 'requestId'],
};

/** Types that other subgraphs are likely to have under the same name and with the same meaning. */
const sharedTypes = new Set(['PageInfo']);

/** Definitions that a router adds itself. */
const ownOfFederation = new Set(['_Any', '_Entity', '_Service', '_entities', '_service']);

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])`;

const texts = new WeakMap<GraphQLSchema, string>();

/**
 * The schema as a subgraph of Apollo Federation 2. Composers refuse `@oneOf` or do not know it, so it is left out: the gateway
 * checks those inputs itself. `@semanticNonNull` is left out too: between subgraphs a field can be null for other reasons.
 * Pothos' federation plugin is not used: it needs packages under the Elastic License.
 */
export function subgraphText(schema: GraphQLSchema): string {
  const known = texts.get(schema);
  if (known !== undefined) return known;
  const text = `${header}\n\n${print(asSubgraph(parse(printSchema(lexicographicSortSchema(schema)))))}\n`;
  texts.set(schema, text);
  return text;
}

const leftOut = ({ name }: { readonly name: NameNode }) => (ownOfFederation.has(name.value) ? null : undefined);

function asSubgraph(document: DocumentNode): DocumentNode {
  return visit(document, {
    ScalarTypeDefinition: leftOut,
    UnionTypeDefinition: leftOut,
    FieldDefinition: leftOut,
    DirectiveDefinition: () => null,
    Directive: ({ name }) => (name.value === 'oneOf' ? null : undefined),
    ObjectTypeDefinition: {
      enter: leftOut,
      leave(node) {
        const { value: name } = node.name;
        const keys = Object.entries(keysOf).flatMap(([kind, fields]) => (kind === name ? fields : []));
        const shared = sharedTypes.has(name) ? [directive('shareable')] : [];
        const directives = [...keys.map((fields) => directive('key', fields)), ...shared];
        return { ...node, directives: [...(node.directives ?? []), ...directives] };
      },
    },
  });
}

function directive(name: string, fields?: string): ConstDirectiveNode {
  const value = { kind: Kind.NAME, value: name } as const;
  if (fields === undefined) return { kind: Kind.DIRECTIVE, name: value };
  const argument = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'fields' },
    value: parseConstValue(JSON.stringify(fields)),
  } as const;
  return { kind: Kind.DIRECTIVE, name: value, arguments: [argument] };
}
