import { describe, expect, it } from 'vitest';
import type { ProfileType } from '../../src/model/profile-type.ts';
import { page } from '../../src/wire/envelope.ts';
import { decodeProfileType } from '../../src/wire/profile-type.ts';
import { root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import { businessRoleType } from './documented.ts';

const read = (type: unknown) => decodeProfileType(type, root());

describe('a type', () => {
  it('is read as the curated list shows it: values alone, nulls and all', () => {
    expect(plain(page(decodeProfileType)({ values: [businessRoleType] }, root()))).toEqual({
      next: null,
      values: [
        {
          typeId: '13ddf132-0868-4330-a0a3-41b088f6a4dc',
          name: 'Business Role',
          description: 'Combines profiles.',
          allowInheritEntities: true,
          allowInheritedFromTypeIds: ['a730b9cd-d600-4fb7-a803-8ab5b697c0b9'],
          allowCreateRelationships: false,
          requireSingleDatasource: false,
          requireSingleIntegration: false,
          addIntegrationPrefixToAccessProfileNames: false,
          maxEntitlements: 50,
          createEntitlementBasedOnProfile: false,
          createEntitlements: [],
          noEntitlements: false,
          enabled: null,
          onCreateBehavior: 'INITIAL',
          instructions: '',
          timeBeforeSyncCheckInSeconds: 0,
          accessRequestPolicyId: null,
          allowOverwriteOfAccessRequestPolicy: true,
          nameTransformer: null,
          removeEntitlementOnMemberUponUpdate: false,
          integrations: [],
          profilesCount: 0,
          rbacId: null,
          createdAt: '2024-04-12T19:00:00.123456789Z',
          updatedAt: '2024-04-12T19:00:00.123456789Z',
        } satisfies Record<keyof ProfileType, unknown>,
      ],
    });
  });

  it('is read in the generated form: an int64 as a string, an enum as a number', () => {
    const type = read({ ...businessRoleType, time_before_sync_check_in_seconds: '3600', on_create_behavior: 1 });
    expect(type).toMatchObject({ timeBeforeSyncCheckInSeconds: 3600, onCreateBehavior: '1' });
  });

  it.each([[null], [0], [undefined]])('has no limit where max_entitlements is %j', (limit) => {
    expect(read({ ...businessRoleType, max_entitlements: limit }).maxEntitlements).toBeNull();
  });

  it('needs nothing but an id', () => {
    expect(read({ id: 't' })).toMatchObject({ typeId: 't', allowInheritEntities: false, createdAt: null });
    expect(() => read({ name: 'A' })).toThrow('id: expected a non-empty string, found nothing');
  });

  const transformer = {
    destination_attribute: 'name',
    destination_value_formatter: '{name}',
    continuous_sync: true,
    additional_value_formatter: ['a'],
    pipeline_functions: 'UPPER',
    unique_identifier: false,
  };
  const decodedTransformer = {
    destinationAttribute: 'name',
    destinationValueFormatter: '{name}',
    continuousSync: true,
    additionalValueFormatter: ['a'],
    pipelineFunctions: 'UPPER',
    uniqueIdentifier: false,
  };

  it.each<[name: string, transformers: unknown, expected: readonly unknown[]]>([
    ['wrapped, as documented', { values: [transformer] }, [decodedTransformer]],
    ['bare', [transformer], [decodedTransformer]],
    ['left out', undefined, []],
    ['an empty message', {}, []],
  ])('has transformers %s', (_name, attribute_transformers, expected) => {
    const create_entitlements = [{ datasource_id: 'd', entity_type: 'Role', attribute_transformers }];
    expect(plain(read({ ...businessRoleType, create_entitlements }).createEntitlements)).toEqual([
      {
        datasourceId: 'd',
        entityType: 'Role',
        attributeTransformers: expected,
        addMemberCondition: null,
        createdEntityId: null,
        accessRequestId: null,
        createEntitlementId: null,
        lastSyncJobId: null,
      },
    ]);
  });

  it('has the ids of what was created for a profile', () => {
    const ids = { created_entity_id: 'e', access_request_id: 'r', id: 'c', last_sync_job_id: '' };
    expect(read({ ...businessRoleType, create_entitlements: [ids] }).createEntitlements[0]).toMatchObject({
      createdEntityId: 'e',
      accessRequestId: 'r',
      createEntitlementId: 'c',
      lastSyncJobId: null,
    });
  });

  it('has a name transformer and conditions', () => {
    const create_entitlements = [{ add_member_condition: { type: 2, condition_string: 'a eq "b"' } }];
    const type = read({ ...businessRoleType, name_transformer: transformer, create_entitlements });
    expect(plain(type.nameTransformer)).toEqual(decodedTransformer);
    expect(plain(type.createEntitlements[0]?.addMemberCondition)).toEqual({ type: '2', conditionString: 'a eq "b"' });
  });

  it('names the place of a broken transformer', () => {
    const create_entitlements = [{ attribute_transformers: { values: [{}, { continuous_sync: 'often' }] } }];
    const [created] = read({ ...businessRoleType, create_entitlements }).createEntitlements;
    expect(() => plain(created)).toThrow(
      'create_entitlements[0].attribute_transformers.values[1].continuous_sync: expected a boolean, found a string',
    );
  });
});
