import { describe, expect, it } from 'vitest';
import { FilterSupport } from '../../src/filter/support.ts';
import type { Profile } from '../../src/model/profile.ts';
import { answer, scripted } from '../support/http-server.ts';
import { asked, ids, listOf, loadersAt, sandboxOf, type TestLoaders, worldOf } from './support.ts';

/** p1 is above p2 and p3, which are both above p4. */
const diamond = worldOf(4, (n) => ({ inherits: { 2: ['p1'], 3: ['p1'], 4: ['p3', 'p2'] }[n] ?? [] }));
const names = (profiles: readonly Profile[]) => profiles.map(({ profileId }) => profileId);

async function found({ lister, profiles }: TestLoaders, id: string): Promise<Profile> {
  const { rows } = await lister.list(listOf());
  const profile = rows.find((row) => row.profile.profileId === id)?.profile ?? (await profiles.load(id));
  if (profile === null) throw new Error(`there is no ${id}`);
  return profile;
}

/** An API whose profiles are what a test says. */
function apiOf(...profiles: readonly Readonly<Record<string, unknown>>[]) {
  return scripted(answer(200, { values: profiles, has_more: false }));
}

const row = (id: string, parents: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  current_version: { version_number: 1, inherit_entities_from_access_profiles: parents },
  ...more,
});

describe('parents', () => {
  it('are there at once where they are known, in their order', async () => {
    const sandbox = await sandboxOf(diamond);
    const loaders = loadersAt(sandbox.origin);
    const parents = loaders.profiles.parentsOf(await found(loaders, 'p4'));
    expect(parents).not.toBeInstanceOf(Promise);
    expect(names(await parents)).toEqual(['p3', 'p2']);
    expect(asked(sandbox)).toEqual(['all']);
  });

  it('that are gone are left out', async () => {
    const sandbox = await sandboxOf(worldOf(2, (n) => ({ inherits: n === 1 ? ['gone', 'p2'] : [] })));
    const loaders = loadersAt(sandbox.origin);
    expect(names(await loaders.profiles.parentsOf(await found(loaders, 'p1')))).toEqual(['p2']);
  });
});

/** An API that was seen to list all children of a profile. */
function listingChildren(): FilterSupport {
  const support = new FilterSupport();
  support.noteChildList(5, true);
  return support;
}

describe('children', () => {
  it('are there at once where they are known', async () => {
    const sandbox = await sandboxOf(diamond);
    const loaders = loadersAt(sandbox.origin, listingChildren());
    const children = loaders.profiles.childrenOf(await found(loaders, 'p1'));
    expect(children).not.toBeInstanceOf(Promise);
    expect(names(await children)).toEqual(['p2', 'p3']);
  });

  it('are asked for by id where they are not', async () => {
    const sandbox = await sandboxOf(
      worldOf(250, (n) => ({ inherits: n > 245 ? ['p1'] : [] })),
      { openFilters: true },
    );
    const loaders = loadersAt(sandbox.origin, listingChildren());
    const profile = await found(loaders, 'p1');
    expect(names(await loaders.profiles.childrenOf(profile))).toEqual(['p246', 'p247', 'p248', 'p249', 'p250']);
    expect(asked(sandbox)).toEqual(['all', ids(246, 247, 248, 249), ids(250)]);
  });

  it('are the direct ones, although the API may name all', async () => {
    const server = await apiOf(
      row('a', [], { access_profiles_inherited_by: ['b', 'c'] }),
      row('b', ['a'], { access_profiles_inherited_by: ['c'] }),
      row('c', ['b'], { access_profiles_inherited_by: [] }),
    );
    const loaders = loadersAt(server.origin);
    expect(names(await loaders.profiles.childrenOf(await found(loaders, 'a')))).toEqual(['b']);
    expect(await loaders.profiles.childrenOf(await found(loaders, 'c'))).toEqual([]);
  });

  it('are found by one reading of the list where the API names none, however many ask', async () => {
    const server = await apiOf(row('a', []), row('b', ['a']), row('c', ['a', 'b']));
    const loaders = loadersAt(server.origin);
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((id) => found(loaders, id)));
    const children = await Promise.all([a, b, c].map((each) => (each ? loaders.profiles.childrenOf(each) : [])));
    expect(children.map(names)).toEqual([['b', 'c'], ['c'], []]);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it('that the API names and does not return are left out', async () => {
    const server = await apiOf(row('a', [], { access_profiles_inherited_by: ['b', 'gone'] }), row('b', ['a']));
    const loaders = loadersAt(server.origin);
    expect(names(await loaders.profiles.childrenOf(await found(loaders, 'a')))).toEqual(['b']);
  });
});
