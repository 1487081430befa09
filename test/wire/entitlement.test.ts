import { describe, expect, it } from 'vitest';
import { decodeEntitlement, decodeStringMap } from '../../src/wire/entitlement.ts';
import { decodeMember, decodeMembershipChange } from '../../src/wire/version.ts';
import { root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import { salesforceRole } from './documented.ts';

describe('an entitlement', () => {
  const read = (entity: unknown) => decodeEntitlement(entity, root());

  it('is read from the four fields that every document shows', () => {
    expect(plain(read(salesforceRole))).toEqual({
      entityType: 'SalesforceRole',
      datasourceId: '549a4b5e-0328-4c87-a19d-ee8a2926d1aa',
      entityId: 'veza4-dev-ed:00E5g00000ACyDEEA1',
      assignedToEntityType: null,
      assignedToEntityId: null,
      grantBy: null,
      createdByAccessProfile: null,
      customProperties: null,
      syncIdentityAction: null,
      condition: null,
      createEntitlementDetailId: null,
      createdAt: null,
      entityName: null,
      nativeId: null,
      providerId: null,
      providerExternalId: null,
      extractionDatasourceId: null,
      wire: salesforceRole,
    });
  });

  it('is read with all that may come beside them', () => {
    const entity = read({
      ...salesforceRole,
      assigned_to_entity_type: 'SalesforceOrg',
      assigned_to_entity_id: 'org',
      grant_by: 2,
      created_by_access_profile: true,
      custom_properties: { a: 'b' },
      sync_identity_action: { policy_id: 'p', name: 'Sync' },
      condition: { type: 1, condition_string: '' },
      entity_name: 'Developer',
      native_id: '00E5',
      provider_id: 'provider',
      provider_external_id: 'veza4-dev-ed',
    });
    expect(entity).toMatchObject({
      assignedToEntityType: 'SalesforceOrg',
      assignedToEntityId: 'org',
      grantBy: '2',
      createdByAccessProfile: true,
      syncIdentityAction: { policyId: 'p', name: 'Sync' },
      condition: { type: '1', conditionString: '' },
      entityName: 'Developer',
      nativeId: '00E5',
      providerId: 'provider',
      providerExternalId: 'veza4-dev-ed',
    });
  });

  it('has none of what the API prints as zero values', () => {
    const entity = read({
      ...salesforceRole,
      assigned_to_entity_id: '',
      grant_by: '',
      sync_identity_action: { policy_id: '', name: '' },
      condition: null,
      entity_name: '',
      provider_id: '',
    });
    expect(entity).toMatchObject({
      assignedToEntityId: null,
      grantBy: null,
      syncIdentityAction: null,
      condition: null,
      entityName: null,
      providerId: null,
    });
  });

  it('needs the id of its entity', () => {
    expect(() => read({ entity_type: 'A', datasource_id: 'd' })).toThrow(
      'entity_id: expected a non-empty string, found nothing',
    );
  });
});

describe('a map of strings', () => {
  const read = (text: string) => decodeStringMap(JSON.parse(text), root());

  it('has no prototype: any key is only a key', () => {
    const map = read('{"__proto__":"polluted","constructor":"c","toString":"t"}');
    expect(Object.getPrototypeOf(map)).toBeNull();
    expect(Object.entries(map)).toEqual([
      ['__proto__', 'polluted'],
      ['constructor', 'c'],
      ['toString', 't'],
    ]);
  });

  it('refuses what is no scalar, at its key', () => {
    expect(() => read('{"a":"b","tags":["x"]}')).toThrow('tags: expected a string, found an array');
    expect(() => read('{"__proto__":{"admin":true}}')).toThrow('__proto__: expected a string, found an object');
    expect(() => read('[]')).toThrow('(root): expected an object, found an array');
  });

  it('does not repeat a key that is none: it is as much a stranger’s text as a value', () => {
    const hostile = `<script>${'x'.repeat(1000)}`;
    let message = '';
    try {
      read(JSON.stringify({ [hostile]: [] }));
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toBe('[?]: expected a string, found an array');
  });
});

describe('members', () => {
  it('are read as E7 documents them', () => {
    const row = {
      access_profile_id: 'a',
      access_profile_name: 'A',
      created_from: 'BIRTHRIGHT',
      identity_id: 'i',
      identity_name: 'Jane Smith',
      workflow: 'Workflow 2',
    };
    expect(plain(decodeMember(row, root()))).toEqual({
      identityId: 'i',
      identityName: 'Jane Smith',
      createdFrom: 'BIRTHRIGHT',
      workflow: 'Workflow 2',
    });
    expect(() => decodeMember({ ...row, identity_id: '' }, root())).toThrow('identity_id');
  });

  it('change with an id, an error, both or neither', () => {
    const read = (body: unknown) => decodeMembershipChange(body, root());
    expect(read({ access_request_id: 'r', access_request_error_message: '' })).toEqual({
      accessRequestId: 'r',
      accessRequestErrorMessage: null,
    });
    expect(read({})).toEqual({ accessRequestId: null, accessRequestErrorMessage: null });
    expect(read({ access_request_error_message: 'no policy' }).accessRequestErrorMessage).toBe('no policy');
  });
});
