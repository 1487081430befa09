import { describe, expect, it } from 'vitest';
import { startTrial } from './mutation-support.ts';

const payload = 'accessRequestId accessRequestErrorMessage accessProfile { members { identityId identityName } }';

describe('addAccessProfileMembers and removeAccessProfileMembers', () => {
  it('change the live version and answer with its members, read again', async () => {
    await using trial = await startTrial();
    const added = await trial.change('addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })', payload);
    expect(added.errors).toEqual([]);
    expect(added.result).toMatchObject({
      accessRequestId: expect.any(String),
      accessRequestErrorMessage: null,
      accessProfile: {
        members: [
          { identityId: 'ada', identityName: 'Ada' },
          { identityId: 'bob', identityName: 'Bob' },
        ],
      },
    });
    const removed = await trial.change(
      'removeAccessProfileMembers(input: { id: "base", identityIds: ["ada"] })',
      payload,
    );
    expect(removed.result.accessProfile.members).toEqual([{ identityId: 'bob', identityName: 'Bob' }]);
    const body = { access_profile_id: 'base', version_number: 1 };
    expect(trial.writes()).toEqual([
      { call: 'PUT access_profiles/base/versions/1/members', body: { ...body, type: 'ADD', identity_ids: ['bob'] } },
      { call: 'PUT access_profiles/base/versions/1/members', body: { ...body, type: 'REMOVE', identity_ids: ['ada'] } },
    ]);
  });

  it('pass on why a success was none', async () => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(
      'addAccessProfileMembers(input: { id: "base", identityIds: ["bob", "stranger"] })',
      payload,
    );
    expect(errors).toEqual([]);
    expect(result.accessRequestErrorMessage).toContain('stranger');
    expect(result.accessProfile.members).toHaveLength(2);
  });

  it('keep to the live version where there is a draft, and to the one that is named', async () => {
    await using trial = await startTrial();
    await trial.change('addAccessProfileMembers(input: { id: "drafted", identityIds: ["bob"] })', payload);
    await trial.change('addAccessProfileMembers(input: { id: "drafted", version: 3, identityIds: ["bob"] })', payload);
    expect(trial.writes().map(({ call }) => call)).toEqual([
      'PUT access_profiles/drafted/versions/2/members',
      'PUT access_profiles/drafted/versions/3/members',
    ]);
  });

  it('take an empty reply for the success that it is', async () => {
    await using trial = await startTrial({
      deviate: async (request, next) => {
        const reply = await next();
        return request.method === 'PUT' ? { status: 204, text: '' } : reply;
      },
    });
    const { result, errors } = await trial.change(
      'addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })',
      payload,
    );
    expect(errors).toEqual([]);
    expect(result.accessProfile.members).toHaveLength(2);
  });

  it.each([
    { status: 204, text: '' },
    { status: 200, text: '{}' },
    { status: 202, text: '{"type":"ADD"}' },
  ])('do not take such a reply for a success where the members stay as they were: %j', async (reply) => {
    await using trial = await startTrial({
      deviate: async (request, next) => (request.method === 'PUT' ? reply : next()),
    });
    for (const change of ['add', 'remove']) {
      const { result } = await trial.change(
        `${change}AccessProfileMembers(input: { id: "base", identityIds: ["${change === 'add' ? 'bob' : 'ada'}"] })`,
        payload,
      );
      expect(result.__typename).toBe('ConflictError');
    }
    expect(trial.writes()).toEqual([]);
  });

  it.each([
    { code: 7, message: 'no' },
    { code: 'PermissionDenied', message: 'no' },
    { error: { code: 7, message: 'no' } },
    { error: 'no' },
  ])('don’t take an error with status 200 for a success: %j', async (body) => {
    await using trial = await startTrial({
      deviate: async (request, next) =>
        request.method === 'PUT' ? { status: 200, text: JSON.stringify(body) } : next(),
    });
    const { result, errors } = await trial.change(
      'addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })',
      payload,
    );
    expect(result).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'WRITE_OUTCOME_UNKNOWN' } }]);
  });
});
