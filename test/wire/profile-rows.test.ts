import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { page } from '../../src/wire/envelope.ts';
import { decodeProfile } from '../../src/wire/profile.ts';
import { ProfileRows } from '../../src/wire/profile-rows.ts';
import { listen } from '../support/notes.ts';
import { listedProfile, listReply, salesforceRole } from './documented.ts';

const decode = page(decodeProfile);
const bytesOf = (body: unknown, indent?: number) => Buffer.from(JSON.stringify(body, undefined, indent));
const rowOf = (id: string, more: object = {}) => ({ ...listedProfile, id, ...more });
const pageOfRows = (...values: object[]) => ({ values, has_more: false, next_page_token: '' });

/** What reading the whole body gives: the value, or that it can't be read. */
function whole(body: Buffer): unknown {
  try {
    return { page: decode(JSON.parse(body.toString()), listen()) };
  } catch {
    return 'not a page';
  }
}

describe('pages read by rows', () => {
  it('are what the whole reply says, and a row that comes again is the same object', () => {
    const rows = new ProfileRows(100_000);
    const first = rows.read(bytesOf(listReply), listen());
    expect(first).toEqual(decode(listReply, listen()));
    const again = rows.read(bytesOf(listReply), listen());
    expect(again?.values.length).toBeGreaterThan(0);
    expect(again?.values.every((each, i) => each === first?.values[i])).toBe(true);
  });

  it('tell rows apart that differ in their last byte only', () => {
    const rows = new ProfileRows(100_000);
    const named = (name: string) => pageOfRows({ ...rowOf('a'), zone: name });
    const one = rows.read(bytesOf({ ...named('x') }), listen())?.values[0];
    const other = rows.read(bytesOf({ ...named('y') }), listen())?.values[0];
    expect([one === undefined, one === other]).toEqual([false, false]);
    const longer = bytesOf(pageOfRows(rowOf('a', { labels: ['secret'] })));
    expect(rows.read(longer, listen())?.values[0]?.labels).toEqual(['secret']);
  });

  it('find the rows of other pages, in any order and between new ones', () => {
    const rows = new ProfileRows(100_000);
    rows.read(bytesOf(pageOfRows(rowOf('a'), rowOf('b'), rowOf('c'))), listen());
    const mixed = pageOfRows(rowOf('c'), rowOf('new'), rowOf('a'), rowOf('b', { name: 'changed' }));
    expect(rows.read(bytesOf(mixed), listen())).toEqual(decode(mixed, listen()));
  });

  it.each<[string, Buffer]>([
    ['spaces between rows', bytesOf(pageOfRows(rowOf('a'), rowOf('b')), 2)],
    ['a bare list', bytesOf([rowOf('a')])],
    ['no rows', bytesOf(pageOfRows())],
    ['a second list of that name', Buffer.from(`{"values":[${JSON.stringify(rowOf('a'))}],"values":[]}`)],
    ['that name with an escape', Buffer.from(`{"values":[${JSON.stringify(rowOf('a'))}],"v\\u0061lues":[]}`)],
    ['something that is no row', Buffer.from(`{"values":[${JSON.stringify(rowOf('a'))},7]}`)],
    ['a row that can not be used', bytesOf(pageOfRows(rowOf('a'), { name: 'without an id' }))],
    ['a reply that was cut off', bytesOf(pageOfRows(rowOf('a'), rowOf('b'))).subarray(0, -40)],
    ['something behind the page', Buffer.from(`${JSON.stringify(pageOfRows(rowOf('a')))}]`)],
    ['nothing', Buffer.alloc(0)],
  ])('leave a body to be read as a whole: %s', (_, body) => {
    const rows = new ProfileRows(100_000);
    rows.read(bytesOf(pageOfRows(rowOf('a'), rowOf('b'))), listen());
    expect(rows.read(body, listen())).toBeNull();
  });

  it('tell of unknown enum values each time, and once', () => {
    const rows = new ProfileRows(100_000);
    const body = bytesOf(pageOfRows(rowOf('a', { state: 'HIBERNATING' })));
    for (let i = 0; i < 2; i++) {
      const notes = listen();
      rows.read(body, notes);
      expect(notes.heard).toEqual(['AccessProfileState: HIBERNATING']);
    }
    const notes = listen();
    rows.read(bytesOf(pageOfRows(rowOf('a', { state: 'HIBERNATING' }), { name: 'without an id' })), notes);
    expect(notes.heard).toEqual([]);
  });

  it('keep no more than they may, the least recently used going first', () => {
    // Twice the bytes, and some for the profile itself.
    const size = 2 * JSON.stringify(rowOf('a')).length + 1500;
    const rows = new ProfileRows(2 * size);
    const read = (id: string) => rows.read(bytesOf(pageOfRows(rowOf(id))), listen())?.values[0];
    const [a, b] = [read('a'), read('b')];
    expect(read('a')).toBe(a);
    read('c');
    expect(read('a')).toBe(a);
    expect(read('b')).not.toBe(b);
    expect(new ProfileRows(0).read(bytesOf(listReply), listen())).toBeNull();
  });

  it('can not be written on, since operations share them', () => {
    const profile = new ProfileRows(100_000).read(bytesOf(listReply), listen())?.values[0];
    expect([profile, profile?.labels, profile?.currentVersion].every((each) => Object.isFrozen(each))).toBe(true);
  });

  it('never say anything else than the whole reply', () => {
    // One reader for all, so that each body meets rows of those before it.
    const rows = new ProfileRows(20_000);
    const grant = { id: 'e', ...salesforceRole };
    const row = fc.record(
      {
        id: fc.constantFrom('a', 'b', 'c', 'é', '"},{"id":"x', '}]', ''),
        name: fc.constantFrom('n', '}],"values":[', '\\"', '\u{1f600}'),
        labels: fc.array(fc.constantFrom('x', '},{"id":', ']'), { maxLength: 2 }),
        current_version: fc.constantFrom(
          { version_number: 1, entities_to_create_relationships_to: [grant, grant] },
          null,
        ),
        extra: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: ['id'] },
    );
    const envelope = fc.record({
      before: fc.constantFrom('', '"has_more":false,', '"x":null,"n":12,', '"values":3,'),
      rows: fc.array(row, { maxLength: 4 }),
      after: fc.constantFrom(
        '',
        ',"has_more":true,"next_page_token":"t"',
        ',"has_more":true',
        ',"values":[]',
        ',"next_page_token":"a\\\\b"',
      ),
      space: fc.constantFrom('', ' '),
      cut: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(60) }),
    });
    let byRows = 0;
    fc.assert(
      fc.property(envelope, ({ before, rows: values, after, space, cut }) => {
        const text = `{${before}"values":[${values.map((each) => JSON.stringify(each)).join(`,${space}`)}]${after}}`;
        const body = Buffer.from(cut === null ? text : text.slice(0, -cut));
        const read = rows.read(body, listen());
        if (read === null) return;
        byRows++;
        expect({ page: read }).toEqual(whole(body));
      }),
      { numRuns: 2000 },
    );
    expect(byRows).toBeGreaterThan(200);
  });
});
