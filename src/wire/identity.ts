import type { ActualEntitlement, HeldProfile, Identity } from '../model/identity.ts';
import {
  array,
  id,
  idSet,
  type JsonObject,
  jsonObject,
  member,
  openEnum,
  optionalBoolean,
  optionalReference,
  type Place,
} from './decode.ts';
import { keptRowDecoder } from './keep.ts';
import { type Fields, field, unreadRow } from './row.ts';

const decodeDetails = array(jsonObject);

/**
 * The profiles of an identity. The details may be of some of them only: the list counts, and a profile that only the details
 * name is not left out.
 */
function heldProfiles(row: JsonObject, at: Place): readonly HeldProfile[] {
  const details = member(row, 'access_profile_details', decodeDetails, at).map((detail, i): HeldProfile => {
    const place = at.at('access_profile_details').at(i);
    return {
      profileId: member(detail, 'access_profile_id', id, place),
      createdFrom: member(detail, 'created_from', openEnum, place),
    };
  });
  const origins = new Map(details.map(({ profileId, createdFrom }) => [profileId, createdFrom]));
  const ids = new Set([...member(row, 'access_profiles', idSet, at), ...origins.keys()]);
  return Array.from(ids, (profileId) => ({ profileId, createdFrom: origins.get(profileId) ?? null }));
}

/** An identity (neighbour notes §3). */
export const identityFields: Fields<Identity> = {
  identityId: field('id', 'string', id),
  policyId: field('policy_id', 'string', optionalReference),
  name: field('entity_name', 'string', optionalReference),
  email: field('email', 'string', optionalReference),
  title: field('title', 'string', optionalReference),
  department: field('department', 'string', optionalReference),
  active: field('active', 'bool', optionalBoolean),
  sourceEntityType: field('entity_type', 'string', optionalReference),
  sourceEntityId: field('entity_id', 'string', optionalReference),
  lastCheckedAt: field('last_checked_at', 'date-time', optionalReference),
  heldProfiles: { key: 'access_profiles', type: 'string[]', read: heldProfiles },
};
export const unreadIdentity = unreadRow(identityFields);

/** The API also announces the graph node of an identity with all properties, whose name is not documented: it is not kept. */
export const decodeIdentity = keptRowDecoder(identityFields, ['identityId'], {
  access_profile_details: { access_profile_id: true, created_from: true },
});

/** A row of what an identity has (neighbour notes §4). */
export const actualEntitlementFields: Fields<ActualEntitlement> = {
  datasourceId: field('lifecycle_management_datasource_id', 'string', optionalReference),
  entityType: field('entity_type', 'string', id),
  entityId: field('entity_id', 'string', id),
  entityName: field('entity_name', 'string', optionalReference),
  createdFrom: field('created_from', 'enum', openEnum),
};
// Rows are matched by all three, so that one whose key can't be read fails as a whole.
export const decodeActualEntitlement = keptRowDecoder(actualEntitlementFields, [
  'datasourceId',
  'entityType',
  'entityId',
]);
