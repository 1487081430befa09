import { describe, expect, it } from 'vitest';
import type { Answer } from '../support/gateway.ts';
import { type Json, startTrial, type Trial } from './mutation-support.ts';

/** Sent as variables: a document can't hold half a surrogate pair. */
const broken = ['\ud800', 'a\udc00b', '\u0000', 'a\nb', '', ' ', '..', 'x'.repeat(600)];

/** Runs a mutation with `$id` in it and gives its result. */
async function changeWith(trial: Trial, change: string, id: string): Promise<Answer<Json>> {
  const type = /\b(identityIds|datasourceIds|entitlements|\w+Entitlements): \[[^\]]*\$id/.test(change)
    ? 'String!'
    : 'ID!';
  const failure = '__typename ... on InvalidInputError { fields { field } }';
  return trial.ask(`mutation ($id: ${type}) { result: ${change} { ${failure} } }`, { id });
}

/** Every place of a mutation that takes an id, with the path that has to be named. */
const places: readonly [change: string, field: string][] = [
  ['setAccessProfileLabels(input: { id: $id, labels: [] })', 'input.id'],
  ['addAccessProfileLabels(input: { id: $id, labels: ["x"] })', 'input.id'],
  ['removeAccessProfileLabels(input: { id: $id, labels: ["x"] })', 'input.id'],
  ['updateAccessProfile(input: { id: $id, name: "x" })', 'input.id'],
  ['updateAccessProfile(input: { id: "base", datasourceIds: ["d", $id] })', 'input.datasourceIds.1'],
  ['updateAccessProfileVersion(input: { id: $id, entitlements: [] })', 'input.id'],
  ['updateAccessProfileVersion(input: { id: "base", inheritsFrom: ["child", $id] })', 'input.inheritsFrom.1'],
  ['updateAccessProfileVersion(input: { id: "base", addInheritsFrom: [$id] })', 'input.addInheritsFrom.0'],
  [
    'updateAccessProfileVersion(input: { id: "base", removeInheritsFrom: [$id], dryRun: true })',
    'input.removeInheritsFrom.0',
  ],
  ['addAccessProfileMembers(input: { id: $id, identityIds: ["bob"] })', 'input.id'],
  ['removeAccessProfileMembers(input: { id: $id, identityIds: ["bob"] })', 'input.id'],
  ['addAccessProfileMembers(input: { id: "base", identityIds: ["bob", $id] })', 'input.identityIds.1'],
  ['removeAccessProfileMembers(input: { id: "base", identityIds: [$id] })', 'input.identityIds.0'],
  ['createAccessProfile(input: { name: "x", state: INITIAL, type: $id })', 'input.type'],
  [
    'createAccessProfile(input: { name: "x", state: INITIAL, type: "role", inheritsFrom: [$id] })',
    'input.inheritsFrom.0',
  ],
  ['createAccessProfileType(input: { name: "x", allowInheritedFromTypes: [$id] })', 'input.allowInheritedFromTypes.0'],
];

describe('an id that can not be one', () => {
  it.each(places)('%s', async (change, field) => {
    await using trial = await startTrial();
    for (const id of broken) {
      const { data, errors } = await changeWith(trial, change, id);
      expect(errors, id).toBeUndefined();
      expect(data?.result, id).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field }] });
    }
    expect(trial.sandbox.calls).toEqual([]);
  });

  it.each([
    ['accessProfile(id: $id) { id }', 'id'],
    ['accessProfileType(id: $id) { id }', 'id'],
    ['node(id: $id) { id }', 'id'],
    ['nodes(ids: ["base", $id]) { id }', 'ids.1'],
    ['accessProfiles(filter: { id: { in: [$id] } }) { nodes { id } }', 'filter.id.in.0'],
    ['accessProfiles(filter: { type: { eq: $id } }) { nodes { id } }', 'filter.type.eq'],
    ['accessProfiles(filter: { inheritsFrom: { eq: $id } }) { nodes { id } }', 'filter.inheritsFrom.eq'],
  ])('of a query: %s', async (query, field) => {
    await using trial = await startTrial();
    for (const id of broken) {
      const { errors } = await trial.ask(`query ($id: ID!) { ${query} }`, { id });
      expect(
        errors?.map(({ extensions }) => extensions),
        id,
      ).toEqual([{ code: 'BAD_USER_INPUT', field }]);
    }
  });

  it.each([0, -1])('is refused as a version: %d', async (version) => {
    await using trial = await startTrial();
    for (const change of [
      `addAccessProfileMembers(input: { id: "base", version: ${version}, identityIds: ["bob"] })`,
      `updateAccessProfileVersion(input: { id: "base", version: ${version}, entitlements: [] })`,
    ]) {
      const { result } = await trial.change(change, '__typename');
      expect(result).toMatchObject({ __typename: 'InvalidInputError', fields: [{ field: 'input.version' }] });
    }
    expect(trial.sandbox.calls).toEqual([]);
  });

  it.each(['entitlements', 'addEntitlements', 'removeEntitlements'])('is refused as an entity of %s', async (list) => {
    await using trial = await startTrial();
    for (const field of ['entityType', 'datasourceId', 'entityId']) {
      const entity = { entityType: '"Group"', datasourceId: '"ds-1"', entityId: '"g1"', [field]: '$id' };
      const text = Object.entries(entity).map(([name, value]) => `${name}: ${value}`);
      const change = `updateAccessProfileVersion(input: { id: "base", ${list}: [{ ${text} }] })`;
      const { data } = await changeWith(trial, change, '\ud800');
      expect(data?.result).toMatchObject({
        __typename: 'InvalidInputError',
        fields: [{ field: `input.${list}.0.${field}` }],
      });
    }
    expect(trial.sandbox.calls).toEqual([]);
  });
});
