import { describe, expect, it } from 'vitest';
import { gatewayTo } from '../support/gateway.ts';
import { grantsOf, startTrial } from './mutation-support.ts';

const twenty = Array.from({ length: 20 }, (_, i) => `label-${i}`);

describe('twenty changes of one profile at a time', () => {
  it.each([
    ['an API that refuses ids', {}],
    ['one that takes them', { openFilters: true }],
  ])('all survive on %s', async (_name, options) => {
    await using trial = await startTrial({ ...options, latencyMs: 1 });
    const answers = await Promise.all(
      twenty.map((label) =>
        trial.change(`addAccessProfileLabels(input: { id: "base", labels: ["${label}"] })`, 'accessProfile { labels }'),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(answers.map(({ result }) => result.__typename))).toEqual(
      new Set(['ChangeAccessProfileLabelsPayload']),
    );
    expect(new Set(trial.labelsOf('base'))).toEqual(new Set(['a', 'b', ...twenty]));
    expect(trial.writes()).toHaveLength(20);
    // One after the other, each sees those before it; requests that arrive at one moment come in any order.
    const seen = answers.map(({ result }): number => result.accessProfile.labels.length);
    expect(seen.sort((a, b) => a - b)).toEqual(twenty.map((_, i) => 3 + i));
  });

  it('of grants all survive', async () => {
    await using trial = await startTrial({ latencyMs: 1 });
    await Promise.all(
      twenty.map((id) =>
        trial.change(
          `updateAccessProfileVersion(input: { id: "base", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "${id}" }] })`,
          'version { id }',
        ),
      ),
    );
    expect(new Set(grantsOf(trial, 'base'))).toEqual(new Set(['g1', ...twenty]));
  });

  it('go on after one that fails', async () => {
    await using trial = await startTrial();
    trial.sandbox.faults.add(
      { kind: 'status', status: 403, match: { method: 'PATCH' } },
      { kind: 'reset-after', match: { method: 'PATCH' } },
    );
    const answers = await Promise.all(
      twenty.map((label) =>
        trial.change(`addAccessProfileLabels(input: { id: "base", labels: ["${label}"] })`, 'accessProfile { labels }'),
      ),
    );
    const refused = twenty.filter((_, i) => answers[i]?.result?.__typename === 'PermissionDeniedError');
    expect(refused).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions['code']))).toEqual([
      'WRITE_OUTCOME_UNKNOWN',
    ]);
    expect(new Set(trial.labelsOf('base'))).toEqual(
      new Set(['a', 'b', ...twenty.filter((label) => !refused.includes(label))]),
    );
  });
});

describe('two gateways before one API', () => {
  it('may lose a change of each other, but no answer shows what is not there, and each profile is whole', async () => {
    await using trial = await startTrial({ latencyMs: 1 });
    await using other = gatewayTo(trial.sandbox.origin);
    const add = (
      label: string,
    ) => `mutation { result: addAccessProfileLabels(input: { id: "base", labels: ["${label}"] }) {
      __typename ... on ChangeAccessProfileLabelsPayload { accessProfile { labels } } ... on Error { message } } }`;
    const answers = await Promise.all(twenty.map((label, i) => (i % 2 ? trial : other).ask(add(label))));
    expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([]);
    const kinds = JSON.stringify(answers).match(/"__typename":"(\w+)"/g) ?? [];
    expect(kinds).toHaveLength(20);
    expect(kinds.every((kind) => /ChangeAccessProfileLabelsPayload|ConflictError/.test(kind))).toBe(true);
    // What is there was written by somebody, once.
    const labels = trial.labelsOf('base');
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.every((label) => ['a', 'b', ...twenty].includes(label))).toBe(true);
    expect(trial.writes().length).toBeLessThanOrEqual(20);
  });
});

describe('after a change', () => {
  it('later fields of the operation show the new state, and changes run in their order', async () => {
    await using trial = await startTrial();
    const below = 'accessProfile { labels inheritedBy { name } inheritsFrom { name labels } }';
    const answer = await trial.ask(`mutation {
      first: addAccessProfileLabels(input: { id: "base", labels: ["one"] }) { ... on ChangeAccessProfileLabelsPayload { ${below} } }
      cut: updateAccessProfileVersion(input: { id: "child", inheritsFrom: [] }) { ... on UpdateAccessProfileVersionPayload { version { accessProfile { inheritsFrom { name } } } } }
      second: addAccessProfileLabels(input: { id: "base", labels: ["two"] }) { ... on ChangeAccessProfileLabelsPayload { ${below} } }
      rename: updateAccessProfile(input: { id: "base", name: "Basis" }) { ... on UpdateAccessProfilePayload { accessProfile { name } } }
      back: updateAccessProfileVersion(input: { id: "child", inheritsFrom: ["base"] }) { ... on UpdateAccessProfileVersionPayload { version { inheritsFrom { name labels inheritedBy { name } } } } }
    }`);
    expect(answer).toEqual({
      data: {
        first: { accessProfile: { labels: ['a', 'b', 'one'], inheritedBy: [{ name: 'Child' }], inheritsFrom: [] } },
        cut: { version: { accessProfile: { inheritsFrom: [] } } },
        second: { accessProfile: { labels: ['a', 'b', 'one', 'two'], inheritedBy: [], inheritsFrom: [] } },
        rename: { accessProfile: { name: 'Basis' } },
        back: {
          version: {
            inheritsFrom: [{ name: 'Basis', labels: ['a', 'b', 'one', 'two'], inheritedBy: [{ name: 'Child' }] }],
          },
        },
      },
    });
  });

  it('nothing comes from reads of another operation', async () => {
    await using trial = await startTrial({ latencyMs: 1 });
    const warm = () => trial.ask('{ inheritanceGraph { nodes { name } } inheritanceFindings { kind } }');
    await warm();
    trial.sandbox.store.editCurrentVersion('base', { inherit_entities_from_access_profiles: ['drafted'] });
    const unchanged = await trial.change(
      'addAccessProfileLabels(input: { id: "base", labels: ["a"] })',
      'accessProfile { inheritsFrom { name } ancestors { profile { name } } effectiveEntitlements { entitlement { entityId } grantedBy { name } } }',
    );
    expect(unchanged.result.accessProfile).toMatchObject({
      inheritsFrom: [{ name: 'Drafted' }],
      ancestors: [{ profile: { name: 'Drafted' } }],
      effectiveEntitlements: [{ grantedBy: [{ name: 'Base' }, { name: 'Drafted' }] }],
    });
    await warm();
    trial.sandbox.store.editCurrentVersion('base', { inherit_entities_from_access_profiles: ['strict-1'] });
    const { result } = await trial.change(
      'updateAccessProfileVersion(input: { id: "strict-1", addInheritsFrom: ["grandchild"] })',
      'version { id }',
    );
    expect(result.violations).toMatchObject([{ rule: 'inheritance_cycle' }]);
    expect(trial.writes()).toEqual([]);
  });
});
