import { describe, expect, it } from 'vitest';
import { readResponse } from '../../src/graphiql/response/read-graph.ts';

describe('readResponse', () => {
  const read = (body: unknown) => readResponse(typeof body === 'string' ? body : JSON.stringify(body), '{ a }', null);

  it('tells nothing yet from no JSON', () => {
    expect(read('').kind).toBe('none');
    expect(read('<html>').kind).toBe('unreadable');
    expect(read('[]').kind).toBe('unreadable');
  });

  it('gives the message and the code of a query that failed', () => {
    const errors = [{ message: 'No key', extensions: { code: 'UNAUTHENTICATED' } }];
    expect(read({ data: null, errors })).toEqual({ kind: 'failed', message: 'No key', code: 'UNAUTHENTICATED' });
    expect(read({ errors: [{}] })).toMatchObject({ kind: 'failed', message: 'unknown error' });
  });

  it('draws what there is beside errors, and takes an empty answer for an answer', () => {
    expect(read({ data: { a: {} }, errors: [{ message: 'in part' }] })).toMatchObject({
      kind: 'data',
      errors: ['in part'],
    });
    expect(read({ data: { accessProfile: null } })).toMatchObject({ kind: 'data', errors: [] });
  });
});
