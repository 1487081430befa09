import { describe, expect, it } from 'vitest';
import { viewerKey, type World } from '../../src/sandbox/server.ts';
import { type Changed, type Json, meanwhile, startTrial, type Trial } from './mutation-support.ts';

const payload =
  'matched changed results { profileId labels accessProfile { profileId labels } error { __typename message ... on UpstreamError { code } } }';
const viewer = { authorization: `Bearer ${viewerKey}` };

/** So many profiles, each third of them labelled already. */
function worldOf(count: number): World {
  return {
    types: [{ id: 'role', name: 'Role' }],
    profiles: Array.from({ length: count }, (_, i) => ({
      id: `p${i}`,
      name: `Profile ${i}`,
      profile_type: 'role',
      labels: i % 3 === 0 ? ['old', 'new'] : ['old', `own-${i}`],
    })),
  };
}

interface Row {
  readonly profileId: string;
  readonly labels: readonly string[] | null;
  readonly error: string | null;
}

/** Each result with its error as `Type: message`. */
const rowsOf = ({ result }: Changed): readonly Row[] =>
  result.results.map(({ profileId, labels, error }: Json) => ({
    profileId,
    labels,
    error: error && [error.__typename, error.code, error.message].filter(Boolean).join(': '),
  }));
const failed = (changed: Changed) => rowsOf(changed).filter(({ error }) => error !== null);
const label = (trial: Trial, input: string, headers?: Readonly<Record<string, string>>) =>
  trial.change(`labelAccessProfiles(input: { ${input} })`, payload, headers);

describe('labelAccessProfiles', () => {
  it('writes each profile that needs it once, and reports all of them', async () => {
    await using trial = await startTrial({ world: worldOf(250) });
    const changed = await label(
      trial,
      'profiles: { filter: { labels: { has: "old" } } }, add: ["new", "more"], remove: ["own-1"]',
    );
    expect(changed.errors).toEqual([]);
    expect(changed.result).toMatchObject({ matched: 250, changed: 250 });
    expect(failed(changed)).toEqual([]);
    expect(rowsOf(changed).slice(0, 3)).toEqual([
      { profileId: 'p0', labels: ['old', 'new', 'more'], error: null },
      { profileId: 'p1', labels: ['old', 'new', 'more'], error: null },
      { profileId: 'p2', labels: ['old', 'own-2', 'new', 'more'], error: null },
    ]);
    const writes = trial.writes();
    expect(new Set(writes.map(({ call }) => call)).size).toBe(250);
    expect(writes).toHaveLength(250);
    expect(writes.find(({ call }) => call.endsWith('/p2'))?.body).toEqual({ labels: ['old', 'own-2', 'new', 'more'] });

    trial.sandbox.clearCalls();
    const again = await label(
      trial,
      'profiles: { filter: { labels: { has: "old" } } }, add: ["new", "more"], remove: ["own-1"]',
    );
    expect(again.result).toMatchObject({ matched: 250, changed: 0 });
    expect(trial.writes()).toEqual([]);
    // Nothing to change: the list was all there was to read, its first two pages twice.
    expect(trial.reads()).toBe(5);
  });

  it('leaves alone what is right already, on a dry run everything', async () => {
    await using trial = await startTrial({ world: worldOf(30) });
    const dry = await label(trial, 'profiles: { all: true }, add: ["new"], dryRun: true');
    expect(dry.result).toMatchObject({ matched: 30, changed: 20 });
    expect(rowsOf(dry)[1]).toEqual({ profileId: 'p1', labels: ['old', 'own-1', 'new'], error: null });
    expect(trial.writes()).toEqual([]);
    const wet = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(rowsOf(wet)).toEqual(rowsOf(dry));
    expect(wet.result).toMatchObject({ matched: 30, changed: 20 });
    expect(trial.writes()).toHaveLength(20);
    expect(trial.writes().some(({ call }) => call.endsWith('/p0'))).toBe(false);
  });

  it('makes a few writes at a time', async () => {
    await using trial = await startTrial({ world: worldOf(40), latencyMs: 15 });
    await label(trial, 'profiles: { all: true }, add: ["new"]');
    const writes = trial.sandbox.calls.filter(({ method }) => method === 'PATCH');
    const running = writes.map(
      ({ startedAt }) => writes.filter((each) => each.startedAt <= startedAt && each.endedAt > startedAt).length,
    );
    expect(Math.max(...running)).toBeLessThanOrEqual(4);
    expect(Math.max(...running)).toBeGreaterThan(1);
  });

  it('goes on after failures and says of each how it ended', async () => {
    await using trial = await startTrial({ world: worldOf(250), openFilters: true });
    const at = (id: string) => ({ method: 'PATCH', path: new RegExp(`/${id}$`) });
    trial.sandbox.faults.add(
      { kind: 'status', status: 403, match: at('p1') },
      { kind: 'status', status: 400, match: at('p2') },
      { kind: 'reset-after', match: at('p4') },
      { kind: 'reset-before', match: at('p5') },
      { kind: 'status-after', status: 504, match: at('p7') },
      { kind: 'status', status: 503, match: at('p8') },
      { kind: 'status', status: 429, match: at('p10') },
      { kind: 'status', status: 429, retryAfter: 1, match: at('p11') },
      { kind: 'html', status: 200, match: at('p13') },
      { kind: 'run', match: at('p14'), run: (_, store) => store.deleteProfile('p14') },
    );
    const changed = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(changed.errors).toEqual([]);
    expect(changed.result.matched).toBe(250);
    const unknown = expect.stringMatching(/^UpstreamError: WRITE_OUTCOME_UNKNOWN: .*got no clear reply/);
    expect(failed(changed)).toEqual([
      {
        profileId: 'p1',
        labels: ['old', 'own-1'],
        error: expect.stringMatching(/^PermissionDeniedError: .*not allowed/),
      },
      { profileId: 'p2', labels: ['old', 'own-2'], error: expect.stringMatching(/^InvalidInputError: .*invalid/) },
      { profileId: 'p5', labels: ['old', 'own-5'], error: unknown },
      { profileId: 'p8', labels: ['old', 'own-8'], error: unknown },
      { profileId: 'p13', labels: ['old', 'own-13'], error: unknown },
      { profileId: 'p14', labels: null, error: expect.stringMatching(/^NotFoundError: .*does not exist/) },
    ]);
    // Of 250, 84 were right and six failed; p4 and p7 did not say so, and show the change.
    expect(changed.result.changed).toBe(250 - 84 - 6);
    expect(trial.labelsOf('p4')).toEqual(['old', 'own-4', 'new']);
    for (const id of ['p4', 'p5', 'p7', 'p8']) {
      expect(
        trial.writes().filter(({ call }) => call.endsWith(`/${id}`)),
        id,
      ).toHaveLength(1);
    }
  });

  it('waits as one where the API says too many calls, and stops where that would take too long', async () => {
    await using trial = await startTrial({ world: worldOf(60) });
    trial.sandbox.faults.add({
      kind: 'status',
      status: 429,
      retryAfter: 300,
      match: { method: 'PATCH' },
      skip: 8,
      times: 99,
    });
    const changed = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(changed.result).toMatchObject({ matched: 60, changed: 8 });
    expect(failed(changed)).toHaveLength(40 - 8);
    for (const { error } of failed(changed)) expect(error).toMatch(/^UpstreamError: RATE_LIMITED: .*too many calls/);
    // Those under way when the first was refused, and none after.
    expect(trial.writes().length).toBeLessThanOrEqual(8 + 4);
  });

  it('outlasts a rate limit that exceeds what a single write waits for', async () => {
    await using trial = await startTrial({ world: worldOf(12) });
    // More refusals than the attempts of all four writers.
    trial.sandbox.faults.add({ kind: 'status', status: 429, match: { method: 'PATCH' }, times: 13 });
    const changed = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(failed(changed)).toEqual([]);
    expect(changed.result.changed).toBe(8);
  });

  it('keeps what another client has done since the profiles were listed', async () => {
    await using trial = await startTrial({ world: worldOf(6), openFilters: true });
    await trial.ask('{ accessProfile(id: "p1") { name } }');
    trial.sandbox.faults.add(meanwhile(1, (store) => void store.editProfile('p1', { labels: ['theirs'] })));
    const changed = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(rowsOf(changed)[1]).toEqual({ profileId: 'p1', labels: ['theirs', 'new'], error: null });
  });

  it('reports a conflict for the profile that somebody changes after the write', async () => {
    await using trial = await startTrial({
      world: worldOf(6),
      before: ({ method, path }, store) => {
        if (method === 'PATCH' && path.endsWith('/p2')) store.editProfile('p1', { labels: ['theirs'] });
      },
    });
    const changed = await label(
      trial,
      'profiles: { filter: { labels: { hasAny: ["own-1", "own-2"] } } }, add: ["new"]',
    );
    expect(changed.result.matched).toBe(2);
    expect(trial.writes().length).toBe(2);
    for (const { profileId, error } of failed(changed)) {
      expect([profileId, error]).toEqual(['p1', expect.stringMatching(/^ConflictError: .*does not show the change/)]);
    }
  });

  it('loses no report where reading fails in the middle', async () => {
    await using trial = await startTrial({ world: worldOf(320), openFilters: true });
    await trial.ask('{ accessProfile(id: "p1") { name } }');
    let isDown = false;
    trial.sandbox.faults.add({
      kind: 'run',
      match: { method: 'GET' },
      times: 999,
      run: () => {
        // From the reading after the first writes on: 100, or fewer where a busy machine lets what was read grow old.
        isDown ||= trial.writes().length > 0;
        if (isDown) throw new Error('down');
      },
    });
    const changed = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(changed.errors).toEqual([]);
    expect(changed.result).toMatchObject({ matched: 320, changed: 0 });
    const errors = failed(changed).map(({ error }) => error ?? '');
    const unread = errors.filter((error) =>
      /^UpstreamError: WRITE_OUTCOME_UNKNOWN: .* accepted the change/.test(error),
    );
    const written = trial.writes().length;
    expect(written).toBeGreaterThan(0);
    expect(unread).toHaveLength(written);
    const unwritten = errors.filter((error) => /^UpstreamError: UPSTREAM_\w+: Not written/.test(error));
    expect(unwritten).toHaveLength(320 - 107 - written);
  });

  it('refuses what makes no sense, and who has no key', async () => {
    await using trial = await startTrial({ world: worldOf(3) });
    for (const [input, field] of [
      ['profiles: { all: true }', 'input'],
      ['profiles: { all: true }, add: [], remove: []', 'input'],
      ['profiles: { all: true }, add: ["a"], maxMatches: -1', 'input.maxMatches'],
      ['profiles: { all: true }, add: ["a", " "]', 'input.add.1'],
      ['profiles: { all: true }, add: ["a"], remove: ["b", "a"]', 'input.remove.1'],
    ] as const) {
      const { result, errors } = await label(trial, input);
      expect(errors, input).toEqual([]);
      expect(result, input).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field }] });
    }
    const { result, errors } = await label(trial, 'profiles: { all: true }, add: ["a"]', {
      authorization: 'Bearer d3Jvbmc=',
    });
    expect(result).toBeNull();
    expect(errors).toMatchObject([{ path: ['result'], extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(trial.writes()).toEqual([]);
    const forbidden = await label(trial, 'profiles: { all: true }, add: ["a"]', viewer);
    expect(failed(forbidden)).toHaveLength(3);
  });

  it('takes ids of both kinds, reads each profile back, and reports an id that the API does not return', async () => {
    await using trial = await startTrial({ world: worldOf(4), openFilters: true });
    const changed = await label(trial, 'profiles: { ids: ["AccessProfile:p2", "nobody", "p0"] }, add: ["new"]');
    expect(changed.errors).toEqual([]);
    expect(changed.result).toMatchObject({ __typename: 'LabelAccessProfilesPayload', matched: 2, changed: 1 });
    expect(rowsOf(changed)).toEqual([
      { profileId: 'p2', labels: ['old', 'own-2', 'new'], error: null },
      { profileId: 'p0', labels: ['old', 'new'], error: null },
      { profileId: 'nobody', labels: null, error: expect.stringMatching(/^NotFoundError: .*nobody/) },
    ]);
    expect(changed.result.results.map(({ accessProfile }: Json) => accessProfile)).toEqual([
      { profileId: 'p2', labels: ['old', 'own-2', 'new'] },
      { profileId: 'p0', labels: ['old', 'new'] },
      null,
    ]);
    expect(trial.writes().map(({ call }) => call)).toEqual(['PATCH access_profiles/p2']);
  });

  it('reads each profile back with no further call', async () => {
    await using trial = await startTrial({ world: worldOf(4), openFilters: true });
    const bare = 'labelAccessProfiles(input: { profiles: { all: true }, add: ["a"] })';
    await trial.change(bare, 'changed');
    const { length } = trial.sandbox.calls;
    trial.sandbox.clearCalls();
    await trial.change(bare.replace('"a"', '"b"'), 'results { accessProfile { labels } }');
    expect(trial.sandbox.calls.length).toBeLessThanOrEqual(length);
  });

  it.each([
    ['profiles: { all: true }', 30],
    ['profiles: { filter: { labels: { has: "old" } } }', 30],
    ['profiles: { ids: ["p0", "p1", "p2"] }', 3],
  ])('refuses %s before any write if more than maxMatches match', async (profiles, matches) => {
    await using trial = await startTrial({ world: worldOf(30) });
    for (const dryRun of [true, false]) {
      const { result, errors } = await label(
        trial,
        `${profiles}, add: ["new"], maxMatches: ${matches - 1}, dryRun: ${dryRun}`,
      );
      expect(errors).toEqual([]);
      expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: 'input.maxMatches' }] });
    }
    expect(trial.writes()).toEqual([]);
    const { result } = await label(trial, `${profiles}, add: ["new"], maxMatches: ${matches}`);
    expect(result).toMatchObject({ __typename: 'LabelAccessProfilesPayload', matched: matches });
    expect(trial.writes().length).toBeGreaterThan(0);
  });

  it('shows on a dry run the profiles as they are and the labels as they would be', async () => {
    await using trial = await startTrial({ world: worldOf(2) });
    const { result } = await label(trial, 'profiles: { ids: ["p1"] }, add: ["new"], dryRun: true');
    expect(result.results).toEqual([
      {
        profileId: 'p1',
        labels: ['old', 'own-1', 'new'],
        accessProfile: { profileId: 'p1', labels: ['old', 'own-1'] },
        error: null,
      },
    ]);
    expect(trial.writes()).toEqual([]);
  });

  it('answers PermissionDeniedError where the key may not read the list', async () => {
    await using trial = await startTrial({ world: worldOf(2) });
    trial.sandbox.faults.add({ kind: 'status', status: 403, match: { method: 'GET', path: '/access_profiles' } });
    const { result, errors } = await label(trial, 'profiles: { all: true }, add: ["new"]');
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ __typename: 'PermissionDeniedError', message: expect.any(String) });
    expect(trial.writes()).toEqual([]);
  });

  it('and changes of single profiles wait for one another', async () => {
    await using trial = await startTrial({ world: worldOf(30), latencyMs: 2 });
    await Promise.all([
      label(trial, 'profiles: { all: true }, add: ["bulk"]'),
      ...[1, 2, 4].map((i) =>
        trial.change(`addAccessProfileLabels(input: { id: "p${i}", labels: ["single"] })`, 'accessProfile { id }'),
      ),
    ]);
    for (const i of [1, 2, 4]) {
      expect(new Set(trial.labelsOf(`p${i}`))).toEqual(new Set(['old', `own-${i}`, 'single', 'bulk']));
    }
  });
});
