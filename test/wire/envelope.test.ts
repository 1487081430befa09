import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { type ReplyStyle, text } from '../../src/wire/decode.ts';
import { decodeIntegrations, page, single, statedPage } from '../../src/wire/envelope.ts';
import { listen, root } from '../support/notes.ts';
import { integrationsReply } from './documented.ts';

describe('a page', () => {
  const read = (body: unknown) => page(text)(body, root());

  it.each<[name: string, body: unknown, values: string[], next: string | null]>([
    ['more to come', { values: ['a'], has_more: true, next_page_token: 'page2' }, ['a'], 'page2'],
    ['the last page without a token', { values: ['a'], has_more: false }, ['a'], null],
    ['the last page with a token', { values: ['a'], has_more: false, next_page_token: 'Na==' }, ['a'], null],
    ['the last page with an empty token', { values: ['a'], has_more: false, next_page_token: '' }, ['a'], null],
    ['an empty page before others', { values: [], has_more: true, next_page_token: 'x' }, [], 'x'],
    ['an empty list left out', { has_more: true, next_page_token: 'x' }, [], 'x'],
    ['nothing at all', {}, [], null],
    ['a list of null', { values: null, has_more: false }, [], null],
    ['has_more as a word', { values: [], has_more: 'true', next_page_token: 'x' }, [], 'x'],
    ['has_more as the other word', { values: [], has_more: 'false', next_page_token: 'x' }, [], null],
    ['no has_more, but a token', { values: ['a'], next_page_token: 'x' }, ['a'], 'x'],
    ['no has_more and no token', { values: ['a'] }, ['a'], null],
    ['no has_more and an empty token', { values: ['a'], next_page_token: '' }, ['a'], null],
    ['a bare array', ['a', 'b'], ['a', 'b'], null],
    ['more keys than documented', { values: ['a'], has_more: false, total: 7 }, ['a'], null],
  ])('is read: %s', (_name, body, values, next) => {
    expect(read(body)).toEqual({ values, next });
  });

  it.each<[body: unknown, message: string]>([
    [{ values: [], has_more: true }, 'next_page_token: expected a page token, as has_more is true, found null'],
    [
      { values: [], has_more: true, next_page_token: '' },
      'next_page_token: expected a page token, as has_more is true, found null',
    ],
    [{ data: [], pagination: { has_more: false } }, 'values: expected an array, found nothing'],
    [{ code: 5, message: 'not found', details: [] }, 'values: expected an array, found nothing'],
    [{ value: { id: 'a' } }, 'values: expected an array, found nothing'],
    [{ values: {} }, 'values: expected an array, found an object'],
    [{ values: ['a', 1] }, 'values[1]: expected a string, found a number'],
    [['a', 1], '[1]: expected a string, found a number'],
    [{ values: [], has_more: 'maybe' }, 'has_more: expected a boolean, found a string'],
    [{ values: [], next_page_token: 2 }, 'next_page_token: expected a string, found a number'],
    ['[]', '(root): expected an object, found a string'],
    [null, '(root): expected an object, found null'],
  ])('is not %j', (body, message) => {
    expect(() => read(body)).toThrow(UpstreamError);
    expect(() => read(body)).toThrow(message);
  });
});

it.each<[style: Partial<ReplyStyle>, body: unknown, isPage: boolean]>([
  [{}, [], false],
  [{ answersArrays: true }, [], true],
  [{}, {}, false],
  [{}, { values: null }, false],
  [{}, { values: null, has_more: false }, true],
  [{ leavesOutZeroValues: false }, {}, false],
  [{ leavesOutZeroValues: true }, {}, true],
  [{ leavesOutZeroValues: true }, { values: null }, true],
])('an API of style %j that says %j: an empty page? %s', (style, body, isPage) => {
  const reply = listen();
  const known = { leavesOutZeroValues: null, saysHasMore: false, answersArrays: false, ...style };
  const read = () => page(text)(body, root({ ...reply, style: known }));
  if (isPage) expect(read()).toEqual({ values: [], next: null });
  else expect(read).toThrow(UpstreamError);
});

describe('a page of a list that is never empty', () => {
  const read = (body: unknown) => statedPage(text)(body, root());

  it('may be empty if it says so, or if others follow', () => {
    expect(read({ values: [] })).toEqual({ values: [], next: null });
    expect(read([])).toEqual({ values: [], next: null });
    expect(read({ has_more: true, next_page_token: 'x' })).toEqual({ values: [], next: 'x' });
  });

  it.each([{}, { has_more: false }, { next_page_token: 'x' }, { values: null }])('is not %j', (body) => {
    expect(() => read(body)).toThrow('values: expected an array, found n');
  });
});

describe('a single object', () => {
  const read = (body: unknown) => single((value) => value)(body, root());

  it('is read bare or wrapped', () => {
    expect(read({ value: { id: 'a' }, has_more: false })).toEqual({ id: 'a' });
    expect(read({ id: 'a' })).toEqual({ id: 'a' });
    expect(read({ id: 'a', value: 7 })).toEqual({ id: 'a', value: 7 });
  });

  it('says in its path that it was wrapped', () => {
    const labels = single(text);
    expect(() => labels({ value: {} }, root())).toThrow('value: expected a string, found an object');
  });
});

describe('the integrations reply', () => {
  const read = (body: unknown) => decodeIntegrations(body, root());

  it.each<[name: string, body: unknown, expected: readonly string[]]>([
    ['as documented', integrationsReply, integrationsReply.integrations],
    ['wrapped', { value: integrationsReply }, integrationsReply.integrations],
    ['bare', ['AWS'], ['AWS']],
    ['empty and left out', {}, []],
    ['empty, wrapped', { value: {} }, []],
  ])('is read: %s', (_name, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it.each<[body: unknown, message: string]>([
    [{ values: ['AWS'] }, 'integrations: expected an array, found nothing'],
    [{ integrations: 'AWS' }, 'integrations: expected an array, found a string'],
    [{ integrations: ['', 1] }, 'integrations[1]: expected a string, found a number'],
    [null, '(root): expected an object, found null'],
  ])('is not %j', (body, message) => {
    expect(() => read(body)).toThrow(message);
  });
});
