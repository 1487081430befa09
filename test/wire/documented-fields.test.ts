import { isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { actionFields, conditionFields, entitlementFields } from '../../src/wire/entitlement.ts';
import { catalogItemFields, profileFields } from '../../src/wire/profile.ts';
import { createEntitlementFields, profileTypeFields, transformerFields } from '../../src/wire/profile-type.ts';
import type { Fields } from '../../src/wire/row.ts';
import { memberFields, versionFields } from '../../src/wire/version.ts';
import { documentedFields } from './documented-fields.ts';

const decoders: Readonly<Record<keyof typeof documentedFields, Fields<Readonly<Record<string, unknown>>>>> = {
  AccessProfile: profileFields,
  AccessProfileVersion: versionFields,
  Entitlement: entitlementFields,
  AccessProfileType: profileTypeFields,
  CreateEntitlement: createEntitlementFields,
  AttributeTransformer: transformerFields,
  CatalogItem: catalogItemFields,
  AccessProfileMember: memberFields,
  SyncIdentityAction: actionFields,
  GrantCondition: conditionFields,
};

describe.each(Object.entries(documentedFields))('%s', (name, fields) => {
  const own = Object.entries<string>(fields).filter(([, shownBy]) => !shownBy.startsWith('('));

  it('is decoded to the last documented field, and no other', () => {
    const decoder = Object.entries(decoders).find(([type]) => type === name)?.[1] ?? {};
    const keys = Object.values(decoder).map(({ key }) => key);
    expect(keys.sort()).toEqual(own.map(([key]) => key).sort());
  });

  it('shows each documented field in the schema', () => {
    const type = schema.getType(name);
    const shown = isObjectType(type) ? Object.keys(type.getFields()) : [];
    expect(own.map(([, field]) => field).filter((field) => !shown.includes(field))).toEqual([]);
  });
});
