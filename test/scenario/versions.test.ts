import { expect, it } from 'vitest';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';
import { smallWorld, startTrial } from './mutation-support.ts';

/** "drafted" has the versions 1 (retired), 2 (current, grants g1) and 3 (draft, grants g2). */
const world = smallWorld;
const version = 'versionNumber state entitlements { entityId }';
const draft = { versionNumber: 3, state: 'DRAFT', entitlements: [{ entityId: 'g2' }] };

async function profileOf(gateway: SandboxedGateway, fields: string) {
  const { data, errors } = await gateway.ask<Record<string, unknown>, object>(
    `{ accessProfile(id: "drafted") { ${fields} } }`,
  );
  return { profile: data?.['accessProfile'], codes: errors?.map(({ extensions }) => extensions['code']) ?? [] };
}

/** What has been asked for, apart from lists of profiles and the first `known` calls. */
function callsOf({ sandbox }: SandboxedGateway, known = 0): string[] {
  return sandbox.calls
    .filter(({ path }) => !path.endsWith('/access_profiles'))
    .map(({ path, query, status }) => {
      const number = query.get('version');
      return `${path.split('/access_profiles/')[1]}${number === null ? '' : `?version=${number}`} ${status}`;
    })
    .slice(known);
}

it.each([
  ['the version inside of the profile', { versionParameter: 'inside' }, ['drafted?version=3 200']],
  ['the version beside the profile', { versionParameter: 'beside' }, ['drafted?version=3 200']],
  [
    'a parameter that is ignored, and a path',
    { versionParameter: 'ignored', versionRead: true },
    ['drafted?version=3 200', 'drafted/versions/3 200'],
  ],
  ['a path alone', { versionRead: true }, ['drafted?version=3 405', 'drafted/versions/3 200']],
  ['a list alone', { versionList: true }, ['drafted?version=3 405', 'drafted/versions/3 405', 'drafted/versions 200']],
] as const)('reads a draft from an API with %s, and remembers the way', async (_api, options, calls) => {
  await using gateway = await startGateway({ world, ...options });
  expect(await profileOf(gateway, `draftVersion { ${version} }`)).toEqual({
    profile: { draftVersion: draft },
    codes: [],
  });
  expect(callsOf(gateway)).toEqual(calls);
  await profileOf(gateway, `draftVersion { ${version} } version(number: 3) { ${version} }`);
  expect(callsOf(gateway, calls.length)).toEqual(calls.slice(-1));
});

it.each([
  ['no read of versions', {}, 3],
  ['a parameter that is ignored', { versionParameter: 'ignored' }, 3],
  ['a parameter that is refused', { versionParameter: 'refused' }, 3],
] as const)(
  'says that %s is not enough to read a draft, never showing another version',
  async (_api, options, tries) => {
    await using gateway = await startGateway({ world, ...options });
    const asked = await profileOf(
      gateway,
      `draftVersion { ${version} } version(number: 1) { ${version} } versions { ${version} }`,
    );
    expect(asked).toEqual({
      profile: { draftVersion: null, version: null, versions: null },
      codes: ['NOT_SUPPORTED', 'NOT_SUPPORTED', 'NOT_SUPPORTED'],
    });
    const calls = callsOf(gateway);
    expect(calls).toHaveLength(tries);
    expect(
      (await profileOf(gateway, `draftVersion { ${version} } version(number: 2) { versionNumber }`)).profile,
    ).toEqual({
      draftVersion: null,
      version: { versionNumber: 2 },
    });
    expect(callsOf(gateway)).toEqual(calls);
  },
);

it.each([
  ['a list', { versionList: true }],
  ['a path', { versionRead: true }],
  ['a parameter', { versionParameter: 'inside' }],
] as const)('lists versions, newest first, and tells those that do not exist, by %s', async (_way, options) => {
  await using gateway = await startGateway({ world, ...options });
  const { profile, codes } = await profileOf(
    gateway,
    'versions { versionNumber state } five: version(number: 5) { state } draftVersion { comparedTo(number: 2) { from { versionNumber } to { versionNumber } addedEntitlements { entityId } removedEntitlements { entityId } addedInheritsFrom { name } } none: comparedTo(number: 7) { from { state } } }',
  );
  expect(codes).toEqual([]);
  expect(profile).toEqual({
    versions: [
      { versionNumber: 3, state: 'DRAFT' },
      { versionNumber: 2, state: 'PUBLISHED' },
      { versionNumber: 1, state: 'RETIRED' },
    ],
    five: null,
    draftVersion: {
      comparedTo: {
        from: { versionNumber: 2 },
        to: { versionNumber: 3 },
        addedEntitlements: [{ entityId: 'g2' }],
        removedEntitlements: [{ entityId: 'g1' }],
        addedInheritsFrom: [],
      },
      none: null,
    },
  });
});

it('does not hold a failure or a refusal against a way', async () => {
  await using gateway = await startGateway({ world, versionRead: true });
  const match = { path: /\/versions\/3$/ };
  gateway.sandbox.faults.add({ kind: 'status', status: 403, match, times: 1 });
  expect((await profileOf(gateway, 'draftVersion { state }')).codes).toEqual(['FORBIDDEN']);
  gateway.sandbox.faults.add({ kind: 'status', status: 503, match, times: 9 });
  expect((await profileOf(gateway, 'draftVersion { state }')).codes).toEqual(['UPSTREAM_UNAVAILABLE']);
  gateway.sandbox.faults.clear();
  expect((await profileOf(gateway, 'draftVersion { state }')).profile).toEqual({ draftVersion: { state: 'DRAFT' } });
});

it('adds to a draft what it has not got, where a draft can be read', async () => {
  await using trial = await startTrial({ world, versionList: true });
  const { result } = await trial.change(
    'updateAccessProfileVersion(input: { id: "drafted", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "g3" }] })',
    'version { versionNumber entitlements { entityId } }',
  );
  expect(result).toMatchObject({
    version: { versionNumber: 3, entitlements: [{ entityId: 'g2' }, { entityId: 'g3' }] },
  });
});

it.each([
  ['by its state', { publishing: 'state' }, 'UpdateAccessProfileVersionPayload', 1],
  ['by its state and a mask', { publishing: 'mask' }, 'UpdateAccessProfileVersionPayload', 2],
  ['not at all', { publishing: 'none' }, 'InvalidInputError', 1],
] as const)('publishes a draft of an API that takes it %s', async (_how, options, typename, writes) => {
  await using trial = await startTrial({ world, ...options });
  const { result, errors } = await trial.change(
    'updateAccessProfileVersion(input: { id: "drafted", state: PUBLISHED })',
    'version { versionNumber state } accessProfile { currentVersionNumber draftVersionNumber }',
  );
  expect([errors, result.__typename]).toEqual([[], typename]);
  expect(trial.writes()).toHaveLength(writes);
  if (typename === 'InvalidInputError') return;
  expect(result).toMatchObject({
    version: { versionNumber: 3, state: 'PUBLISHED' },
    accessProfile: { currentVersionNumber: 3, draftVersionNumber: null },
  });
});
