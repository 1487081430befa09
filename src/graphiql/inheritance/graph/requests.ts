import type { GraphQLSchema } from 'graphql';
import { isObjectType } from 'graphql';

/** The fields of a profile that the schema served has. An older gateway, or one set up otherwise, may lack some. */
export function profileFields(schema: GraphQLSchema | null | undefined): ReadonlySet<string> {
  const type = schema?.getType('AccessProfile');
  return new Set(isObjectType(type) ? Object.keys(type.getFields()) : []);
}

export type Wanted = 'details' | 'parents' | 'children' | 'everything';

const summary = ['id', 'profileId', 'name', 'state', 'labels', 'type { name }'];
const details = [
  ...summary,
  'description',
  'integrations',
  'entitlements { entityType datasourceId entityId }',
  'effectiveEntitlements { direct entitlement { entityType datasourceId entityId } grantedBy { id name } }',
];

/** The query behind a node's card and its buttons, made of the fields there are. */
export function profileQuery(wanted: Wanted, fields: ReadonlySet<string>): string {
  return `query Profile($id: ID!) {
  accessProfile(id: $id) {
${selectionsFor(wanted, fields)}
  }
}
`;
}

/** The same for a profile of which the response told only the name. Two at most: more than one is one too many. */
export function profileByNameQuery(wanted: Wanted, fields: ReadonlySet<string>): string {
  return `query ProfileByName($name: String!) {
  accessProfiles(filter: { name: { eq: $name } }, first: 2) {
    nodes {
${selectionsFor(wanted, fields)}
    }
  }
}
`;
}

function selectionsFor(wanted: Wanted, fields: ReadonlySet<string>): string {
  const relative = summary.filter((selection) => isServed(selection, fields)).join(' ');
  const relations = [`inheritsFrom { ${relative} }`, `inheritedBy { ${relative} }`];
  const selections = {
    details,
    parents: [...summary, ...relations.slice(0, 1)],
    children: [...summary, ...relations.slice(1)],
    everything: [...details, ...relations],
  }[wanted];
  return selections
    .filter((selection) => isServed(selection, fields))
    .map((selection) => `    ${selection}`)
    .join('\n');
}

function isServed(selection: string, fields: ReadonlySet<string>): boolean {
  return fields.has(selection.split(' ')[0] ?? '');
}
