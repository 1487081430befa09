import fc from 'fast-check';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';
import { runs } from '../support/runs.ts';

/** Every name that the schema gives to anything, but for those that belong to GraphQL itself. */
const names = new Set(
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    if (isEnumType(type)) return [type.name, ...type.getValues().map(({ name }) => name)];
    if (isInputObjectType(type)) return [type.name, ...Object.keys(type.getFields())];
    if (!isObjectType(type) && !isInterfaceType(type)) return [type.name];
    const fields = Object.values(type.getFields());
    return [type.name, ...fields.flatMap(({ name, args }) => [name, ...args.map((arg) => arg.name)])];
  }),
);

const documents = [
  'query Q($f: AccessProfileFilter, $n: Int) { accessProfiles(filter: $f, first: $n) { nodes { name state labels type { name } } } }',
  'query Q($id: ID!) { accessProfile(id: $id) { id name effectiveEntitlements { entitlement { entityId } grantedBy { name } } } }',
  'query Q { accessProfiles(filter: { state: { eq: RUNNING }, createdAt: { gt: "2024-01-01T00:00:00Z" } }) { totalCount } }',
  'mutation M($in: CreateAccessProfileTypeInput!) { createAccessProfileType(input: $in) { __typename } }',
  'query Q { inheritanceGraph { nodes { ...P } edges { child { ...P } } } } fragment P on AccessProfile { id name }',
];

const variables: readonly Readonly<Record<string, unknown>>[] = [
  {
    f: { state: { eq: 'RUNNING' }, labels: { has: 'x' }, createdAt: { gt: '2024-01-01T00:00:00Z' } },
    n: 3,
    id: 'a',
    in: { name: 'N' },
  },
];

/** A mistake in some word or mark of a text: left out, doubled, cut, misspelt or another one. */
const mistake = (text: string): fc.Arbitrary<string> => {
  const tokens = text.match(/[$\w]+|\s+|[^\s\w]/g) ?? [];
  const damage = fc.oneof(
    fc.constant(''),
    fc.constantFrom(
      'nam',
      'labls',
      'Strng',
      'AccessProfil',
      'RUNING',
      '1',
      '"x"',
      'null',
      '[]',
      '{}',
      'true',
      '$n',
      'first',
      'name',
    ),
  );
  return fc
    .array(fc.tuple(fc.nat({ max: tokens.length - 1 }), fc.nat({ max: 3 }), damage), { minLength: 1, maxLength: 2 })
    .map((changes) => {
      const changed = [...tokens];
      for (const [at, kind, instead] of changes) {
        const token = changed[at] ?? '';
        changed[at] = [token.slice(0, -1), `${token}${token.at(-1) ?? ''}`, instead, token.slice(1)][kind] ?? '';
      }
      return changed.join('');
    });
};

/** As the only pair of quotes in JSON may be damaged too, text that is no JSON any more is taken for a string. */
const damagedVariables = fc.constantFrom(...variables).chain((values) =>
  mistake(JSON.stringify(values)).map((text) => {
    try {
      return JSON.parse(text);
    } catch {
      return values;
    }
  }),
);

/** English words that stand in the messages themselves, which the schema has as names too. */
const english = new Set(
  `The document does not fit the schema at line, column. Variable needs a value, cannot be used at. Variable is never used in operation.
  There can be only one of operation fragment variable argument input field named. This anonymous operation must be the only defined
  operation. Variable is not defined by operation. Cannot spread fragment within itself via. Unknown fragment. Fragment is never used.
  GraphQL introspection has been disabled, but the requested query contained the field.`.match(/\w+/g),
);

function expectOwnWords(messages: readonly string[], request: string): void {
  const own = new Set(request.match(/\w+/g));
  // The parser does not know the schema.
  for (const message of messages.filter((each) => !each.startsWith('Syntax Error: '))) {
    const foreign = (message.match(/\w+/g) ?? []).filter(
      (word) => names.has(word) && !own.has(word) && !english.has(word),
    );
    expect(foreign, message).toEqual([]);
  }
}

describe('with introspection off', () => {
  let gateway: SandboxedGateway;
  beforeAll(async () => {
    gateway = await startGateway({}, { introspection: false });
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const refused = async (query: string, values: unknown) => {
    const { errors = [], data } = await gateway.ask(query, values);
    expectOwnWords(
      errors.map(({ message }) => message),
      query + JSON.stringify(values),
    );
    return { errors, data };
  };

  it('a mistake in a document is answered with its place', async () => {
    const { errors } = await refused('{ integration }', {});
    expect(errors).toEqual([
      {
        message: 'The document does not fit the schema at line 1, column 3.',
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    // From the cache of documents as well.
    expect((await refused('{ integration }', {})).errors).toEqual(errors);
  });

  it('a mistake that has nothing to do with the schema is named', async () => {
    expect((await refused('query ($x: Int) { integrations }', {})).errors[0]?.message).toBe(
      'Variable "$x" is never used.',
    );
    expect((await refused('{ ...Gone }', {})).errors[0]?.message).toBe('Unknown fragment "Gone".');
    expect((await refused('{ __schema { types { name } } }', {})).errors[0]?.message).toContain('"__schema"');
  });

  it.each<[values: object, message: string]>([
    [{ f: { labls: 1 } }, 'Variable "$f" cannot be used at "f".'],
    [{ f: { state: { eq: 'RUNING' } } }, 'Variable "$f" cannot be used at "f.state.eq".'],
    [{ f: { and: [{}, { labels: { has: 7 } }] } }, 'Variable "$f" cannot be used at "f.and.1.labels.has".'],
    [{ f: { createdAt: { gt: 'soon' } } }, 'Variable "$f" cannot be used at "f.createdAt.gt".'],
    [{ f: 7 }, 'Variable "$f" cannot be used at "f".'],
    [{ n: 'x' }, 'Variable "$n" cannot be used at "n".'],
  ])('a mistake in the variables is answered with its place: %j', async (values, message) => {
    const { errors, data } = await refused(documents[0] ?? '', values);
    expect(errors[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
    expect(data).toBeUndefined();
  });

  it('a variable that is missing is named', async () => {
    for (const values of [{}, { id: null }]) {
      expect((await refused(documents[1] ?? '', values)).errors[0]?.message).toBe('Variable "$id" needs a value.');
    }
  });

  it('no error names anything that the request did not hold', async () => {
    const request = fc.tuple(
      fc.constantFrom(...documents).chain((text) => fc.oneof(mistake(text), fc.constant(text))),
      damagedVariables,
    );
    let mistakes = 0;
    await fc.assert(
      fc.asyncProperty(request, async ([query, values]) => {
        if ((await refused(query, values)).errors.length > 0) mistakes++;
      }),
      { numRuns: runs(400) },
    );
    expect(mistakes).toBeGreaterThan(runs(100));
  });
});
