import { describe, expect, it } from 'vitest';
import { answer, scripted } from '../support/http-server.ts';
import { asked, loadersAt, sandboxOf, worldOf } from './support.ts';

const path = 'access_profiles_types';

describe('types', () => {
  it('are read together at the first need of one, and only once', async () => {
    const sandbox = await sandboxOf(worldOf(1));
    const { types } = loadersAt(sandbox.origin);
    const [type, gone, all] = await Promise.all([types.load('type'), types.load('gone'), types.all()]);
    expect([type?.name, gone, all.length]).toEqual(['Type', null, 1]);
    expect(asked(sandbox)).toEqual([path]);
  });

  it('are there at once from then on', async () => {
    const sandbox = await sandboxOf(worldOf(1));
    const { types } = loadersAt(sandbox.origin);
    await types.all();
    expect(types.load('type')).toMatchObject({ name: 'Type' });
    expect(types.load('gone')).toBeNull();
    expect(types.all()).toMatchObject([{ typeId: 'type' }]);
  });

  it('are asked for without parameters, unless a page says that more follow', async () => {
    const server = await scripted((response, request) =>
      request.target.includes('?')
        ? answer(200, { values: [{ id: 'b' }], has_more: false, next_page_token: 'y' })(response, request)
        : answer(200, { values: [{ id: 'a' }], has_more: true, next_page_token: 'x' })(response, request),
    );
    expect((await loadersAt(server.origin).types.all()).map(({ typeId }) => typeId)).toEqual(['a', 'b']);
    // Its first page is read once more, to see that nothing moved there from the second one meanwhile.
    expect(server.requests.map(({ target }) => target.split('/').at(-1))).toEqual([path, `${path}?page_token=x`, path]);
  });

  it.each([
    [1, ['a', 'b', 'c']],
    [9, null],
  ])('are read again where %d were deleted between two pages', async (deletions, expected) => {
    const all = ['gone-0', 'a', 'b', 'c'];
    let left = deletions;
    const server = await scripted((response, { target }) => {
      const offset = Number(new URL(target, 'http://x').searchParams.get('page_token') ?? 0);
      const values = all.slice(offset, offset + 2).map((id) => ({ id }));
      response.end(JSON.stringify({ values, has_more: offset + 2 < all.length, next_page_token: `${offset + 2}` }));
      if (offset === 0 && left-- > 0) all.splice(0, 1, ...(left > 0 ? [`gone-${left}`] : []));
    });
    const reading = Promise.resolve(loadersAt(server.origin).types.all());
    if (expected === null) await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    else expect((await reading).map(({ typeId }) => typeId)).toEqual(expected);
  });

  it.each(['{}', '{"has_more":false}'])('are not none where the API answers %s', async (body) => {
    const server = await scripted((response) => void response.end(body));
    await expect(loadersAt(server.origin).types.load('type')).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });

  it('that can not be read fail for everyone, and are not taken for none', async () => {
    const sandbox = await sandboxOf(worldOf(1));
    sandbox.faults.add({ kind: 'status', status: 503, match: { path } });
    const { types } = loadersAt(sandbox.origin);
    await expect(types.load('type')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await expect(types.all()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(sandbox.calls).toHaveLength(1);
  });
});
