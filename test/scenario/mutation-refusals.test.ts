import { describe, expect, it } from 'vitest';
import { viewerKey } from '../../src/sandbox/server.ts';
import { startTrial } from './mutation-support.ts';

const viewer = { authorization: `Bearer ${viewerKey}` };

describe('a change that the API refuses', () => {
  const changes: readonly [change: string, payload: string][] = [
    ['setAccessProfileLabels(input: { id: "ID", labels: ["x"] })', 'accessProfile { id }'],
    ['addAccessProfileLabels(input: { id: "ID", labels: ["x"] })', 'accessProfile { id }'],
    ['removeAccessProfileLabels(input: { id: "ID", labels: ["a"] })', 'accessProfile { id }'],
    ['updateAccessProfile(input: { id: "ID", name: "x" })', 'accessProfile { id }'],
    ['updateAccessProfileVersion(input: { id: "ID", entitlements: [] })', 'version { id }'],
    ['updateAccessProfileVersion(input: { id: "ID", addInheritsFrom: ["drafted"] })', 'version { id }'],
    ['addAccessProfileMembers(input: { id: "ID", identityIds: ["bob"] })', 'accessProfile { id }'],
    ['removeAccessProfileMembers(input: { id: "ID", identityIds: ["ada"], version: 1 })', 'accessProfile { id }'],
  ];
  const creations: readonly [change: string, payload: string][] = [
    ['createAccessProfile(input: { name: "x", state: INITIAL, type: "role" })', 'accessProfile { id }'],
    ['createAccessProfileType(input: { name: "x" })', 'accessProfileType { id }'],
  ];

  it.each([...changes, ...creations])('is PermissionDeniedError for a viewer: %s', async (change, payload) => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(change.replace('ID', 'base'), payload, viewer);
    expect(errors).toEqual([]);
    expect(result).toMatchObject({
      __typename: 'PermissionDeniedError',
      message: expect.stringContaining('not allowed'),
    });
    expect(trial.writes()).toHaveLength(1);
  });

  it.each(changes)('is NotFoundError for an unknown id: %s', async (change, payload) => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(change.replace('ID', 'nobody'), payload);
    expect(errors).toEqual([]);
    expect(result).toMatchObject({
      __typename: 'NotFoundError',
      message: expect.stringMatching(/rofile nobody does not exist or is not visible to your key\.$/),
    });
  });

  it('is an error of the request for a missing key, a wrong key and an outage', async () => {
    await using trial = await startTrial();
    const [change, payload] = changes[0] ?? ['', ''];
    const codeOf = async (headers?: Readonly<Record<string, string>>) =>
      (await trial.change(change.replace('ID', 'base'), payload, headers)).errors.map(
        ({ extensions }) => extensions['code'],
      );
    expect(await codeOf({})).toEqual(['UNAUTHENTICATED']);
    expect(await codeOf({ authorization: 'Bearer d3Jvbmc=' })).toEqual(['UNAUTHENTICATED']);
    trial.sandbox.faults.add({ kind: 'status', status: 503, times: 9 });
    expect(await codeOf()).toEqual(['UPSTREAM_UNAVAILABLE']);
  });

  it('names the code of the API where the refusal names no field', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "drafted", version: 1, entitlements: [] })',
      'version { id }',
    );
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [],
      message: expect.stringContaining('FailedPrecondition'),
    });
  });

  it('is ConflictError after 409', async () => {
    await using trial = await startTrial();
    trial.sandbox.faults.add({ kind: 'status', status: 409, match: { method: 'POST' } });
    const { result } = await trial.change(...(creations[0] ?? ['', '']));
    expect(result).toMatchObject({ __typename: 'ConflictError', currentUpdatedAt: null });
  });
});
