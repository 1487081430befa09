import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { page } from '../../src/wire/envelope.ts';
import { decodeProfile } from '../../src/wire/profile.ts';
import { ProfileRows } from '../../src/wire/profile-rows.ts';
import { listen, root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import { runs } from '../support/runs.ts';
import { listedProfile, listReply, salesforceRole } from './documented.ts';

const decode = page(decodeProfile);
const bytesOf = (body: unknown, indent?: number) => Buffer.from(JSON.stringify(body, undefined, indent));
const rowOf = (id: string, more: object = {}) => ({ ...listedProfile, id, ...more });
const pageOfRows = (...values: object[]) => ({ values, has_more: false, next_page_token: '' });

/** All that a page says, with the errors of what can't be read. */
const said = (value: unknown) => plain(value, String);

/** What reading the whole body gives: the value, or that it can't be read. */
function whole(body: Buffer): unknown {
  try {
    return { page: said(decode(JSON.parse(body.toString()), root())) };
  } catch {
    return 'not a page';
  }
}

describe('pages read by rows', () => {
  it('are what the whole reply says, and a row that comes again is the same object', () => {
    const rows = new ProfileRows(100_000);
    const first = rows.read(bytesOf(listReply), root());
    expect(plain(first)).toEqual(plain(decode(listReply, root())));
    const again = rows.read(bytesOf(listReply), root());
    expect(again?.values.length).toBeGreaterThan(0);
    expect(again?.values.every((each, i) => each === first?.values[i])).toBe(true);
  });

  it('tell rows apart that differ in their last byte only', () => {
    const rows = new ProfileRows(100_000);
    const named = (name: string) => pageOfRows({ ...rowOf('a'), zone: name });
    const one = rows.read(bytesOf({ ...named('x') }), root())?.values[0];
    const other = rows.read(bytesOf({ ...named('y') }), root())?.values[0];
    expect([one === undefined, one === other]).toEqual([false, false]);
    const longer = bytesOf(pageOfRows(rowOf('a', { labels: ['secret'] })));
    expect(rows.read(longer, root())?.values[0]?.labels).toEqual(['secret']);
  });

  it('find the rows of other pages, in any order and between new ones', () => {
    const rows = new ProfileRows(100_000);
    rows.read(bytesOf(pageOfRows(rowOf('a'), rowOf('b'), rowOf('c'))), root());
    const mixed = pageOfRows(rowOf('c'), rowOf('new'), rowOf('a'), rowOf('b', { name: 'changed' }));
    expect(plain(rows.read(bytesOf(mixed), root()))).toEqual(plain(decode(mixed, root())));
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
    rows.read(bytesOf(pageOfRows(rowOf('a'), rowOf('b'))), root());
    expect(rows.read(body, root())).toBeNull();
  });

  it('tell of unknown enum values whenever one is read', () => {
    const rows = new ProfileRows(100_000);
    const notes = listen();
    const body = bytesOf(pageOfRows(rowOf('a', { state: 'HIBERNATING' })));
    for (let i = 0; i < 2; i++) {
      const profile = rows.read(body, root(notes))?.values[0];
      expect(notes.heard).toHaveLength(i);
      expect(profile?.state).toBe('UNRECOGNIZED');
    }
    expect(notes.heard).toEqual(['AccessProfileState: HIBERNATING', 'AccessProfileState: HIBERNATING']);
  });

  it('name the place that a row has in its own page', () => {
    const rows = new ProfileRows(100_000);
    const broken = rowOf('b', { name: 7 });
    for (const [i, page] of [pageOfRows(broken), pageOfRows(rowOf('a'), broken), pageOfRows(broken)].entries()) {
      const profile = rows.read(bytesOf(page), root())?.values.at(-1);
      expect(() => profile?.name).toThrow(`values[${i % 2}].name: expected a string, found a number`);
    }
  });

  it('keep no more than they may, the least recently used going first', () => {
    // Three times the bytes, and some for the profile itself.
    const size = 3 * JSON.stringify(rowOf('a')).length + 300;
    const rows = new ProfileRows(2 * size);
    const read = (id: string) => rows.read(bytesOf(pageOfRows(rowOf(id))), root())?.values[0];
    const [a, b] = [read('a'), read('b')];
    expect(read('a')).toBe(a);
    read('c');
    expect(read('a')).toBe(a);
    expect(read('b')).not.toBe(b);
    expect(new ProfileRows(0).read(bytesOf(listReply), root())).toBeNull();
  });

  it('never say anything else than the whole reply', () => {
    // One reader for all, so that each body meets rows of those before it.
    const rows = new ProfileRows(20_000);
    const grant = { id: 'e', ...salesforceRole };
    const row = fc.record(
      {
        id: fc.constantFrom('a', 'b', 'c', 'é', '"},{"id":"x', '}]', ''),
        name: fc.constantFrom('n', '}],"values":[', '\\"', '\u{1f600}'),
        labels: fc.array(fc.constantFrom('x', '},{"id":', ']', 7), { maxLength: 2 }),
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
        const read = rows.read(body, root());
        if (read === null) return;
        byRows++;
        expect({ page: said(read) }).toEqual(whole(body));
      }),
      { numRuns: runs(2000) },
    );
    expect(byRows).toBeGreaterThan(runs(200));
  });
});
