import { describe, expect, it } from 'vitest';
import type { SeparationRule } from '../../src/model/separation-rule.ts';
import type { World } from '../../src/sandbox/world.ts';
import { type SandboxedGateway, startGateway } from '../support/gateway.ts';
import { isWrite } from './mutation-support.ts';

const group = (entity_id: string) => ({ entity_type: 'Group', datasource_id: 'ds', entity_id });
const ref = (entityId: string) => ({ datasourceId: 'ds', entityType: null, entityId });
const rule: SeparationRule = {
  name: 'Pay and book',
  description: null,
  enforce: true,
  groups: [[ref('pay')], [ref('book')]],
};
const world: World = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: [
    { id: 'payroll', name: 'Payroll', profile_type: 'role', entities: [group('pay')] },
    { id: 'books', name: 'Books', profile_type: 'role', entities: [group('book')] },
    { id: 'lead', name: 'Lead', profile_type: 'role', inherits: ['books'] },
    { id: 'top', name: 'Top', profile_type: 'role', inherits: ['lead'] },
    // Breaks the rule already.
    { id: 'boss', name: 'Boss', profile_type: 'role', inherits: ['payroll', 'books'] },
  ],
};

const pay = '{ entityType: "Group", datasourceId: "ds", entityId: "pay" }';
const failure = '__typename ... on RuleViolationError { violations { rule description } }';
const change = (input: string) => `mutation { result: updateAccessProfileVersion(input: { ${input} }) { ${failure} } }`;
const create = (input: string) =>
  `mutation { result: createAccessProfile(input: { name: "New", state: RUNNING, type: "role", ${input} }) { ${failure} } }`;

const starting = (rules: readonly SeparationRule[]) => startGateway({ world }, { separationRules: rules });

describe('an enforced rule of separation', () => {
  it.each<[what: string, mutation: string, names: string[]]>([
    ['by an entitlement', change(`id: "lead", addEntitlements: [${pay}]`), ['"Lead"', '"Top"']],
    ['by a parent', change('id: "books", addInheritsFrom: ["payroll"]'), ['"Books"', '"Lead"', '"Top"']],
    ['by a whole list', change('id: "top", inheritsFrom: ["payroll", "books"]'), ['"Top"']],
    ['by a new profile', create('inheritsFrom: ["payroll", "lead"]'), ['the new profile']],
  ])('refuses a change that newly breaks it: %s', async (_what, mutation, names) => {
    await using gateway = await starting([rule]);
    const answer = await gateway.ask<
      { result: { __typename: string; violations: { rule: string; description: string }[] } },
      object
    >(mutation);
    expect(answer.data?.result.__typename).toBe('RuleViolationError');
    const { violations = [] } = answer.data?.result ?? {};
    expect(violations.map((each) => each.rule)).toEqual(names.map(() => 'separation_of_duties'));
    expect(violations.map(({ description }) => description.split(' would break')[0])).toEqual(names);
    expect(gateway.sandbox.calls.filter(isWrite)).toEqual([]);
  });

  it.each([
    ['what breaks it already', change(`id: "boss", addEntitlements: [${pay}]`)],
    ['what takes away', change('id: "boss", removeInheritsFrom: ["books"]')],
    ['what it does not name', create('inheritsFrom: ["lead"]')],
  ])('allows %s', async (_what, mutation) => {
    await using gateway = await starting([rule]);
    expect(JSON.stringify((await gateway.ask(mutation)).data)).toContain('Payload');
  });

  it('takes no further call where nothing is enforced', async () => {
    await using enforcing = await starting([]);
    await using warning = await starting([{ ...rule, enforce: false }]);
    for (const gateway of [enforcing, warning]) await gateway.ask(change('id: "lead", addInheritsFrom: ["payroll"]'));
    const callsOf = ({ sandbox }: typeof warning) => sandbox.calls.map(({ method, path }) => `${method} ${path}`);
    expect(callsOf(warning)).toEqual(callsOf(enforcing));
  });

  it('stands among the violations of a simulation, for each profile that newly breaks it', async () => {
    await using gateway = await starting([rule]);
    const answer = await gateway.ask(`{
      simulateAccessProfileChanges(changes: [
        { createAccessProfile: { name: "New", state: RUNNING, type: "role", inheritsFrom: ["payroll"] } }
        { updateVersion: { id: "lead", addInheritsFrom: ["#0"] } }
      ]) {
        violations { rule description }
        newFindings { kind profiles { profileId } separationRule { name } }
      }
    }`);
    expect(answer).toMatchObject({
      data: {
        simulateAccessProfileChanges: {
          violations: [
            { rule: 'separation_of_duties', description: expect.stringMatching(/^"Lead" would break/) },
            { rule: 'separation_of_duties', description: expect.stringMatching(/^"Top" would break/) },
          ],
          newFindings: expect.arrayContaining([
            {
              kind: 'SEPARATION_VIOLATION',
              profiles: [{ profileId: 'lead' }],
              separationRule: { name: 'Pay and book' },
            },
            {
              kind: 'SEPARATION_VIOLATION',
              profiles: [{ profileId: 'top' }],
              separationRule: { name: 'Pay and book' },
            },
          ]),
        },
      },
    });
  });

  const carryOut = async (gateway: SandboxedGateway, changes: readonly object[]) => {
    const simulated = await gateway.ask<{ simulate: { fingerprint: string; violations: object[] } }, object>(
      `query ($changes: [AccessProfileChangeInput!]!) {
        simulate: simulateAccessProfileChanges(changes: $changes) { fingerprint violations { rule } }
      }`,
      { changes },
    );
    expect(simulated.data?.simulate.violations).toEqual([]);
    const applied = await gateway.ask<{ result: object }, object>(
      `mutation ($input: ApplyAccessProfileChangesInput!) { result: applyAccessProfileChanges(input: $input) {
        ... on ApplyAccessProfileChangesPayload { results { applied } }
        ... on RuleViolationError { violations { rule description } }
      } }`,
      { input: { changes, fingerprint: simulated.data?.simulate.fingerprint } },
    );
    expect(applied.errors).toBeUndefined();
    const writes = gateway.sandbox.calls.filter(isWrite).map(({ path }) => path.split('/access_profiles')[1] ?? '');
    return { result: applied.data?.result, writes };
  };

  it('is kept on the way through a list: what is taken away goes before what would break it', async () => {
    await using gateway = await starting([rule]);
    const { result, writes } = await carryOut(gateway, [
      // Lead and Top have "book" by Books until the next change.
      { updateVersion: { id: 'lead', addInheritsFrom: ['payroll'] } },
      { updateVersion: { id: 'books', removeEntitlements: [{ datasourceId: 'ds', entityId: 'book' }] } },
    ]);
    expect(result).toEqual({ results: [{ applied: true }, { applied: true }] });
    expect(writes).toEqual(['/books/versions/1', '/lead/versions/1']);
  });

  it('lets a profile that breaks it already change before others make that a new breach', async () => {
    await using gateway = await starting([rule]);
    const { writes } = await carryOut(gateway, [
      // Boss has "pay" by Payroll. Without that, Boss would break the rule anew by the next change.
      { updateVersion: { id: 'payroll', removeEntitlements: [{ datasourceId: 'ds', entityId: 'pay' }] } },
      {
        updateVersion: { id: 'boss', addEntitlements: [{ entityType: 'Group', datasourceId: 'ds', entityId: 'pay' }] },
      },
    ]);
    expect(writes).toEqual(['/boss/versions/1', '/payroll/versions/1']);
  });

  it('refuses a list that has no such order before the first write', async () => {
    await using gateway = await starting([rule]);
    const { result, writes } = await carryOut(gateway, [
      { updateAccessProfile: { id: 'top', description: 'First of all' } },
      // Changes of one profile keep their order.
      { updateVersion: { id: 'lead', addInheritsFrom: ['payroll'] } },
      { updateVersion: { id: 'lead', removeInheritsFrom: ['books'] } },
    ]);
    expect(result).toMatchObject({
      violations: [
        { rule: 'separation_of_duties', description: expect.stringMatching(/^No order .* "Lead" would break/) },
        { rule: 'separation_of_duties' },
      ],
    });
    expect(writes).toEqual([]);
  });

  it('takes no call for descendants where a change brings nothing that a rule names', async () => {
    const callsWith = async (rules: readonly SeparationRule[]) => {
      await using gateway = await starting(rules);
      await gateway.ask(
        change('id: "lead", addEntitlements: [{ entityType: "Group", datasourceId: "ds", entityId: "x" }]'),
      );
      return gateway.sandbox.calls.length;
    };
    expect(await callsWith([rule])).toBe(await callsWith([]));
  });
});
