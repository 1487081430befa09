import * as fc from 'fast-check';
import {
  type ExecutionResult,
  execute,
  type GraphQLField,
  GraphQLInt,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { AnswerWork } from '../../../src/server/graphql/execution/answer-work.ts';
import { createPreparedExecutor } from '../../../src/server/graphql/execution/prepared.ts';
import { runs } from '../../support/runs.ts';
import { type Root, testSchema } from './test-schema.ts';

interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

interface Outcome {
  /** As text, where the order of fields counts. */
  readonly data: string;
  /** By the place of the answer that is null for them: the place itself or one above. */
  readonly errors: ReadonlyMap<string, ReadonlySet<string>>;
  /** Promises that were left to fail unheard, which ends a process. */
  readonly unheard: number;
}

/** Counts what fails unheard meanwhile, in the place of whoever else listens for it. */
async function hearing<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly unheard: number }> {
  const listeners = process.listeners('unhandledRejection');
  let unheard = 0;
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', () => unheard++);
  try {
    const result = await work();
    await new Promise(setImmediate);
    return { result, unheard };
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

async function outcomeOf(executor: typeof execute, { query, variables, operationName }: Question): Promise<Outcome> {
  const { result, unheard } = await hearing(
    async (): Promise<ExecutionResult> =>
      executor({
        schema: testSchema,
        document: parse(query),
        rootValue: { fromRoot: 'of the root', state: { count: 1 } } satisfies Root,
        contextValue: { context: true },
        ...(variables && { variableValues: variables }),
        ...(operationName && { operationName }),
      }),
  );
  const { data, errors = [] } = result;
  const byPlace = new Map<string, Set<string>>();
  for (const error of errors) {
    const place = nullAbove(data, error.path ?? []);
    // A mistake of the schema, of which no more than the place has to be the same.
    const { message, ...rest } = error.toJSON();
    const said = /^Abstract type/.test(message) ? 'abstract' : message;
    const text = JSON.stringify([
      said,
      rest,
      said === message ? error.originalError?.message : '',
      error.nodes?.length,
    ]);
    byPlace.set(place, (byPlace.get(place) ?? new Set()).add(text));
  }
  return { data: JSON.stringify(data), errors: byPlace, unheard };
}

function nullAbove(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (typeof value !== 'object' || value === null) return path.slice(0, depth).join('.');
    value = new Map(Object.entries(value)).get(String(step));
  }
  return path.join('.');
}

/**
 * The same data, and the same errors. Of several errors in what is null for one of them, those may be missing that came
 * after it (GraphQL specification §6.4.4), and what comes first among promises is left to chance.
 */
async function expectSame(question: Question): Promise<{ readonly isAnswered: boolean; readonly isExact: boolean }> {
  const problems = validate(testSchema, parse(question.query)).map(({ message }) => message);
  // A generated query may leave its fragment and variables without use.
  expect(problems.filter((message) => !/never used/.test(message))).toEqual([]);
  const [ours, theirs] = [await outcomeOf(executePrepared, question), await outcomeOf(execute, question)];
  expect(ours.data).toBe(theirs.data);
  // graphql's own leaves some, where a list is lost with items under way.
  expect(ours.unheard).toBe(0);
  expect([...ours.errors.keys()].sort()).toEqual([...theirs.errors.keys()].sort());
  let isExact = true;
  for (const [place, errors] of theirs.errors) {
    const found = ours.errors.get(place) ?? new Set();
    const [fewer, more] = found.size < errors.size ? [found, errors] : [errors, found];
    expect([...more]).toEqual(expect.arrayContaining([...fewer]));
    isExact &&= found.size === errors.size;
  }
  return { isAnswered: theirs.errors.size === 0, isExact };
}

const prepared = createPreparedExecutor();
/** An event loop that nobody else waits for, or one that somebody always waits for. */
const loopThat = (isHeld: boolean) => ({ isHeld, yield: () => new Promise<void>((resolve) => setImmediate(resolve)) });
const workOn = (isHeld: boolean) => new AnswerWork(Number.POSITIVE_INFINITY, undefined, loopThat(isHeld));
/** Pauses after each part. */
class PausingWork extends AnswerWork {
  override mustPauseSince(): boolean {
    return true;
  }
}
// What comes first among several errors may depend on a pause, and so on how fast this machine is.
const executePrepared: typeof execute = (args) => prepared(args, workOn(false));
const executeWithPauses: typeof execute = (args) =>
  prepared(args, new PausingWork(Number.POSITIVE_INFINITY, undefined, loopThat(true)));

const written: readonly string[] = [
  '{ __typename fromRoot thing { number name } }',
  '{ a: thing { number } thing { b: number __typename } }',
  '{ thing { method(by: 3) absent promised } }',
  '{ thing { never } sureThing { number } }',
  '{ sureThing { never } thing { number } }',
  '{ thing { sureInner { never } number } }',
  '{ thing(late: true) { sureInner(late: true) { sureInner { never } } } fromRoot }',
  '{ thing(fails: true) { number } sureThing(late: true, fails: true) { number } }',
  '{ sureThing(late: true, fails: true) { number } thing(late: true) { value(late: true, fails: true) } }',
  '{ things { number name sure value(late: true) inner { sure(late: true) } } }',
  '{ things { sure(late: true, fails: true) value } }',
  '{ thing { list { number } sureList { number } } }',
  '{ thing { sureList(hole: true) { number } } fromRoot }',
  '{ thing { list(late: true) { sureList(late: true, hole: true) { number } } } }',
  '{ things { texts } sureThing { texts(late: true) tooLarge } }',
  '{ thing { sureList(hole: true) { sure(late: true, fails: true) } } fromRoot }',
  '{ thing { a: sureInner(late: true) { never } b: sureInner(late: true) { inner(late: true) { inner(late: true) { value(late: true, fails: true) } } } } }',
  '{ sureThing(late: true) { never } thing(late: true) { inner(late: true) { inner(late: true) { value(late: true, fails: true) } } } }',
  '{ thing { tooLarge odd a: odd(value: 13) error colour } things { colour promised } }',
  '{ thing { sum a: sum(range: { to: 5 }) b: sum(range: { from: 7, to: 5 }, list: [1, 2]) c: sum(list: 4) } }',
  '{ thing { path inner { path list { path } } } ...F } fragment F on Query { thing { inner { ...G } } } fragment G on Thing { path number }',
  '{ thing { ... on Thing { number } ... { name } ... on Named { name } ...N } } fragment N on Named { ... on Thing { value } }',
  '{ thing { named { name ... on Thing { number } } } }',
  '{ thing { named { __typename } sureInner { named { name ...N ... on Thing { value(late: true) } } } } } fragment N on Named { name }',
  '{ things { anything { ... on Thing { number } ... on Other { other } __typename } } }',
  '{ things { lateAnything { ... on Thing { number } ... on Other { other } } anythings { ... on Other { other sure } } } }',
  '{ thing { number } things { wrong { ... on Thing { number } } } }',
  '{ __schema { queryType { name fields { name type { name kind ofType { name } } } } } thing { number } __type(name: "Thing") { name interfaces { name } } }',
  'mutation { a: change(late: true, by: 2) b: change(by: 3) c: count }',
  'mutation { a: change(by: 1) b: sureChange(late: true, fails: true) c: change(by: 5) }',
  'mutation { a: change(fails: true) d: changed { number list { number } } c: count }',
  '{ thing { __proto__: number name } }',
  '{ thing { number @skip(if: true) name @include(if: false) value @skip(if: false) @include(if: true) } }',
  '{ thing { ...F @skip(if: true) ... @include(if: false) { number } name } } fragment F on Thing { sure }',
];

describe('a prepared execution gives what graphql’s own gives', () => {
  it.each(written)('%s', async (query) => {
    expect((await expectSame({ query })).isExact).toBe(true);
  });

  const conditional =
    'query Q($yes: Boolean!, $no: Boolean = false, $by: Int, $range: Range) { thing { number @include(if: $yes) ...F @skip(if: $no) sum(range: $range) method(by: $by) path } } fragment F on Thing { name @skip(if: $yes) }';
  it.each<Record<string, unknown>>([
    { yes: true },
    { yes: false },
    { yes: true, no: true, by: 3, range: { to: 3 } },
    { yes: false, no: true, by: null, range: null },
    { yes: true, unknown: 1, range: { to: 1, from: null } },
    { yes: true, no: null },
    {},
    { yes: 'perhaps' },
    { yes: true, by: 2 ** 40 },
    { yes: true, range: { from: 1 } },
  ])('with variables %j', async (variables) => {
    expect((await expectSame({ query: conditional, variables })).isExact).toBe(true);
  });

  it.each(['A', 'B', 'C', undefined])('of several operations, %s', async (operationName) => {
    const question = {
      query: 'query A { thing { number } } query B { fromRoot } mutation C { change(by: 4) }',
      ...(operationName && { operationName }),
    };
    await expectSame(question);
  });

  it('where the one operation has another name', async () => {
    await expectSame({ query: 'query A { fromRoot }', operationName: 'B' });
    await expectSame({ query: '{ fromRoot }', operationName: 'B' });
  });

  it('where one document is executed in both ways in turn', async () => {
    const document = parse('query ($yes: Boolean!) { fromRoot @include(if: $yes) __typename }');
    for (const yes of [true, false, true, false]) {
      const args = { schema: testSchema, document, rootValue: { fromRoot: 'r' }, variableValues: { yes } };
      expect(await executePrepared(args)).toEqual(await execute(args));
    }
  });

  it('under a key that is the prototype of plain objects', async () => {
    await expectSame({ query: '{ __proto__: thing { __proto__: number name } things { __proto__: name } }' });
  });

  it('with a pause after each part of each list', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryQuery(), async (question) => {
        const [ours, theirs] = [await outcomeOf(executeWithPauses, question), await outcomeOf(execute, question)];
        expect(ours.data).toBe(theirs.data);
        expect(ours.unheard).toBe(0);
        expect([...ours.errors.keys()].sort()).toEqual([...theirs.errors.keys()].sort());
      }),
      { numRuns: runs(200) },
    );
  });

  it('with a pause before items that fail, which a resolver has begun', async () => {
    const item = async (n: number) => {
      if (n > 1) throw new Error(`no ${n}`);
      return n;
    };
    const fields = { items: { type: new GraphQLList(GraphQLInt), resolve: () => [1, 2, 3].map(item) } };
    const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
    const { result, unheard } = await hearing(async () => executeWithPauses({ schema, document: parse('{ items }') }));
    expect([result.data, result.errors?.length, unheard]).toEqual([{ items: [1, null, null] }, 2, 0]);
  });

  it('of an operation of many fields', async () => {
    const fields = Array.from({ length: 2500 }, (_, i) => `f${i}: number`).join(' ');
    await expectSame({ query: `{ thing { ${fields} } }` });
  });

  it('of any query', async () => {
    const counts = { answered: 0, exact: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryQuery(), async (question) => {
        const { isAnswered, isExact } = await expectSame(question);
        if (isAnswered) counts.answered++;
        if (isExact) counts.exact++;
      }),
      { numRuns: runs(500) },
    );
    expect(counts.answered).toBeGreaterThan(runs(50));
    expect(counts.answered).toBeLessThan(450);
    expect(counts.exact).toBeGreaterThan(runs(450));
  });
});

const flag = fc.constantFrom('true', 'false', '$yes', '$no');
const argumentValues: Readonly<Record<string, fc.Arbitrary<string>>> = {
  Boolean: fc.constantFrom('true', 'false', '$yes'),
  Int: fc.constantFrom('1', '13', '$n', 'null'),
  Range: fc.constantFrom('{ to: 2 }', '{ to: 1, from: $n }', 'null'),
  '[Int]': fc.constantFrom('[]', '[1, 2]', '7', '[$n]'),
};

function arbitraryQuery(): fc.Arbitrary<Question> {
  return fc
    .tuple(selectionOf('Query', 3), selectionOf('Thing', 1), fc.boolean(), fc.constantFrom(1, 13, null, undefined))
    .map(([root, fragment, yes, n]) => ({
      query: aliased(
        `query ($yes: Boolean! = true, $no: Boolean! = false, $n: Int = 4) { ${root} } fragment F on Thing { ${fragment} }`,
      ),
      variables: { yes, ...(n !== undefined && { n }) },
    }));
}

function selectionOf(typeName: string, depth: number): fc.Arbitrary<string> {
  const type: GraphQLNamedType | undefined = testSchema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} has no fields`);
  const fields = Object.values(type.getFields())
    .filter((field) => depth > 0 || !isObjectType(getNamedType(field.type)))
    .filter(({ type: of }) => !isAbstractType(getNamedType(of)));
  const field = fc.constantFrom(...fields).chain((each) => fieldText(each, depth));
  const more = typeName === 'Thing' && depth > 1 ? [fc.constant('...F')] : [];
  const inline =
    depth > 0
      ? [field.map((each) => `... on ${typeName} { ${each} }`), field.map((each) => `... @skip(if: $no) { ${each} }`)]
      : [];
  return fc
    .array(fc.oneof({ weight: 8, arbitrary: field }, fc.constant('__typename'), ...more, ...inline), {
      minLength: 1,
      maxLength: 5,
    })
    .map((each) => each.join(' '));
}

function fieldText(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const isObject = isObjectType(getNamedType(field.type));
  const given = field.args.map((arg) =>
    fc.option(
      (argumentValues[String(arg.type)] ?? fc.constant('null')).map((value) => `${arg.name}: ${value}`),
      {
        freq: 2,
      },
    ),
  );
  return fc
    .tuple(
      fc.tuple(...given),
      isObject ? selectionOf('Thing', depth - 1).map((inner) => `{ ${inner} }`) : fc.constant(''),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant('') },
        fc.tuple(fc.constantFrom('skip', 'include'), flag).map(([name, value]) => `@${name}(if: ${value})`),
      ),
    )
    .map(([args, inner, directive]) => {
      const list = args.filter((each) => each !== null);
      return `#: ${field.name}${list.length > 0 ? `(${list.join(', ')})` : ''} ${directive} ${inner}`;
    });
}

/** Gives each field a key of its own in most cases; plain leaves are left to meet one another. */
function aliased(query: string): string {
  let count = 0;
  return query.replaceAll(/#: (\w+)(\(?)/g, (_, name: string, bracket: string) =>
    bracket === '' && /^(number|name|colour|fromRoot|never|path)$/.test(name) ? name : `k${count++}: ${name}${bracket}`,
  );
}

describe('An answer', () => {
  it('pauses where others wait and it has made 1,000 values since it last did, or worked for 2 ms', async () => {
    const work = workOn(true);
    const now = performance.now() + 60_000;
    work.spend(999);
    expect(work.mustPauseSince(now)).toBe(false);
    expect(work.mustPauseSince(now - 120_000)).toBe(true);
    work.spend(1);
    expect(work.mustPauseSince(now)).toBe(true);
    await work.pause();
    expect(work.mustPauseSince(now)).toBe(false);
  });

  it('does not pause where nobody waits', () => {
    const work = workOn(false);
    work.spend(1000);
    expect(work.mustPauseSince(0)).toBe(false);
  });
});
