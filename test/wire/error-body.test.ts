import { describe, expect, it } from 'vitest';
import { decodeErrorBody } from '../../src/wire/error-body.ts';
import { invalidArgumentBody } from './documented.ts';

const silent = { code: null, requestId: null, violations: [], namesMask: false, namesResource: false };
const read = (body: unknown) => decodeErrorBody(JSON.stringify(body));

describe('an error body', () => {
  it("is read in Veza's own form", () => {
    expect(read(invalidArgumentBody)).toEqual({
      namesMask: false,
      code: 'InvalidArgument',
      requestId: '1091d23a67ad44a63723fc050280e5ae',
      violations: [{ field: 'name', description: 'Provider with the same name already exists' }],
      namesResource: false,
    });
  });

  it('is read no further than somebody would read it', () => {
    const violation = { field: `a\n${'b'.repeat(1000)}`, description: 'c'.repeat(5000) };
    const { violations } = read({ details: [{ field_violations: Array.from({ length: 1000 }, () => violation) }] });
    expect(violations).toHaveLength(50);
    expect(violations[0]).toEqual({ field: `a ${'b'.repeat(198)}`, description: 'c'.repeat(500) });
  });

  it('is read as google.rpc.Status, its number becoming the name', () => {
    const status = (code: number) => read({ code, message: 'x', details: [] }).code;
    expect([3, 5, 7, 8, 14, 16].map(status)).toEqual([
      'InvalidArgument',
      'NotFound',
      'PermissionDenied',
      'ResourceExhausted',
      'Unavailable',
      'Unauthenticated',
    ]);
    expect([17, -1, 1.5, 1e9].map(status)).toEqual([null, null, null, null]);
  });

  it.each([
    ['HTML', '<html><body>502 Bad Gateway</body></html>'],
    ['nothing', ''],
    ['a string', '"no"'],
    ['an array', '[{"code":3}]'],
    ['null', 'null'],
    ['cut JSON', '{"code":"NotFou'],
  ])('says nothing if it is %s', (_name, body) => {
    expect(decodeErrorBody(body)).toEqual(silent);
  });

  it('lets only single words through, so that no text of a stranger gets into our answers', () => {
    for (const hostile of ['Bearer abc', 'a\nb', '<b>', 'ü', 'x'.repeat(65), '', 7.5, {}, ['NotFound']]) {
      expect(read({ code: hostile, request_id: hostile })).toEqual(silent);
    }
  });

  it('takes what it can from details of any shape', () => {
    const details = [
      null,
      'text',
      { field_violations: 'none' },
      { field_violations: [null, 'a', { field: 7 }, { field: 'labels', description: 'too many' }] },
      { field_violations: [{ description: 'alone' }] },
    ];
    expect(read({ code: 3, details }).violations).toEqual([
      { field: '', description: '' },
      { field: 'labels', description: 'too many' },
      { field: '', description: 'alone' },
    ]);
    expect(read({ code: 3, details: { field_violations: [] } }).violations).toEqual([]);
  });

  it.each([
    ['update_mask is required', true],
    ['updateMask: unknown path', true],
    ['no such field', false],
  ])('tells whether it speaks of a mask: %s', (message, namesMask) => {
    expect(read({ code: 3, message }).namesMask).toBe(namesMask);
  });
});
