import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql';

/** How a resolver of the test schema behaves, by the arguments of its field. */
interface Behaviour {
  readonly late?: boolean;
  readonly fails?: boolean;
}

const odd = new GraphQLScalarType<string, unknown>({
  name: 'Odd',
  serialize(value) {
    if (value === 13) throw new Error('13 is not to be told');
    return `odd ${String(value)}`;
  },
});
const colour = new GraphQLEnumType({ name: 'Colour', values: { RED: { value: 1 }, GREEN: { value: 2 } } });
const range = new GraphQLInputObjectType({
  name: 'Range',
  fields: { to: { type: new GraphQLNonNull(GraphQLInt) }, from: { type: GraphQLInt, defaultValue: 1 } },
});
const behaviour = {
  late: { type: GraphQLBoolean, defaultValue: false },
  fails: { type: GraphQLBoolean },
};
const named = new GraphQLInterfaceType({ name: 'Named', fields: { name: { type: GraphQLString } } });

/** Answers now or later, or fails now or later. */
function behave<T>({ late, fails }: Behaviour, value: T): T | Promise<T> {
  const answer = () => {
    if (fails) throw new Error('it failed');
    return value;
  };
  return late ? Promise.resolve().then(answer) : answer();
}

const other = new GraphQLObjectType({
  name: 'Other',
  fields: {
    other: { type: GraphQLString, resolve: () => 'other' },
    sure: { type: new GraphQLNonNull(GraphQLString), resolve: () => Promise.reject(new Error('not so sure')) },
  },
});
const anything: GraphQLUnionType = new GraphQLUnionType({ name: 'Anything', types: () => [thing, other] });
const lateAnything: GraphQLUnionType = new GraphQLUnionType({
  name: 'LateAnything',
  types: () => [thing, other],
  resolveType: async ({ number }) => (number === 2 ? 'Other' : 'Thing'),
});

const thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  interfaces: [named],
  fields: (): GraphQLFieldConfigMap<{ readonly number: number }, unknown> => ({
    number: { type: new GraphQLNonNull(GraphQLInt) },
    name: { type: GraphQLString, resolve: ({ number }) => (number % 2 === 0 ? null : `thing ${number}`) },
    // Properties of their own, without resolvers.
    method: { type: GraphQLString, args: { by: { type: GraphQLInt } } },
    absent: { type: GraphQLString },
    never: { type: new GraphQLNonNull(GraphQLString) },
    tooLarge: { type: GraphQLInt },
    promised: { type: GraphQLFloat },
    error: { type: GraphQLString },
    odd: { type: odd, args: { value: { type: GraphQLInt } }, resolve: (_, { value }) => value ?? 5 },
    colour: { type: colour, resolve: ({ number }) => number },
    value: { type: GraphQLString, args: behaviour, resolve: ({ number }, args) => behave(args, `value ${number}`) },
    sure: {
      type: new GraphQLNonNull(GraphQLString),
      args: behaviour,
      resolve: ({ number }, args) => behave(args, number === 3 ? null : `sure ${number}`),
    },
    sum: {
      type: GraphQLInt,
      args: { range: { type: range }, list: { type: new GraphQLList(GraphQLInt) } },
      resolve: (_, { range: given, list }) => (given ? given.from + given.to : 0) + (list ?? []).length,
    },
    inner: { type: thing, args: behaviour, resolve: ({ number }, args) => behave(args, made(number + 1)) },
    sureInner: {
      type: new GraphQLNonNull(thing),
      args: behaviour,
      resolve: ({ number }, args) => behave(args, made(number + 1)),
    },
    list: {
      type: new GraphQLList(thing),
      args: behaviour,
      resolve: ({ number }, args) => behave(args, [made(1), null, Promise.resolve(made(number))]),
    },
    sureList: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(thing))),
      args: { ...behaviour, hole: { type: GraphQLBoolean } },
      resolve: (_, args) => behave(args, args.hole ? [made(1), null] : new Set([made(1), made(3)])),
    },
    texts: {
      type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
      args: behaviour,
      resolve: ({ number }, args) => behave(args, number === 2 ? 'no list' : ['a', Promise.resolve('b'), 3]),
    },
    named: { type: named, resolve: ({ number }) => made(number) },
    anything: { type: anything, resolve: ({ number }) => (number === 2 ? { __typename: 'Other' } : made(number)) },
    lateAnything: { type: lateAnything, resolve: ({ number }) => (number === 3 ? null : made(number)) },
    anythings: {
      type: new GraphQLList(new GraphQLNonNull(anything)),
      resolve: ({ number }) => [made(1), { __typename: number === 3 ? 'Nothing' : 'Other' }],
    },
    wrong: { type: anything, resolve: () => ({ __typename: 'Query' }) },
    path: {
      type: GraphQLString,
      resolve: (_source, _args, context, info) =>
        JSON.stringify([
          context,
          info.fieldName,
          info.fieldNodes.length,
          info.parentType.name,
          String(info.returnType),
          info.operation.operation,
          info.variableValues,
          Object.keys(info.fragments),
          info.path,
        ]),
    },
  }),
});

function made(number: number): object {
  return {
    __typename: 'Thing',
    number: number > 6 ? Number.NaN : number,
    method: ({ by }: { by?: number }) => `${number} by ${by}`,
    never: null,
    tooLarge: 2 ** 40,
    get promised() {
      return number === 2 ? Promise.reject(new Error('broken promise')) : Promise.resolve(number / 2);
    },
    error: new Error('an error as a value'),
  };
}

const query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    thing: { type: thing, args: behaviour, resolve: (_, args) => behave(args, made(1)) },
    sureThing: { type: new GraphQLNonNull(thing), args: behaviour, resolve: (_, args) => behave(args, made(2)) },
    things: { type: new GraphQLList(thing), resolve: () => [made(1), made(2), made(3)] },
    fromRoot: { type: GraphQLString },
  },
});

export interface Root {
  readonly fromRoot: string;
  readonly state: { count: number };
}

/** Multiplies, so that the order of changes can be told. */
async function change({ state }: Root, { by, ...how }: Behaviour & { readonly by?: number }): Promise<number> {
  await behave(how, null);
  state.count = state.count * 10 + (by ?? 0);
  return state.count;
}

/** Every way in which a field can be resolved, fail, be late, or be null. */
export const testSchema = new GraphQLSchema({
  query,
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: {
      change: { type: GraphQLInt, args: { ...behaviour, by: { type: GraphQLInt } }, resolve: change },
      sureChange: {
        type: new GraphQLNonNull(GraphQLInt),
        args: { ...behaviour, by: { type: GraphQLInt } },
        resolve: change,
      },
      changed: { type: thing, resolve: () => made(3) },
      count: { type: GraphQLInt, resolve: ({ state }: Root) => state.count },
    },
  }),
});
