import { describe, expect, test } from 'vitest';
import { type Client, names, query, start, violations, worldOf } from './support.ts';

const seven = worldOf(...Array.from({ length: 7 }, (_, index) => ({ id: `p${index + 1}`, labels: ['seven'] })));

async function readAll(client: Client, parameters: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = [];
  let token = '';
  for (let more = true; more; ) {
    const page = await client.get(`/access_profiles${query({ ...parameters, page_token: token })}`);
    pages.push(names(page));
    token = page.body.next_page_token;
    more = page.body.has_more;
  }
  return pages;
}

describe('paging', () => {
  test('gives each profile once', async () => {
    const client = await start({ world: seven });
    expect(await readAll(client, { page_size: '3' })).toEqual([['p1', 'p2', 'p3'], ['p4', 'p5', 'p6'], ['p7']]);
  });

  test('a full last page has a token and no more', async () => {
    const { get } = await start({ world: seven });
    const page = await get('/access_profiles?page_size=7');
    expect(page.body.has_more).toBe(false);
    expect(page.body.next_page_token).not.toBe('');
    const after = await get(`/access_profiles${query({ page_size: '7', page_token: page.body.next_page_token })}`);
    expect(after.body).toMatchObject({ values: [], has_more: false });
  });

  test('tokens are base64 that has to be URL-encoded', async () => {
    const { get } = await start({ world: seven });
    const { next_page_token: token } = (await get('/access_profiles?page_size=3')).body;
    expect(token).toMatch(/^\+[A-Za-z0-9+/]+==$/);
    const raw = await get(`/access_profiles?page_size=3&page_token=${token}`);
    expect(raw.status).toBe(400);
    expect(violations(raw)).toEqual(['page_token: The page token is malformed.']);
    const encoded = await get(`/access_profiles?page_size=3&page_token=${encodeURIComponent(token)}`);
    expect(names(encoded)).toEqual(['p4', 'p5', 'p6']);
  });

  test.each([
    ['another filter', { filter: 'labels co "eight"' }],
    ['another order', { order_by: 'name' }],
  ])('a token does not go with %s', async (_, parameters) => {
    const { get } = await start({ world: seven });
    const { next_page_token: token } = (await get('/access_profiles?page_size=3')).body;
    const answer = await get(`/access_profiles${query({ ...parameters, page_token: token })}`);
    expect(answer.status).toBe(400);
    expect(violations(answer)).toEqual(['page_token: The page token belongs to another filter or order.']);
  });

  test('a token does not go with another list', async () => {
    const { get } = await start({ world: seven });
    const { next_page_token: token } = (await get('/access_profiles?page_size=3')).body;
    expect((await get(`/access_profiles_types${query({ page_token: token })}`)).status).toBe(400);
  });

  test('the page size may change on the way', async () => {
    const { get } = await start({ world: seven });
    const { next_page_token: token } = (await get('/access_profiles?page_size=3')).body;
    expect(names(await get(`/access_profiles${query({ page_size: '2', page_token: token })}`))).toEqual(['p4', 'p5']);
  });

  test.each(['-1', 'ten', '1.5', '9999999999'])('page_size=%s is refused', async (size) => {
    const { get } = await start({ world: seven });
    expect(violations(await get(`/access_profiles?page_size=${size}`))[0]).toMatch(/^page_size: /);
  });

  test.each([
    ['', 50],
    ['?page_size=0', 50],
    ['?page_size=99', 99],
    ['?page_size=100', 100],
    ['?page_size=250', 100],
  ])('"%s" of many gives %i', async (search, count) => {
    const { get } = await start({ profiles: 130 });
    const { body } = await get(`/access_profiles${search}`);
    expect(body.values).toHaveLength(count);
    expect(body.has_more).toBe(true);
  });

  test('the default size is a switch', async () => {
    const { get } = await start({ world: seven, pageSize: 2 });
    expect(names(await get('/access_profiles'))).toEqual(['p1', 'p2']);
  });

  test('ragged pages are short and sometimes empty, and still give each profile once', async () => {
    const client = await start({ world: seven, raggedPages: true });
    expect(await readAll(client, { page_size: '4' })).toEqual([['p1', 'p2'], [], ['p3', 'p4', 'p5'], ['p6', 'p7']]);
  });
});
