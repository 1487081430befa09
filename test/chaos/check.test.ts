import { describe, expect, it } from 'vitest';
import { problemOf } from './check.ts';

const truth = {
  list: {
    nodes: [
      { name: 'a', parents: [{ name: 'p' }] },
      { name: 'b', parents: [] },
    ],
  },
};
const copy = (): typeof truth => structuredClone(truth);

describe('an answer amid chaos', () => {
  it('is right where it is the truth', () => {
    expect(problemOf({ data: copy() }, truth)).toBeNull();
  });

  it.each<readonly [string, (data: typeof truth) => void, RegExp]>([
    ['a row less', ({ list }) => void list.nodes.pop(), /list\.nodes: 1 instead of 2/],
    ['a row more', ({ list }) => void list.nodes.push({ name: 'c', parents: [] }), /3 instead of 2/],
    ['other rows', ({ list }) => void list.nodes.reverse(), /list\.nodes\.0\.name: "b" instead of "a"/],
    ['an edge less', ({ list }) => void list.nodes[0]?.parents.pop(), /parents: 0 instead of 1/],
    ['another name', ({ list }) => void Object.assign(list.nodes[1] ?? {}, { name: 'x' }), /"x" instead of "b"/],
  ])('is wrong with %s', (_name, change, problem) => {
    const data = copy();
    change(data);
    expect(problemOf({ data }, truth)).toMatch(problem);
  });

  it('may be null at the path of an error, or at the nearest value around it, and nowhere else', () => {
    const error = { extensions: { code: 'RATE_LIMITED' } };
    const errors = (place: number) => [{ ...error, path: ['list', 'nodes', place, 'parents'] }];
    const [, second] = truth.list.nodes;
    const failed = { list: { nodes: [{ name: 'a', parents: null }, second] } };
    expect(problemOf({ data: failed, errors: errors(0) }, truth)).toBeNull();
    expect(problemOf({ data: failed, errors: errors(1) }, truth)).not.toBeNull();
    expect(problemOf({ data: { list: null }, errors: errors(0) }, truth)).toBeNull();
    expect(problemOf({ data: { list: null } }, truth)).not.toBeNull();
  });

  it('may not be an empty list at the path of an error', () => {
    const data = copy();
    data.list.nodes[0]?.parents.pop();
    const errors = [{ path: ['list', 'nodes', 0, 'parents'], extensions: { code: 'RATE_LIMITED' } }];
    expect(problemOf({ data, errors }, truth)).toMatch(/parents: not null although/);
  });

  it('may have another order where none is promised, and only there', () => {
    const other = { list: { nodes: [...truth.list.nodes].reverse() } };
    expect(problemOf({ data: other }, truth, new Set(['nodes']))).toBeNull();
    expect(problemOf({ data: other }, truth, new Set(['list']))).not.toBeNull();
  });

  it('may be nothing at all, if it says why', () => {
    expect(problemOf({ errors: [{ extensions: { code: 'UPSTREAM_TIMEOUT' } }] }, truth)).toBeNull();
    expect(problemOf({ data: null }, truth)).not.toBeNull();
  });

  it.each(['INTERNAL', 'UNAUTHENTICATED', 'NOT_FOUND', 'BAD_USER_INPUT'])(
    'may not blame the caller, or us: %s',
    (code) => {
      expect(problemOf({ errors: [{ extensions: { code } }] }, truth)).toBe(`code ${code}`);
    },
  );
});
