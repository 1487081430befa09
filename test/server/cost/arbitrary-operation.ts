import * as fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { builtInWorld } from '../../../src/sandbox/seed/world.ts';
import { schema } from '../../../src/schema/index.ts';

const world = builtInWorld();
const profileIds = world.profiles.map(({ id }) => id);
const typeIds = world.types.map(({ id }) => id);
const labels = [...new Set(world.profiles.flatMap((profile) => profile.labels ?? []))];
const names = world.profiles.map(({ name }) => name);

const text = (value: string) => JSON.stringify(value);
const missing = fc.nat(2000).map((number) => `3a2371b6-0000-4000-8000-${String(number).padStart(12, '0')}`);
const profileId = fc.oneof(fc.constantFrom(...profileIds), missing);
const anyId = fc.oneof(
  profileId,
  fc.constantFrom(...typeIds),
  fc.constantFrom(...typeIds.map((id) => `AccessProfileType:${id}`)),
);
const idList = fc
  .oneof(
    { weight: 4, arbitrary: fc.array(anyId, { maxLength: 8 }) },
    { weight: 1, arbitrary: fc.array(missing, { minLength: 90, maxLength: 260 }) },
  )
  .map((ids) => `[${ids.map(text).join(', ')}]`);

const leaf = fc.oneof(
  fc.constantFrom(...labels).map((label) => `labels: { has: ${text(label)} }`),
  fc.constant('labels: { isEmpty: true }'),
  fc.constantFrom(...typeIds).map((id) => `type: { eq: ${text(id)} }`),
  fc.constantFrom('SALESFORCE', 'OKTA').map((name) => `integrations: { hasAny: [${text(name)}, "AWS"] }`),
  fc.constant('providerIds: { has: "p-1" }'),
  fc.constantFrom(...names).map((name) => `name: { contains: ${text(name.slice(1, 4))} }`),
  fc.constantFrom('PAUSED', 'RUNNING').map((state) => `state: { eq: ${state} }`),
  profileId.map((id) => `inheritsFrom: { eq: ${text(id)} }`),
  profileId.map((id) => `inheritedBy: { eq: ${text(id)} }`),
  fc.array(profileId, { maxLength: 5 }).map((ids) => `id: { in: [${ids.map(text).join(', ')}] }`),
  fc.constant('updatedAt: { gt: "2025-01-01T00:00:00Z" }'),
  fc.constantFrom('hasMembers: true', 'hasMembers: false', 'member: "ada"', 'requestable: true', 'hasDraft: false'),
  fc.constant('grants: { datasourceId: "d", entityId: "e" }'),
);
const filter = fc.oneof(
  leaf.map((one) => `{ ${one} }`),
  fc.tuple(leaf, leaf).map(([a, b]) => `{ or: [{ ${a} }, { ${b} }] }`),
  fc.tuple(leaf, leaf).map(([a, b]) => `{ and: [{ ${a} }, { not: { ${b} } }] }`),
);
const scimFilter = fc
  .constantFrom('name co "a"', 'labels co "production"', 'not (state eq "PAUSED")', 'id eq "gone" or name sw "S"')
  .map(text);

/** Values for the arguments of queries; those that are not listed are left out. */
const argumentValues: Readonly<Record<string, fc.Arbitrary<string>>> = {
  first: fc.constantFrom('1', '5', '100', '500'),
  filter,
  scimFilter,
  search: fc.constantFrom('a', 'SALES us', '').map(text),
  orderBy: fc.constantFrom('[{ field: NAME }]', '[{ field: TYPE, direction: DESC }, { field: STATE }]', '[]'),
  id: profileId.map(text),
  ids: idList,
  ancestor: profileId.map(text),
  roots: fc.array(profileId, { minLength: 1, maxLength: 4 }).map((ids) => `[${ids.map(text).join(', ')}]`),
  direction: fc.constantFrom('ANCESTORS', 'DESCENDANTS', 'BOTH'),
  maxDepth: fc.constantFrom('0', '1', '3'),
  kinds: fc.constantFrom('[CYCLE]', '[MISSING_PARENT, TYPE_RULE_VIOLATION]'),
  entity: fc.constant('{ datasourceId: "d", entityId: "e" }'),
  includeInherited: fc.constantFrom('true', 'false'),
};

function argumentsOf({ args }: GraphQLField<unknown, unknown>): fc.Arbitrary<string> | null {
  const given: fc.Arbitrary<string>[] = [];
  for (const each of args) {
    const value = argumentOf(each);
    if (value !== null) given.push(value);
    else if (isNonNullType(each.type)) return null;
  }
  // A graph starts from roots or from a filter.
  const noBoth = (parts: readonly string[]) =>
    parts.filter((part) => !(part.startsWith('filter:') && parts.some((other) => other.startsWith('roots:'))));
  return fc.tuple(...given).map((parts) => {
    const used = noBoth(parts.filter((part) => part !== ''));
    return used.length === 0 ? '' : `(${used.join(', ')})`;
  });
}

function argumentOf({ name, type }: GraphQLArgument): fc.Arbitrary<string> | null {
  const values = argumentValues[name];
  if (values === undefined) return null;
  const given = values.map((value) => `${name}: ${value}`);
  return isNonNullType(type) ? given : fc.oneof({ weight: 2, arbitrary: fc.constant('') }, given);
}

/** Some fields of a type, so many levels deep, under aliases, in fragments and under directives. */
function selection(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const returned = getNamedType(field.type);
    const args = argumentsOf(field);
    if (args === null || (isCompositeType(returned) && depth === 0)) return [];
    const below = !isCompositeType(returned)
      ? fc.constant('')
      : isObjectType(returned)
        ? selection(returned, depth - 1).map((inner) => ` { ${inner} }`)
        : fc.constant(
            isAbstractType(returned)
              ? ' { __typename id ... on AccessProfile { inheritsFrom { id } type { name } } }'
              : '',
          );
    const form = fc.constantFrom('', ' @include(if: true)', ' @skip(if: true)');
    return [
      fc.tuple(args, form, below).map(([given, directive, inner]) => `${field.name}${given}${directive}${inner}`),
    ];
  });
  // Objects that hold nothing but objects.
  if (fields.length === 0) return fc.constant('__typename');
  const wrapped = fc.tuple(fc.oneof(...fields), fc.boolean()).map(([field, inFragment]) => ({ field, inFragment }));
  return fc.array(wrapped, { minLength: 1, maxLength: depth > 2 ? 2 : 3 }).map((chosen) =>
    chosen
      .map(({ field, inFragment }, i) => {
        const aliased = `f${i}: ${field}`;
        return inFragment ? `... on ${type.name} { ${aliased} }` : aliased;
      })
      .join(' '),
  );
}

const change = fc.oneof(
  fc
    .tuple(profileId, fc.constantFrom('add', 'remove'))
    .map(([id, verb]) => `${verb}AccessProfileLabels(input: { id: ${text(id)}, labels: ["cost"] }) { __typename }`),
  fc
    .tuple(profileId, profileId)
    .map(
      ([id, parent]) =>
        `updateAccessProfileVersion(input: { id: ${text(id)}, addInheritsFrom: [${text(parent)}], dryRun: true }) { __typename ... on UpdateAccessProfileVersionPayload { preview { affectedProfiles { profile { name } } } } }`,
    ),
  fc
    .tuple(
      fc.oneof(
        filter.map((each) => `filter: ${each}`),
        idList.map((ids) => `ids: ${ids}`),
      ),
      fc.boolean(),
    )
    .map(
      ([profiles, dryRun]) =>
        `labelAccessProfiles(input: { profiles: { ${profiles} }, add: ["cost"], dryRun: ${dryRun} }) { __typename ... on LabelAccessProfilesPayload { results { accessProfile { name type { name } } } } }`,
    ),
  profileId.map(
    (id) =>
      `updateAccessProfile(input: { id: ${text(id)}, description: "cost" }) { __typename ... on UpdateAccessProfilePayload { accessProfile { name } } }`,
  ),
);

const root = (type: GraphQLObjectType | null | undefined): GraphQLObjectType => {
  if (!type) throw new Error('the schema has both roots');
  return type;
};

const query = selection(root(schema.getQueryType()), 4).map((fields) => `{ ${fields} }`);
const mutation = fc
  .array(change, { minLength: 1, maxLength: 3 })
  .map((changes) => `mutation { ${changes.map((each, i) => `m${i}: ${each}`).join(' ')} }`);

/** Operations on the built-in company. */
export const anyOperation: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: query },
  { weight: 2, arbitrary: mutation },
);
