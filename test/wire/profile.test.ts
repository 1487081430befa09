import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/model/profile.ts';
import { page, single } from '../../src/wire/envelope.ts';
import { decodeCreatedProfile, decodeProfile } from '../../src/wire/profile.ts';
import { listen, root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import {
  developerId,
  generatedVersionReply,
  labelReply,
  listedProfile,
  listReply,
  salesforceRole,
} from './documented.ts';

const read = (profile: unknown) => decodeProfile(profile, root());

it.each([
  [[], false, []],
  [[], true, null],
  [[], undefined, null],
  [['a'], undefined, ['a']],
])('access_profiles_inherited_by %j with the flag %j is read as %j', (ids, flag, expected) => {
  const profile = { id: 'p', access_profiles_inherited_by: ids, inherited_by_other_profiles: flag };
  expect(read(profile).inheritedByIds).toEqual(expected);
});

describe('a profile as the list documents it', () => {
  const profile = page(decodeProfile)(listReply, root()).values[0];

  it('is read to the last field', () => {
    expect(plain(profile)).toEqual({
      profileId: developerId,
      name: 'Salesforce Developer',
      description: '',
      state: 'RUNNING',
      typeId: 'a730b9cd-d600-4fb7-a803-8ab5b697c0b9',
      labels: ['requestable', 'salesforce'],
      integrations: ['SALESFORCE'],
      providerIds: ['3cedc292-4014-45e9-b7d9-8cb1695e1454'],
      providerExternalIds: ['veza4-dev-ed'],
      datasourceIds: [],
      usedByWorkflow: false,
      requestable: null,
      requireApprovalToStart: null,
      catalogItem: null,
      accessRequestPolicyId: null,
      customProperties: null,
      startedAt: null,
      startedBy: null,
      lastSyncedAt: null,
      lastSyncErrorMessage: null,
      lastSyncJobIds: null,
      syncAllowed: null,
      rbacId: null,
      profileTypeRbacId: null,
      identityCreatedBy: null,
      createdEntitlements: null,
      createdAt: '2024-04-12T19:02:11.782190321Z',
      createdBy: 'jane@example.com',
      updatedAt: '2024-04-12T19:02:11.813190321Z',
      currentVersionNumber: 1,
      draftVersionNumber: null,
      currentVersion: expect.objectContaining({ versionNumber: 1, profileId: developerId, state: 'PUBLISHED' }),
      inheritedIds: ['be6dd1f5-9753-4896-8d80-cb9d7640f139'],
      inheritedByIds: [],
      memberDetails: null,
    } satisfies Record<keyof Profile, unknown>);
  });

  it('carries its version, whose grants keep their own JSON', () => {
    expect(profile?.currentVersion?.entitlements[0]).toMatchObject({
      entityType: 'SalesforceRole',
      entityId: 'veza4-dev-ed:00E5g00000ACyDEEA1',
      wire: salesforceRole,
    });
    expect(profile?.currentVersion?.inheritsFromIds).toEqual(['be6dd1f5-9753-4896-8d80-cb9d7640f139']);
  });
});

describe('a profile as the label reply documents it', () => {
  it('has a state by number and its version by number', () => {
    const profile = single(decodeProfile)(labelReply, root());
    expect(profile).toMatchObject({ state: 'RUNNING', currentVersionNumber: 1, currentVersion: null });
    expect(profile.labels).toEqual(['requestable', 'sensitive']);
  });

  it('knows nothing of what the reply leaves out', () => {
    const profile = single(decodeProfile)(labelReply, root());
    expect(profile).toMatchObject({ inheritedIds: null, inheritedByIds: null, memberDetails: null, typeId: null });
  });
});

describe('fields in their other forms', () => {
  it('fills every optional object', () => {
    const profile = read({
      ...listedProfile,
      catalog_item_info: { name: 'Dev', markdown_description: '**x**', recommended: true },
      custom_properties: { team: 'crm', headcount: 7, active: true, none: null },
      member_details: [{ identity_id: 'i1', created_from: 3, workflow: '' }],
      draft_version_number: '2',
      requestable: true,
      last_sync_error_message: 'quota',
    });
    expect(plain(profile.catalogItem)).toEqual({
      name: 'Dev',
      description: null,
      markdownDescription: '**x**',
      icon: null,
      recommended: true,
    });
    expect({ ...profile.customProperties }).toEqual({ team: 'crm', headcount: '7', active: 'true' });
    expect(plain(profile.memberDetails)).toEqual([
      { identityId: 'i1', identityName: null, createdFrom: '3', workflow: null },
    ]);
    expect(profile).toMatchObject({ draftVersionNumber: 2, requestable: true, lastSyncErrorMessage: 'quota' });
  });

  it.each([
    [0, 'INITIAL'],
    [4, 'PENDING'],
    ['DRY_RUN', 'DRY_RUN'],
  ])('reads the state %j', (state, expected) => {
    expect(read({ ...listedProfile, state }).state).toBe(expected);
  });

  it.each([[5], ['ARCHIVED'], ['UNRECOGNIZED']])('notes the state %j', (state) => {
    const notes = listen();
    expect(decodeProfile({ ...listedProfile, state }, root(notes)).state).toBe('UNRECOGNIZED');
    expect(notes.heard).toEqual([`AccessProfileState: ${state}`]);
  });

  it('needs nothing but an id', () => {
    expect(read({ id: 'a' })).toMatchObject({ profileId: 'a', name: '', state: 'UNRECOGNIZED', labels: [] });
  });

  it('takes the version number from wherever it stands', () => {
    const { current_version_number: _left, ...rest } = listedProfile;
    expect(read(rest).currentVersionNumber).toBe(1);
    const { version_number: _out, ...version } = listedProfile.current_version;
    expect(read({ ...listedProfile, current_version: version }).currentVersion?.versionNumber).toBe(1);
    expect(read({ id: 'a', current_version: '3' })).toMatchObject({ currentVersionNumber: 3, currentVersion: null });
    expect(read({ id: 'a', current_version_number: 4, current_version: 3 }).currentVersionNumber).toBe(4);
  });

  it.each<[name: string, version: unknown]>([
    ['null', null],
    ['left out', undefined],
    ['an empty message', {}],
    [
      'a message of zeros',
      {
        access_profile_id: '',
        version_number: 0,
        state: 'DRAFT',
        entities_to_create_relationships_to: [],
        application_sync_identity_action: null,
        members: [],
        created_by: '',
      },
    ],
  ])('has no current version where nothing is published: %s', (_name, version) => {
    const profile = read({ id: 'a', current_version_number: 0, current_version: version });
    expect(profile).toMatchObject({ currentVersionNumber: null, currentVersion: null });
  });

  it('does not take an empty message for a version without grants', () => {
    const profile = read({ id: 'a', current_version_number: 2, current_version: {} });
    expect(profile).toMatchObject({ currentVersionNumber: 2, currentVersion: null });
  });

  it('refuses a version that has grants and no number', () => {
    const version = { entities_to_create_relationships_to: [salesforceRole] };
    expect(() => read({ id: 'a', current_version: version }).currentVersion).toThrow(
      'current_version.version_number: expected an integer, found nothing',
    );
  });

  it('names the place of what can not be read, and not what stands there', () => {
    const broken = { ...listedProfile, current_version: { version_number: 1, members: ['a', { secret: 'hunter2' }] } };
    const { values } = page(decodeProfile)({ values: [listedProfile, broken] }, root());
    expect(() => values[1]?.currentVersion?.memberIds).toThrow(
      /^values\[1\]\.current_version\.members\[1\]: expected a string, found an object$/,
    );
  });
});

describe('a created profile', () => {
  const { current_version: _version, current_version_number: _number, ...bare } = listedProfile;

  it('is read from the curated reply', () => {
    const created = decodeCreatedProfile({ value: listedProfile }, root());
    expect(plain(created)).toEqual(plain(read(listedProfile)));
  });

  it('takes the version that the generated reply puts beside it', () => {
    const created = decodeCreatedProfile({ value: bare, version: generatedVersionReply.value }, root());
    expect(created).toMatchObject({ profileId: developerId, currentVersionNumber: 1 });
    expect(created.currentVersion?.entitlements).toHaveLength(1);
  });

  it('prefers the version inside the profile', () => {
    const version = { ...generatedVersionReply.value, version_number: 9 };
    expect(decodeCreatedProfile({ value: listedProfile, version }, root()).currentVersionNumber).toBe(1);
  });

  it('is read bare', () => {
    expect(decodeCreatedProfile(bare, root()).profileId).toBe(developerId);
  });

  it('names a broken version by its path', () => {
    const version = { ...generatedVersionReply.value, version_number: 'one' };
    const created = decodeCreatedProfile({ value: bare, version }, root());
    expect(created.name).toBe('Salesforce Developer');
    expect(() => created.currentVersionNumber).toThrow(
      'version.version_number: expected a 32-bit integer, found a string',
    );
  });
});
