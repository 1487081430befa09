import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import {
  array,
  type Decoder,
  enumeration,
  flag,
  id,
  jsonObject,
  member,
  openEnum,
  optional,
  optionalArray,
  optionalBoolean,
  optionalIdSet,
  optionalInteger,
  optionalReference,
  optionalText,
  positiveInteger,
  text,
  texts,
} from '../../src/wire/decode.ts';
import { listen, root } from '../support/notes.ts';

const decode = <T>(decoder: Decoder<T>, value: unknown): T => decoder(value, root());
const failure = <T>(decoder: Decoder<T>, value: unknown): string => {
  try {
    decode(decoder, value);
  } catch (error) {
    if (error instanceof UpstreamError) return error.message;
    throw error;
  }
  return 'decoded';
};

describe('scalars', () => {
  it.each<[name: string, decoder: Decoder<unknown>, value: unknown, expected: unknown]>([
    ['text', text, 'a', 'a'],
    ['absent text', text, undefined, ''],
    ['null text', text, null, ''],
    ['an empty optional text stays what it is', optionalText, '', ''],
    ['an absent optional text', optionalText, undefined, null],
    ['a reference', optionalReference, 'a', 'a'],
    ['an unset reference', optionalReference, '', null],
    ['an open enum by name', openEnum, 'BIRTHRIGHT', 'BIRTHRIGHT'],
    ['an open enum by number', openEnum, 0, '0'],
    ['an unset open enum', openEnum, '', null],
    ['true', optionalBoolean, true, true],
    ['"true"', optionalBoolean, 'true', true],
    ['"false"', optionalBoolean, 'false', false],
    ['an absent boolean', optionalBoolean, undefined, null],
    ['an absent flag', flag, undefined, false],
    ['an integer', optionalInteger, 3600, 3600],
    ['an int64 as a string', optionalInteger, '3600', 3600],
    ['zero', optionalInteger, 0, 0],
    ['"0"', optionalInteger, '0', 0],
    ['a negative string', optionalInteger, '-5', -5],
    ['an absent integer', optionalInteger, null, null],
    ['the largest integer', optionalInteger, 2147483647, 2147483647],
    ['a count of which 0 means none', positiveInteger, 0, null],
    ['a count', positiveInteger, '2', 2],
  ])('reads %s', (_name, decoder, value, expected) => {
    expect(decode(decoder, value)).toBe(expected);
  });

  it.each<[name: string, decoder: Decoder<unknown>, value: unknown, expected: string]>([
    ['text', text, 1, 'expected a string, found a number'],
    ['id', id, '', 'expected a non-empty string, found a string'],
    ['id', id, undefined, 'expected a non-empty string, found nothing'],
    ['reference', optionalReference, {}, 'expected a string, found an object'],
    ['open enum', openEnum, [], 'expected a string, found an array'],
    ['boolean', optionalBoolean, 'yes', 'expected a boolean, found a string'],
    ['boolean', optionalBoolean, 1, 'expected a boolean, found a number'],
    ['integer', optionalInteger, 1.5, 'expected a 32-bit integer, found a number'],
    ['integer', optionalInteger, '', 'expected a 32-bit integer, found a string'],
    ['integer', optionalInteger, '1e3', 'expected a 32-bit integer, found a string'],
    ['integer', optionalInteger, '2147483648', 'expected a 32-bit integer, found a string'],
    ['integer', optionalInteger, true, 'expected a 32-bit integer, found a boolean'],
    ['object', jsonObject, null, 'expected an object, found null'],
    ['object', jsonObject, [], 'expected an object, found an array'],
  ])('refuses as %s: case %#', (_name, decoder, value, expected) => {
    expect(failure(decoder, value)).toBe(`(root): ${expected}`);
  });
});

describe('enums', () => {
  const colour = enumeration('Colour', ['RED', 'GREEN']);

  it.each([
    ['RED', 'RED'],
    ['green', 'GREEN'],
    [0, 'RED'],
    [1, 'GREEN'],
    ['1', 'GREEN'],
    [undefined, 'UNRECOGNIZED'],
    [null, 'UNRECOGNIZED'],
    ['', 'UNRECOGNIZED'],
  ])('reads %j without a note', (value, expected) => {
    const notes = listen();
    expect(colour(value, root(notes))).toBe(expected);
    expect(notes.heard).toEqual([]);
  });

  it.each([['BLUE'], [2], [-1], [0.5], ['7'], ['__proto__'], ['constructor']])('notes %j', (value) => {
    const notes = listen();
    expect(colour(value, root(notes))).toBe('UNRECOGNIZED');
    expect(notes.heard).toEqual([`Colour: ${value}`]);
  });

  it('refuses what is neither a name nor a number', () => {
    expect(failure(colour, { name: 'RED' })).toBe('(root): expected an enum name or number, found an object');
  });
});

describe('arrays', () => {
  it('reads an absent one as empty or, where that differs, as null', () => {
    expect([decode(array(text), undefined), decode(array(text), null)]).toEqual([[], []]);
    expect([decode(optionalArray(text), undefined), decode(optionalArray(text), [])]).toEqual([null, []]);
  });

  it('keeps each id once, in order, and no blank', () => {
    expect(decode(optionalIdSet, ['b', 'a', '', 'b'])).toEqual(['b', 'a']);
    expect(decode(optionalIdSet, undefined)).toBeNull();
  });

  it('takes no null for a string', () => {
    expect(failure(optionalIdSet, ['a', null])).toBe('[1]: expected a string, found null');
    expect(failure(texts, [null])).toBe('[0]: expected a string, found null');
  });

  it('refuses an object in its place', () => {
    expect(failure(array(text), { 0: 'a' })).toBe('(root): expected an array, found an object');
  });
});

describe('the path of an error', () => {
  const inner: Decoder<unknown> = (value, at) => member(jsonObject(value, at), 'labels', array(text), at);
  const rows: Decoder<unknown> = (value, at) => member(jsonObject(value, at), 'values', array(inner), at);

  it('leads through fields and elements', () => {
    const body = { values: [{ labels: [] }, { labels: ['a', 'b', 7] }] };
    expect(failure(rows, body)).toBe('values[1].labels[2]: expected a string, found a number');
  });

  it('leads through arrays in arrays', () => {
    expect(failure(array(array(text)), [[], ['a', {}]])).toBe('[1][1]: expected a string, found an object');
    expect(failure(array(inner), [{ labels: 1 }])).toBe('[0].labels: expected an array, found a number');
  });

  it('names the element of an array that is optional', () => {
    expect(failure(optional(array(text)), ['a', 1])).toBe('[1]: expected a string, found a number');
  });

  it('never shows a value, whatever its kind', () => {
    const secret = 'hunter2';
    const messages = [secret, [secret], { secret }].flatMap((value) => [
      failure(optionalInteger, value),
      failure(optionalBoolean, value),
    ]);
    expect(messages.join()).not.toContain(secret);
  });

  it('lets errors of other kinds pass as they are', () => {
    const broken: Decoder<never> = () => {
      throw new TypeError('a bug');
    };
    expect(() => decode(array(broken), [1])).toThrow(TypeError);
  });
});
