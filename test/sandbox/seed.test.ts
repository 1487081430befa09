import { describe, expect, test } from 'vitest';
import { checkVersion } from '../../src/sandbox/rules.ts';
import { profileId } from '../../src/sandbox/seed/company.ts';
import { generateWorld } from '../../src/sandbox/seed/generate.ts';
import { employees } from '../../src/sandbox/seed/people.ts';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import { defaultSettings } from '../../src/sandbox/settings.ts';
import { currentVersion, parentsOf, Store } from '../../src/sandbox/store.ts';
import { names, query, start } from './support.ts';

/** The longest chain of parents above each profile; throws on a cycle or a parent that is not there. */
function depths(store: Store): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const depthOf = (id: string, path: readonly string[]): number => {
    const done = known.get(id);
    if (done !== undefined) return done;
    const profile = store.profile(id);
    if (profile === undefined || path.includes(id)) throw new Error(`bad parent ${id}`);
    const depth = Math.max(0, ...parentsOf(profile).map((parent) => 1 + depthOf(parent, [...path, id])));
    known.set(id, depth);
    return depth;
  };
  for (const { id } of store.profiles()) depthOf(id, []);
  return known;
}

/** Every profile that its type's rules forbid. */
function offenders(store: Store): string[] {
  const caller = { user: 'test', role: 'admin', canSee: () => true } as const;
  return [...store.profiles()]
    .filter((profile) => {
      const version = currentVersion(profile);
      const type = store.type(profile.profile_type);
      if (version === undefined || type === undefined) return true;
      return checkVersion(store, defaultSettings, { version, type, profileId: profile.id, caller }).length > 0;
    })
    .map(({ name }) => name);
}

describe('the built-in company', () => {
  const store = new Store(builtInWorld());
  const named = (name: string) => store.profile(profileId(name));

  test('is the same every time', () => {
    expect(builtInWorld()).toEqual(builtInWorld());
    expect(profileId('Sales')).toBe('b24a11b9-d4db-4afb-af9e-1b8452106186');
  });

  test('has 65 profiles of four types, with ids and names of their own', () => {
    const profiles = [...store.profiles()];
    expect(profiles).toHaveLength(65);
    expect(new Set(profiles.map(({ id }) => id)).size).toBe(65);
    expect(new Set(profiles.map(({ name }) => name)).size).toBe(65);
    expect([...store.types()].map(({ id, name }) => `${name} ${store.profilesCount(id)}`)).toEqual([
      'Profile 8',
      'Business Role 34',
      'Application Access 18',
      'Privileged Role 5',
    ]);
  });

  test('keeps the rules of its types', () => {
    expect(offenders(store)).toEqual([]);
  });

  test('inherits over five levels, without a cycle', () => {
    expect(Math.max(...depths(store).values())).toBe(5);
    expect(depths(store).get(profileId('Strategic Accounts Director'))).toBe(5);
  });

  test.each(['Account Executive', 'Sales Engineering', 'Sales Operations', 'Inside Sales'])(
    'puts "Sales" above "%s"',
    (name) => {
      expect(named(name)?.versions[0]?.inherit_entities_from_access_profiles).toContain(profileId('Sales'));
    },
  );

  test.each([
    ['RUNNING', 60],
    ['PAUSED', 2],
    ['DRY_RUN', 1],
    ['PENDING', 1],
    ['INITIAL', 1],
  ])('%s: %i profiles', (state, count) => {
    expect([...store.profiles()].filter((profile) => profile.state === state)).toHaveLength(count);
  });

  test('has drafts and a retired version', () => {
    const drafts = [...store.profiles()].filter((profile) => profile.draft_version_number > 0);
    expect(drafts.map(({ name }) => name)).toEqual(['AWS Developer', 'Account Executive']);
    expect(named('Finance')).toMatchObject({ current_version_number: 2 });
    expect(named('Finance')?.versions.map(({ state }) => state)).toEqual(['RETIRED', 'PUBLISHED']);
  });

  test('takes every employee in, as a birthright', () => {
    const members = named('All Employees')?.versions[0]?.members ?? [];
    // And one contractor who becomes an employee.
    expect(members).toHaveLength(employees.length + 1);
    expect(new Set(members.map(({ created_from }) => created_from))).toEqual(new Set(['BIRTHRIGHT']));
  });

  test('answers the filters of the documents', async () => {
    const { get } = await start();
    const count = async (filter: string) =>
      names(await get(`/access_profiles${query({ filter, page_size: '100' })}`)).length;
    expect(await count('integrations co "SALESFORCE"')).toBe(5);
    expect(await count('provider_ids co "3cedc292-4014-45e9-b7d9-8cb1695e1454"')).toBe(5);
    expect(await count('labels co "requestable"')).toBe(11);
    expect(await count('profile_type eq "13ddf132-0868-4330-a0a3-41b088f6a4dc"')).toBe(18);
    expect(
      await count(
        '(integrations co "SALESFORCE" or integrations co "AWS") and profile_type eq "13ddf132-0868-4330-a0a3-41b088f6a4dc"',
      ),
    ).toBe(7);
  });

  test('takes the label update of the documents', async () => {
    const { send } = await start();
    const { body } = await send('PATCH', '/access_profiles/3a2371b6-95ec-4d9e-b95c-d75d51daa39b', {
      labels: ['requestable', 'salesforce', 'development'],
    });
    expect(body.value).toMatchObject({
      name: 'Salesforce Developer',
      profile_type: 'a730b9cd-d600-4fb7-a803-8ab5b697c0b9',
      integrations: ['SALESFORCE'],
      labels: ['requestable', 'salesforce', 'development'],
    });
  });
});

describe('a generated company', () => {
  test('has ten thousand profiles on request', async () => {
    const { sandbox, get } = await start({ profiles: 10_000 });
    expect([...sandbox.store.profiles()]).toHaveLength(10_000);
    const roles = [...sandbox.store.profiles()]
      .map((profile) => parentsOf(profile).length)
      .filter((count) => count > 0);
    expect(roles.reduce((sum, count) => sum + count, 0) / roles.length).toBeCloseTo(3, 1);
    expect(Math.max(...depths(sandbox.store).values())).toBe(5);
    expect((await get('/access_profiles?page_size=100')).body.has_more).toBe(true);
  });

  test.each([1, 2, 3, 10, 257])('of %i profiles keeps its rules and is the same every time', (count) => {
    const world = generateWorld(count);
    const store = new Store(world);
    expect(world.profiles).toHaveLength(count);
    expect(offenders(store)).toEqual([]);
    expect(depths(store).size).toBe(count);
    expect(generateWorld(count)).toEqual(world);
  });
});
