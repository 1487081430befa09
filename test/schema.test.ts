import { readFileSync } from 'node:fs';
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLFieldConfig,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../src/schema/index.ts';
import { printWithDirectives } from '../src/schema/print.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const contract = buildSchema(read('./contract/contract.graphql'));
const leaf = new GraphQLObjectType({ name: 'Leaf', fields: { name: { type: GraphQLString } } });

function queryWith(name: string, field: GraphQLFieldConfig<unknown, unknown>): GraphQLObjectType {
  const type = new GraphQLObjectType({ name: 'Sample', fields: { [name]: field } });
  return new GraphQLObjectType({ name: 'Query', fields: { sample: { type, extensions: { cost: {} } } } });
}

/**
 * Fields that must say what they cost and do not. Only the context leads to the loaders, so a resolver that does not take it makes
 * no call, except through its parent: then the field can fail, so it is null with an error.
 */
function withoutCost(built: GraphQLSchema): readonly string[] {
  const roots = [built.getQueryType(), built.getMutationType(), built.getSubscriptionType()];
  return Object.values(built.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : []))
    .filter(({ type, field }) => {
      const isObjects = isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));
      const takesContext = (field.resolve?.length ?? 0) >= 3;
      return roots.includes(type) || isObjects || takesContext || field.extensions.semanticNonNull === true;
    })
    .filter(({ field }) => field.extensions.cost === undefined)
    .map(({ type, field }) => `${type.name}.${field.name}`);
}

describe('schema.graphql', () => {
  it('equals the printed and sorted schema', () => {
    expect(read('../schema.graphql').trim()).toBe(printWithDirectives(schema).trim());
  });
});

describe('the schema', () => {
  it('describes every type, field, argument, enum value and input field', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it('contains every type, field, argument, enum value and default of the contract', () => {
    expect(missing(contract, schema)).toEqual([]);
  });

  it('has the same field types and nullability as the contract', () => {
    expect(changedTypes(contract, schema)).toEqual([]);
  });

  it('has @semanticNonNull where the contract has it, on each mutation and on missingParentIds', () => {
    const built = promises(buildSchema(printWithDirectives(schema)));
    const mutations = Object.keys(contract.getMutationType()?.getFields() ?? {}).map((name) => `Mutation.${name}`);
    const inContract = (name: string) => {
      const [type = '', field = ''] = name.split('.');
      const owner = contract.getType(type);
      return isObjectType(owner) && owner.getFields()[field] !== undefined;
    };
    expect(built.filter(inContract)).toEqual([...promises(contract), ...mutations].sort());
    expect(built.filter((name) => !inContract(name))).toEqual([
      'AccessProfile.missingParentIds',
      'Mutation.applyAccessProfileChanges',
      'Query.simulateAccessProfileChanges',
      'UpdateAccessProfileVersionPayload.changedParents',
    ]);
  });
});

describe('the option `cost`', () => {
  it('is given for each root field, list of objects, field that is null only with an error, and field that can make calls', () => {
    expect(withoutCost(schema)).toEqual([]);
  });

  it.each([
    ['a root field', new GraphQLObjectType({ name: 'Query', fields: { a: { type: GraphQLString } } }), 'Query.a'],
    ['a list of objects', queryWith('a', { type: new GraphQLList(new GraphQLNonNull(leaf)) }), 'Sample.a'],
    [
      'a resolver that takes the context',
      queryWith('a', { type: GraphQLString, resolve: (_, __, ___) => '' }),
      'Sample.a',
    ],
    [
      'a field that is null only with an error',
      queryWith('a', { type: GraphQLString, extensions: { semanticNonNull: true } }),
      'Sample.a',
    ],
  ])('is missed for %s', (_case, query, expected) => {
    expect(withoutCost(new GraphQLSchema({ query }))).toContain(expected);
  });

  it('is not needed for a scalar that the parent holds', () => {
    expect(
      withoutCost(new GraphQLSchema({ query: queryWith('a', { type: GraphQLString, resolve: () => '' }) })),
    ).toEqual([]);
  });
});

describe('the checks of the schema', () => {
  const ours = (text: string) => buildSchema(text);
  const promised = ours('type Query { a(x: Int = 1): String b: Int } enum E { A B } input I { a: E }');

  it.each([
    ['a removed field', 'type Query { a(x: Int = 1): String } enum E { A B } input I { a: E }', 'Query.b'],
    [
      'a removed argument',
      'type Query { a: String b: Int } enum E { A B } input I { a: E }',
      'Query.a arg x was removed.',
    ],
    [
      'a removed enum value',
      'type Query { a(x: Int = 1): String b: Int } enum E { A } input I { a: E }',
      'B was removed from enum type E.',
    ],
    ['a removed type', 'type Query { a(x: Int = 1): String b: Int } enum E { A B }', 'I'],
    [
      'a changed default',
      'type Query { a(x: Int = 2): String b: Int } enum E { A B } input I { a: E }',
      'Query.a arg x has changed defaultValue from 1 to 2.',
    ],
  ])('report %s', (_what, text, complaint) => expect(missing(promised, ours(text))).toEqual([complaint]));

  it('report a changed nullability', () => {
    const other = ours('type Query { a(x: Int = 1): String! b: Int } enum E { A B } input I { a: E }');
    expect(changedTypes(promised, other)).toEqual(['Query.a: String, now String!']);
  });

  it('report a missing description', () => {
    const silent = ours(
      '"" type Query { "said" a("said" x: Int, y: Int): E } "said" enum E { "said" A B } "said" input I { z: E }',
    );
    expect(undescribed(silent)).toEqual(['Query', 'Query.a(y)', 'E.B', 'I.z']);
  });
});

/** Fields that carry `@semanticNonNull`, sorted. */
function promises(given: GraphQLSchema): readonly string[] {
  return Object.values(given.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === 'semanticNonNull'))
        .map((field) => `${type.name}.${field.name}`),
    )
    .sort();
}

/** Parts of one schema that another lacks: names of types, `Type.field` for fields, and sentences for the rest. */
function missing(promised: GraphQLSchema, given: GraphQLSchema): readonly string[] {
  const defaults = findDangerousChanges(promised, given).filter(({ type }) => type === 'ARG_DEFAULT_VALUE_CHANGE');
  return [...findBreakingChanges(promised, given), ...defaults].map(
    ({ description }) => /^([\w.]+) was removed\.$/.exec(description)?.[1] ?? description,
  );
}

/** Fields whose type differs, including compatible changes: clients may rely on a null. */
function changedTypes(promised: GraphQLSchema, given: GraphQLSchema): readonly string[] {
  return Object.values(promised.getTypeMap()).flatMap((type) => {
    const other = given.getType(type.name);
    if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return [];
    if (!(isObjectType(other) || isInterfaceType(other) || isInputObjectType(other))) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const now = other.getFields()[field.name]?.type;
      return now === undefined || String(now) === String(field.type)
        ? []
        : [`${type.name}.${field.name}: ${field.type}, now ${now}`];
    });
  });
}

function undescribed(given: GraphQLSchema): readonly string[] {
  const parts: [name: string, description: string | null | undefined][] = [];
  for (const type of Object.values(given.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    parts.push([type.name, type.description]);
    if (isEnumType(type))
      for (const value of type.getValues()) parts.push([`${type.name}.${value.name}`, value.description]);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        parts.push([`${type.name}.${field.name}`, field.description]);
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      parts.push([`${type.name}.${field.name}`, field.description]);
      for (const arg of field.args) parts.push([`${type.name}.${field.name}(${arg.name})`, arg.description]);
    }
  }
  return parts.filter(([, description]) => !description).map(([name]) => name);
}
