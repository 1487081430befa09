import { describe, expect, it } from 'vitest';
import { meanwhile, startTrial } from './mutation-support.ts';

const payload = 'accessProfile { labels updatedAt }';

describe('setAccessProfileLabels', () => {
  it('sends the labels and nothing else, each once, and answers with the profile read again', async () => {
    await using trial = await startTrial();
    const { result, errors } = await trial.change(
      'setAccessProfileLabels(input: { id: "AccessProfile:base", labels: ["x", "y", "x"] })',
      payload,
    );
    expect(errors).toEqual([]);
    expect(result.accessProfile).toEqual({
      labels: ['x', 'y'],
      updatedAt: trial.sandbox.store.profile('base')?.updated_at,
    });
    expect(trial.writes()).toEqual([{ call: 'PATCH access_profiles/base', body: { labels: ['x', 'y'] } }]);
    expect(trial.labelsOf('base')).toEqual(['x', 'y']);
  });

  it('clears them all', async () => {
    await using trial = await startTrial();
    const { result } = await trial.change('setAccessProfileLabels(input: { id: "base", labels: [] })', payload);
    expect(result.accessProfile.labels).toEqual([]);
    expect(trial.writes()).toEqual([{ call: 'PATCH access_profiles/base', body: { labels: [] } }]);
  });

  it('writes only if the profile is as the caller has seen it, however the instant is written', async () => {
    await using trial = await startTrial();
    const change = (updatedAt: string) =>
      trial.change(
        `setAccessProfileLabels(input: { id: "base", labels: ["x"], ifUpdatedAt: "${updatedAt}" })`,
        payload,
      );
    const refused = await change('2024-04-12T09:00:00.000000002Z');
    expect(refused.result).toMatchObject({
      __typename: 'ConflictError',
      currentUpdatedAt: '2024-04-12T09:00:00.000000001Z',
    });
    expect(trial.writes()).toEqual([]);
    const { result } = await change('2024-04-12T11:00:00.0000000010+02:00');
    expect(result.accessProfile.labels).toEqual(['x']);
  });
});

describe('addAccessProfileLabels and removeAccessProfileLabels', () => {
  it('keep what else is there', async () => {
    await using trial = await startTrial();
    const added = await trial.change('addAccessProfileLabels(input: { id: "base", labels: ["b", "c"] })', payload);
    expect(added.result.accessProfile.labels).toEqual(['a', 'b', 'c']);
    const removed = await trial.change('removeAccessProfileLabels(input: { id: "base", labels: ["a", "z"] })', payload);
    expect(removed.result.accessProfile.labels).toEqual(['b', 'c']);
    expect(trial.writes().map(({ body }) => body)).toEqual([{ labels: ['a', 'b', 'c'] }, { labels: ['b', 'c'] }]);
  });

  it('write nothing where nothing changes', async () => {
    await using trial = await startTrial();
    const added = await trial.change('addAccessProfileLabels(input: { id: "base", labels: ["b", "a"] })', payload);
    expect(added.result.accessProfile.labels).toEqual(['a', 'b']);
    const removed = await trial.change('removeAccessProfileLabels(input: { id: "base", labels: ["z"] })', payload);
    expect(removed.result.accessProfile.labels).toEqual(['a', 'b']);
    expect(trial.writes()).toEqual([]);
  });

  it('keep a label that another client adds between the first read and the write', async () => {
    await using trial = await startTrial({ openFilters: true });
    await trial.ask('{ accessProfile(id: "base") { name } }');
    trial.sandbox.faults.add(meanwhile(1, (store) => void store.editProfile('base', { labels: ['a', 'b', 'theirs'] })));
    const { result } = await trial.change('addAccessProfileLabels(input: { id: "base", labels: ["c"] })', payload);
    expect(result.accessProfile.labels).toEqual(['a', 'b', 'theirs', 'c']);
    expect(trial.writes()).toHaveLength(1);
  });

  it('report a conflict where another client changes them right after the write', async () => {
    await using trial = await startTrial({ openFilters: true });
    await trial.ask('{ accessProfile(id: "base") { name } }');
    trial.sandbox.faults.add(meanwhile(3, (store) => void store.editProfile('base', { labels: ['theirs'] })));
    const { result, errors } = await trial.change(
      'addAccessProfileLabels(input: { id: "base", labels: ["c"] })',
      payload,
    );
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ __typename: 'ConflictError', message: expect.stringContaining('does not show it') });
    expect(trial.writes()).toHaveLength(1);
    expect(trial.labelsOf('base')).toEqual(['theirs']);
  });

  it('give up, and write nothing, where a profile never stands still', async () => {
    let turn = 0;
    await using trial = await startTrial({
      before: ({ method }, store) => {
        if (method === 'GET') store.editProfile('base', { labels: [`turn ${turn++}`] });
      },
    });
    const { result } = await trial.change('addAccessProfileLabels(input: { id: "base", labels: ["c"] })', payload);
    expect(result).toMatchObject({ __typename: 'ConflictError', message: expect.stringContaining('keeps changing') });
    expect(trial.writes()).toEqual([]);
  });
});
