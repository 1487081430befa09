import { describe, expect, it } from 'vitest';
import { answer, scripted } from '../support/http-server.ts';
import { profileOf } from '../support/profile.ts';
import { asked, listOf, loadersAt, sandboxOf, worldOf } from './support.ts';

const world = worldOf(2, (n) => ({ members: n === 1 ? ['ann', 'bob'] : [] }));
const membersPath = (id: string) => `access_profiles/${id}/versions/1/members`;

describe('members of a profile', () => {
  it.each([
    ['from the list where it fills them in', true, []],
    ['by a call where it does not', false, [membersPath('p1')]],
  ])('come %s', async (_name, memberDetails, calls) => {
    const sandbox = await sandboxOf(world, { memberDetails });
    const loaders = loadersAt(sandbox.origin);
    const { rows } = await loaders.lister.list(listOf());
    const [first] = rows;
    const members = first === undefined ? [] : await loaders.members.ofProfile(first.profile);
    expect(members.map(({ identityId }) => identityId)).toEqual(['ann', 'bob']);
    expect(asked(sandbox)).toEqual(['all', ...calls]);
  });

  it('are asked for where the list names none: it may only not have filled them in', async () => {
    const sandbox = await sandboxOf(world, { memberDetails: true, membersInVersion: false });
    const loaders = loadersAt(sandbox.origin);
    for (const { profile } of (await loaders.lister.list(listOf())).rows) await loaders.members.ofProfile(profile);
    expect(asked(sandbox)).toEqual(['all', membersPath('p1'), membersPath('p2')]);
  });

  it('of one version are asked for once, also at the same time', async () => {
    const sandbox = await sandboxOf(world);
    const { members } = loadersAt(sandbox.origin);
    const [a, b] = await Promise.all([members.ofVersion('p1', 1), members.ofVersion('p1', 1)]);
    expect(a).toBe(b);
    expect(asked(sandbox)).toEqual([membersPath('p1')]);
  });

  it('are none where nothing is published, without a call', async () => {
    const sandbox = await sandboxOf(world);
    const unpublished = profileOf({ current_version: null, current_version_number: 0 });
    expect(await loadersAt(sandbox.origin).members.ofProfile(unpublished)).toEqual([]);
    expect(sandbox.calls).toEqual([]);
  });

  it('are taken from the list only if they are those whom the version names', async () => {
    const server = await scripted(answer(200, { values: [{ identity_id: 'eve' }], has_more: false }));
    const { members } = loadersAt(server.origin);
    const details = (...ids: readonly string[]) => ids.map((identity_id) => ({ identity_id }));
    const cases: readonly [named: unknown, given: unknown, expected: readonly string[]][] = [
      [['ann', 'bob'], details('bob', 'ann'), ['bob', 'ann']],
      [['ann', 'bob'], details('ann'), ['eve']],
      [['ann'], details('ann', 'bob'), ['eve']],
      [['ann', 'bob'], details('ann', 'ann'), ['eve']],
      [undefined, details('ann'), ['eve']],
      [['ann'], undefined, ['eve']],
      [[], [], ['eve']],
    ];
    for (const [i, [named, given, expected]] of cases.entries()) {
      const profile = profileOf({
        id: `p${i}`,
        current_version: { version_number: 1, members: named },
        member_details: given,
      });
      expect((await members.ofProfile(profile)).map(({ identityId }) => identityId)).toEqual(expected);
    }
  });

  it('are read page by page where the API pages them, or in one of any length', async () => {
    const many = Array.from({ length: 200_000 }, (_, i) => ({ identity_id: `i${i}` }));
    const server = await scripted((response, request) =>
      request.target.includes('page_token')
        ? answer(200, { values: many, has_more: false })(response, request)
        : answer(200, { values: [{ identity_id: 'first' }], has_more: true, next_page_token: 'x' })(response, request),
    );
    expect(await loadersAt(server.origin).members.ofVersion('p1', 1)).toHaveLength(200_001);
  });

  it('are there once each, although the API sends a row several times, on one page or on two', async () => {
    const ann = { identity_id: 'ann', created_from: 'BIRTHRIGHT' };
    const also = { identity_id: 'ann', created_from: 'ACCESS_REQUEST' };
    const server = await scripted((response, request) =>
      request.target.includes('page_token')
        ? answer(200, { values: [ann, { identity_id: 'bob' }], has_more: false })(response, request)
        : answer(200, { values: [ann, ann, also], has_more: true, next_page_token: 'x' })(response, request),
    );
    const members = await loadersAt(server.origin).members.ofVersion('p1', 1);
    expect(members.map(({ identityId, createdFrom }) => [identityId, createdFrom])).toEqual([
      ['ann', 'BIRTHRIGHT'],
      ['ann', 'ACCESS_REQUEST'],
      ['bob', null],
    ]);
  });

  it('that can not be read fail for everyone who asks', async () => {
    const sandbox = await sandboxOf(world);
    sandbox.faults.add({ kind: 'status', status: 403, match: { path: '/members' } });
    const { members } = loadersAt(sandbox.origin);
    await expect(members.ofVersion('p1', 1)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(members.ofVersion('p1', 1)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(sandbox.calls).toHaveLength(1);
  });
});
