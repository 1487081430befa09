import { describe, expect, it } from 'vitest';
import {
  encodeEntitlement,
  encodeKeptEntitlement,
  encodeMembershipChange,
  encodeProfile,
  encodeProfileChanges,
  encodeProfileType,
  encodeVersionChanges,
} from '../../src/wire/encode.ts';
import { decodeEntitlement } from '../../src/wire/entitlement.ts';
import { root } from '../support/notes.ts';

const grant = { entityType: 'Group', datasourceId: 'ds', entityId: 'g' };
const sentGrant = { entity_type: 'Group', datasource_id: 'ds', entity_id: 'g' };

/** As it goes over the wire: undefined members would be lost there. */
const sent = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

describe('what is sent', () => {
  it('has the keys that were named and no others', () => {
    expect(Object.keys(encodeProfileChanges({ labels: [] }))).toEqual(['labels']);
    expect(Object.keys(encodeProfileChanges({ labels: undefined, name: 'x' }))).toEqual(['name']);
    expect(Object.keys(encodeVersionChanges({ state: 'PUBLISHED', entitlements: undefined }))).toEqual(['state']);
    expect(encodeProfile({ name: 'x', state: 'INITIAL', type: 't' })).toEqual({
      name: 'x',
      state: 'INITIAL',
      profile_type: 't',
    });
    expect(encodeProfileType({ name: 'x' })).toEqual({ name: 'x' });
    expect(encodeEntitlement(grant)).toEqual(sentGrant);
  });

  it('keeps false, zero, empty and null where they were named', () => {
    expect(encodeProfileChanges({ description: '', requireApprovalToStart: false, catalogItem: null })).toEqual({
      description: '',
      require_approval_to_start: false,
      catalog_item_info: null,
    });
    expect(encodeProfileType({ name: 'x', maxEntitlements: 0, timeBeforeSyncCheckInSeconds: 0 })).toEqual({
      name: 'x',
      max_entitlements: 0,
      time_before_sync_check_in_seconds: 0,
    });
    expect(encodeVersionChanges({ entitlements: [], inheritsFrom: [], applicationSyncIdentityAction: null })).toEqual({
      entities_to_create_relationships_to: [],
      inherit_entities_from_access_profiles: [],
      application_sync_identity_action: null,
    });
  });

  it('spells every member of a grant', () => {
    const all = {
      ...grant,
      assignedToEntityType: 'User',
      assignedToEntityId: 'u',
      grantBy: 'ROLE',
      createdByAccessProfile: false,
      customProperties: { a_b: 'c' },
      syncIdentityAction: { policyId: 'p', name: 'n' },
      condition: { type: 'SCIM', conditionString: 'x' },
    };
    expect(encodeEntitlement(all)).toEqual({
      ...sentGrant,
      assigned_to_entity_type: 'User',
      assigned_to_entity_id: 'u',
      grant_by: 'ROLE',
      created_by_access_profile: false,
      custom_properties: { a_b: 'c' },
      sync_identity_action: { policy_id: 'p', name: 'n' },
      condition: { type: 'SCIM', condition_string: 'x' },
    });
  });

  it.each([
    ['ROLE', 'ROLE'],
    ['3', 3],
    ['0', 0],
    ['', ''],
    [null, null],
  ])('writes an open enum %j as %j: a name as a name, a number as it was read', (value, written) => {
    expect(encodeEntitlement({ ...grant, grantBy: value })['grant_by']).toBe(written);
  });

  it('keeps any key of custom properties', () => {
    const properties = JSON.parse('{"__proto__":"a","constructor":"b","snake_case":"c"}');
    expect(sent(encodeProfileChanges({ customProperties: properties }))).toEqual({ custom_properties: properties });
  });

  it('says a change of members in all four required fields', () => {
    expect(
      encodeMembershipChange({ profileId: 'p', versionNumber: 2, type: 'REMOVE', identityIds: ['a', 'b'] }),
    ).toEqual({ access_profile_id: 'p', version_number: 2, type: 'REMOVE', identity_ids: ['a', 'b'] });
  });
});

describe('a grant that is sent back', () => {
  it('is what was read, unknown members and all, without what only the API says', () => {
    const read = {
      ...sentGrant,
      grant_by: 7,
      condition: { type: 2, condition_string: 'x', more: [1] },
      something_new: { deep: { er: null } },
      entity_name: 'Name',
      native_id: 'n',
      provider_id: 'p',
      provider_external_id: 'e',
      extraction_datasource_id: 'x',
      create_entitlement_detail_id: 'd',
      created_at: '2024-01-01T00:00:00Z',
    };
    expect(sent(encodeKeptEntitlement(decodeEntitlement(read, root())))).toEqual({
      ...sentGrant,
      grant_by: 7,
      condition: { type: 2, condition_string: 'x', more: [1] },
      something_new: { deep: { er: null } },
    });
  });
});
