import { expect, it } from 'vitest';
import { test as condition } from '../../src/filter/condition.ts';
import { FilterSupport } from '../../src/filter/support.ts';
import { compare } from '../../src/scim/ast.ts';
import { answer, scripted } from '../support/http-server.ts';
import { loadersAt } from './support.ts';

/** Takes ids, but calls those of another form than its own invalid. */
const pickyApi = () =>
  scripted((response, request) => {
    const query = new URL(request.target, 'http://api').searchParams;
    const all = Array.from({ length: 300 }, (_, i) => ({ id: `p${i}`, name: `Profile ${i}`, current_version: {} }));
    const ids = [...(query.get('filter') ?? '').matchAll(/"([^"]*)"/g)].map(([, id]) => id);
    if (ids.some((id) => !/^p\d+$/.test(id ?? ''))) return answer(400, { code: 'InvalidArgument' })(response, request);
    const found = query.has('filter') ? all.filter(({ id }) => ids.includes(id)) : all;
    const start = Number(query.get('page_token') ?? 0);
    const end = start + Number(query.get('page_size') ?? 50);
    const body = { values: found.slice(start, end), has_more: end < found.length, next_page_token: String(end) };
    return answer(200, body)(response, request);
  });

it('an id that a caller made up does not turn lookups by id into scans', async () => {
  const api = await pickyApi();
  const support = new FilterSupport();
  const madeUp = condition((profile) => profile.profileId === 'made up', compare('id', 'eq', 'made up'));
  const { lister } = loadersAt(api.origin, support);
  const list = await lister.list({ condition: madeUp, first: 5, after: null, wantsAll: false, wantsFullPages: false });
  expect(list.rows).toEqual([]);
  expect(support.verdict('id eq')).toBe('worked');
  const before = api.requests.length;
  expect((await loadersAt(api.origin, support).profiles.load('p250'))?.name).toBe('Profile 250');
  expect(api.requests.length - before).toBe(1);
});
