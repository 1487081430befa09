import { describe, expect, it } from 'vitest';
import { startTrial } from './mutation-support.ts';

const grant = '{ entityType: "Group", datasourceId: "ds-1", entityId: "new" }';
const labels = 'accessProfile { labels }';
const seen = '2024-04-12T09:00:00.000000001Z';

/** What is called, one letter each: P the profile list, T the types, W the write. */
const costs: readonly (readonly [change: string, payload: string, calls: string])[] = [
  ['setAccessProfileLabels(input: { id: "base", labels: ["x"] })', labels, 'WP'],
  [`setAccessProfileLabels(input: { id: "base", labels: ["x"], ifUpdatedAt: "${seen}" })`, labels, 'PWP'],
  // The first change that clears something: whether it takes effect without an `update_mask` is not known yet.
  ['setAccessProfileLabels(input: { id: "base", labels: [] })', labels, 'PWP'],
  ['addAccessProfileLabels(input: { id: "base", labels: ["x"] })', labels, 'PPWP'],
  ['addAccessProfileLabels(input: { id: "base", labels: ["a"] })', labels, 'P'],
  ['updateAccessProfile(input: { id: "base", name: "x" })', 'accessProfile { name }', 'PWP'],
  ['updateAccessProfileVersion(input: { id: "base", entitlements: [] })', 'version { id }', 'PWP'],
  [`updateAccessProfileVersion(input: { id: "base", entitlements: [${grant}] })`, 'version { id }', 'PTWP'],
  [`updateAccessProfileVersion(input: { id: "base", addEntitlements: [${grant}] })`, 'version { id }', 'PTPWP'],
  [
    'updateAccessProfileVersion(input: { id: "base", removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1" }] })',
    'version { id }',
    'PPWP',
  ],
  ['updateAccessProfileVersion(input: { id: "base", addInheritsFrom: ["drafted"] })', 'version { id }', 'PTPPWP'],
  ['addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })', 'accessProfile { name }', 'PWP'],
  ['addAccessProfileMembers(input: { id: "base", version: 1, identityIds: ["bob"] })', 'accessProfile { name }', 'WP'],
  ['createAccessProfile(input: { name: "x", state: INITIAL, type: "role" })', 'accessProfile { name }', 'TWP'],
  [
    'createAccessProfile(input: { name: "x", state: INITIAL, type: "role", inheritsFrom: ["base"] })',
    'accessProfile { name }',
    'TPWP',
  ],
  ['createAccessProfileType(input: { name: "x" })', 'accessProfileType { name }', 'WT'],
];

describe('calls per mutation', () => {
  it.each(costs)('%s', async (change, payload, calls) => {
    await using trial = await startTrial({ openFilters: true });
    // What an API takes is tried at the first need of it.
    await trial.ask('{ accessProfile(id: "base") { name } }');
    await trial.change('setAccessProfileLabels(input: { id: "child", labels: ["w"] })', labels);
    trial.sandbox.clearCalls();
    expect((await trial.change(change, payload)).errors).toEqual([]);
    const made = trial.sandbox.calls.map(({ method, path }) => {
      if (method !== 'GET') return 'W';
      return path.endsWith('_types') ? 'T' : 'P';
    });
    expect(made.join('')).toBe(calls);
  });

  it('an API that refuses ids is read page by page, only until the profile is found', async () => {
    const profiles = Array.from({ length: 450 }, (_, i) => ({ id: `p${i}`, name: `p${i}`, profile_type: 't' }));
    await using trial = await startTrial({ world: { types: [{ id: 't', name: 'T' }], profiles } });
    await trial.ask('{ accessProfile(id: "p1") { name } }');
    trial.sandbox.clearCalls();
    await trial.change('addAccessProfileLabels(input: { id: "p150", labels: ["x"] })', labels);
    expect(trial.reads()).toBe(3 * 2);
  });
});
