import { describe, expect, it } from 'vitest';
import { type Json, startTrial } from './mutation-support.ts';

/** Mutations and queries with the API's own ids, each marked with what it is the id of: `<Datasource:ds-1>`. */
const questions: readonly string[] = [
  'mutation { r: setAccessProfileLabels(input: { id: "<AccessProfile:base>", labels: ["x"] }) { __typename } }',
  'mutation { r: updateAccessProfile(input: { id: "<AccessProfile:base>", datasourceIds: ["<Datasource:ds-1>", "<Datasource:ds-2>"] }) { __typename } }',
  'mutation { r: addAccessProfileMembers(input: { id: "<AccessProfile:base>", identityIds: ["<Identity:bob>"] }) { __typename } }',
  'mutation { r: removeAccessProfileMembers(input: { id: "<AccessProfile:base>", identityIds: ["<Identity:ada>"] }) { __typename } }',
  'mutation { r: labelAccessProfiles(input: { profiles: { ids: ["<AccessProfile:base>", "<AccessProfile:child>"] }, add: ["x"] }) { __typename } }',
  `mutation { r: createAccessProfile(input: { name: "New", state: INITIAL, type: "<AccessProfileType:role>", inheritsFrom: ["<AccessProfile:base>"],
    entitlements: [{ entityType: "Group", datasourceId: "<Datasource:ds-1>", entityId: "g7", syncIdentityAction: { policyId: "<LifecyclePolicy:lp>", name: "Sync" } }] }) { __typename } }`,
  `mutation { r: createAccessProfile(input: { name: "New", state: INITIAL, type: "<AccessProfileType:connection>",
    applicationDatasourceId: "<Datasource:ds-1>", applicationSyncIdentityAction: { policyId: "<LifecyclePolicy:lp>", name: "Sync" } }) { __typename } }`,
  'mutation { r: createAccessProfileType(input: { name: "New", allowInheritedFromTypes: ["<AccessProfileType:role>"], createEntitlements: [{ datasourceId: "<Datasource:ds-1>", entityType: "Group" }] }) { __typename } }',
  `mutation { r: updateAccessProfileVersion(input: { id: "<AccessProfile:base>", addEntitlements: [{ entityType: "Group", datasourceId: "<Datasource:ds-1>", entityId: "g7" }],
    removeEntitlements: [{ datasourceId: "<Datasource:ds-1>", entityId: "g1" }], addInheritsFrom: ["<AccessProfile:app-1>"] }) { __typename } }`,
  'mutation { r: updateAccessProfileVersion(input: { id: "<AccessProfile:child>", removeInheritsFrom: ["<AccessProfile:base>"] }) { __typename } }',
  '{ r: accessProfiles(filter: { id: { in: ["<AccessProfile:base>"] }, type: { eq: "<AccessProfileType:role>" } }) { nodes { name } } }',
  '{ r: accessProfiles(filter: { inheritsFrom: { eq: "<AccessProfile:base>" } }) { nodes { name } } }',
  '{ r: accessProfiles(filter: { inheritedBy: { eq: "<AccessProfile:child>" } }) { nodes { name } } }',
  '{ r: accessProfiles(filter: { datasourceIds: { has: "<Datasource:ds-1>", hasAny: ["<Datasource:ds-1>"], hasAll: ["<Datasource:ds-1>"] } }) { nodes { name } } }',
  '{ r: accessProfilesGranting(entity: { datasourceId: "<Datasource:ds-1>", entityId: "g1" }) { name } }',
  '{ r: entity(ref: { datasourceId: "<Datasource:ds-1>", entityId: "g1" }) { id } }',
  '{ r: inheritanceGraph(roots: ["<AccessProfile:base>"]) { nodes { name } } }',
  '{ r: accessProfile(id: "<AccessProfile:grandchild>") { inheritancePath(ancestor: "<AccessProfile:base>") { name } } }',
];

/** What a document answers, and each write that it makes. */
async function outcome(document: string) {
  await using trial = await startTrial();
  const answer = await trial.ask<Json, Json>(document);
  return { ...answer, writes: trial.writes(), reads: trial.reads() };
}

describe('a global id', () => {
  it.each(questions)('does the same as the id of the API in %s', async (question) => {
    const plain = await outcome(question.replaceAll(/<\w+:([^>]+)>/g, '$1'));
    const failed = JSON.stringify(plain.data).match(/"(InvalidInputError|NotFoundError|RuleViolationError)"/);
    expect([plain.errors, failed]).toEqual([undefined, null]);
    const global = await outcome(question.replaceAll(/<(\w+:[^>]+)>/g, '$1'));
    expect(JSON.stringify(global)).toBe(JSON.stringify(plain));
  });

  it.each(questions)('of something else is refused before any call in %s', async (question) => {
    // One at a time: each of the ids.
    const ids = [...question.matchAll(/<\w+:[^>]+>/g)];
    for (const [i, { index, 0: marked }] of ids.entries()) {
      const wrong = marked.startsWith('<AccessProfile:') ? 'AccessProfileType:base' : 'AccessProfile:base';
      const document = `${question.slice(0, index)}${wrong}${question.slice(index + marked.length)}`;
      const failing = document.replaceAll('__typename', '... on Error { message }').replaceAll(/<\w+:([^>]+)>/g, '$1');
      const { data, errors, writes } = await outcome(failing);
      const message = data?.r?.message ?? errors?.[0]?.message;
      expect(message, `id ${i}`).toMatch(/the id of an? \w+ is needed, this is one of an \w+/);
      expect(writes).toEqual([]);
    }
  });
});

it('names the same entitlement twice where one data source is a global id', async () => {
  await using trial = await startTrial();
  const grant = (id: string) => `{ entityType: "Group", datasourceId: "${id}", entityId: "g7" }`;
  const { result } = await trial.change(
    `updateAccessProfileVersion(input: { id: "base", addEntitlements: [${grant('ds-1')}, ${grant('Datasource:ds-1')}] })`,
    '__typename',
  );
  expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: 'input.addEntitlements.1' }] });
});

it('refuses UNRECOGNIZED as a new state and says why', async () => {
  await using trial = await startTrial();
  const { result } = await trial.change(
    'updateAccessProfile(input: { id: "base", state: UNRECOGNIZED })',
    '__typename',
  );
  expect(result.fields).toEqual([
    { field: 'input.state', description: expect.stringContaining('UNRECOGNIZED stands for states') },
  ]);
  expect(trial.sandbox.calls).toEqual([]);
});
