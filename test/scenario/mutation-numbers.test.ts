import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { startTrial, type Trial } from './mutation-support.ts';

const number = fc.oneof(
  fc.constantFrom(
    '12345678901234567890',
    '9007199254740993',
    '1e400',
    '-1E400',
    '-0',
    '1.10',
    '1E5',
    '0.30000000000000004000',
  ),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }).map(String),
);

/** JSON as an API may write it in fields that the gateway does not know. */
const wild: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    number,
    fc.constantFrom('1', 'true', 'null', '"1e400"', '"\\"9007199254740993"'),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => `[${values}]`),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => `{${values.map((each, i) => `"k${i}":${each}`)}}`),
  ),
})).value;

/** An API whose entitlements have such fields, in every reply; it keeps the bodies as they came. */
async function startWild(fields: string, options: object = {}): Promise<{ trial: Trial; bodies: string[] }> {
  const bodies: string[] = [];
  const trial = await startTrial({
    ...options,
    deviate: async (request, next) => {
      if (request.method !== 'GET') bodies.push(request.body);
      const { status, text } = await next();
      return { status, text: text.replaceAll('"entity_id":"g1"', `"entity_id":"g1","new_field":${fields}`) };
    },
  });
  return { trial, bodies };
}

describe('numbers that JavaScript can not hold', () => {
  it('go back digit by digit with an entitlement that stays', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(wild, fc.boolean(), fc.boolean(), async (fields, openFilters, removes) => {
        const { trial, bodies } = await startWild(fields, { openFilters });
        await using _ = trial;
        trial.sandbox.store.editCurrentVersion('base', {
          entities_to_create_relationships_to: ['g1', 'g2'].map((id) => ({
            entity_type: 'Group',
            datasource_id: 'ds-1',
            entity_id: id,
          })),
        });
        const change = removes
          ? 'removeEntitlements: [{ datasourceId: "ds-1", entityId: "g2" }]'
          : 'addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "g3" }]';
        const { errors } = await trial.change(
          `updateAccessProfileVersion(input: { id: "base", ${change} })`,
          'version { id }',
        );
        expect(errors).toEqual([]);
        expect(bodies).toHaveLength(1);
        expect(bodies[0]).toContain(`"entity_id":"g1","new_field":${fields}`);
      }),
      { numRuns: runs(40), seed: 20_261_127 },
    );
  });

  it('are held against what another client changes: only the last digit differs', async () => {
    let reads = 0;
    const bodies: string[] = [];
    await using trial = await startTrial({
      openFilters: true,
      deviate: async (request, next) => {
        if (request.method !== 'GET') bodies.push(request.body);
        else reads++;
        const { status, text } = await next();
        const digit = reads > 1 ? 9 : 0;
        return {
          status,
          text: text.replaceAll('"entity_id":"g1"', `"entity_id":"g1","n":1234567890123456789${digit}`),
        };
      },
    });
    await trial.change(
      'updateAccessProfileVersion(input: { id: "base", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "g3" }] })',
      'version { id }',
    );
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('"n":12345678901234567899');
  });

  it('go back with a draft that an API lets read', async () => {
    const { trial, bodies } = await startWild('[1e400]', { unlistedReads: true });
    await using _ = trial;
    trial.sandbox.store.editProfile('drafted', {
      versions:
        trial.sandbox.store.profile('drafted')?.versions.map((version) => ({
          ...version,
          entities_to_create_relationships_to: [{ entity_type: 'Group', datasource_id: 'ds-1', entity_id: 'g1' }],
        })) ?? [],
    });
    await trial.change(
      'updateAccessProfileVersion(input: { id: "drafted", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "g3" }] })',
      'version { id }',
    );
    expect(bodies[0]).toContain('"new_field":[1e400]');
  });
});
