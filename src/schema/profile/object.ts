import { globalId } from '../../model/node-id.ts';
import { currentVersionOf, directEntitlements, directParentIds } from '../../model/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import {
  AccessProfileMemberRef,
  AccessProfileRef,
  AccessProfileTypeRef,
  AccessProfileVersionRef,
  CatalogItemRef,
  EntitlementRef,
  NodeRef,
} from '../refs.ts';
import { AccessProfileStateRef } from './state.ts';

AccessProfileRef.implement({
  description:
    'An access profile: a named bundle of entitlements, which may inherit the entitlements of other profiles. What it grants is held by its versions; its name, state and labels are its own.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Its global id, such as "AccessProfile:3a2371b6-…".',
      resolve: (profile) => globalId('AccessProfile', profile.profileId),
    }),
    profileId: t.exposeString('profileId', { description: 'Its id in the Access Profile API.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    state: t.expose('state', { type: AccessProfileStateRef, description: 'Lifecycle state of the profile.' }),
    labels: t.exposeStringList('labels', {
      description: 'Free texts to sort profiles by, such as "production" or "requestable".',
    }),
    integrations: t.exposeStringList('integrations', {
      description: 'The integrations it grants access in, such as "SALESFORCE".',
    }),
    providerIds: t.exposeStringList('providerIds', { description: 'The Veza providers it grants access in.' }),
    providerExternalIds: t.exposeStringList('providerExternalIds', {
      description: 'The same providers by their own names, such as an Okta domain.',
    }),
    datasourceIds: t.exposeStringList('datasourceIds', { description: 'The data sources it grants access in.' }),
    usedByWorkflow: t.exposeBoolean('usedByWorkflow', {
      nullable: true,
      description: 'Whether a lifecycle policy uses it.',
    }),
    requestable: t.exposeBoolean('requestable', {
      nullable: true,
      description: 'Whether people can request it. Not the same as a label "requestable".',
    }),
    requireApprovalToStart: t.exposeBoolean('requireApprovalToStart', {
      nullable: true,
      description: 'Whether somebody has to approve it before it runs.',
    }),
    catalogItem: t.expose('catalogItem', {
      type: CatalogItemRef,
      nullable: true,
      description: 'How it appears in the catalog of Access Hub.',
    }),
    accessRequestPolicyId: t.exposeString('accessRequestPolicyId', {
      nullable: true,
      description: 'The policy that rules requests for it.',
    }),
    customProperties: t.expose('customProperties', {
      type: 'StringMap',
      nullable: true,
      description: 'Further properties of your own.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it was first started.' }),
    startedBy: t.exposeString('startedBy', { nullable: true, description: 'Who started it.' }),
    lastSyncedAt: t.expose('lastSyncedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last synchronized with its targets.',
    }),
    lastSyncErrorMessage: t.exposeString('lastSyncErrorMessage', {
      nullable: true,
      description: 'Why the last synchronization failed; null if it did not.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true, description: 'When it was created.' }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'Who created it.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true, description: 'When it was last changed.' }),
  }),
});

builder.objectFields(AccessProfileRef, (t) => ({
  type: t.field({
    type: AccessProfileTypeRef,
    nullable: true,
    description:
      'Type of the profile, whose rules the profile must keep; null if the profile has no type or the API does not return the type to you.',
    resolve: ({ typeId }, _args, { loaders }) => (typeId === null ? null : loaders.types.reference(typeId)),
  }),
  currentVersionNumber: t.exposeInt('currentVersionNumber', {
    nullable: true,
    description: 'The number of the version that is live; null if none is published.',
  }),
  draftVersionNumber: t.exposeInt('draftVersionNumber', {
    nullable: true,
    description: 'The number of the version that is being edited; null if there is no draft.',
  }),
  currentVersion: t.field({
    type: AccessProfileVersionRef,
    nullable: true,
    description: 'The version that is live; null if none is published.',
    resolve: (profile) => currentVersionOf(profile),
  }),
  inheritsFrom: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileRef],
    description:
      'Direct parents: the profiles whose entitlements the current version of this profile takes over. Parents that the API does not return to you are left out; `missingParentIds` names them.',
    resolve: (profile, _args, { loaders }) => loaders.profiles.parentsOf(profile),
  }),
  missingParentIds: t.stringList({
    ...nullOnlyOnError,
    description:
      'Ids of direct parents that the API does not return to you, since they are deleted or hidden from your key. The entitlements of these parents are unknown.',
    resolve: async (profile, _args, { loaders }) => {
      const found = new Set((await loaders.profiles.parentsOf(profile)).map((parent) => parent.profileId));
      return directParentIds(profile).filter((id) => !found.has(id));
    },
  }),
  inheritedBy: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileRef],
    description: 'Direct children: the profiles whose current version takes over the entitlements of this profile.',
    resolve: (profile, _args, { loaders }) => loaders.profiles.childrenOf(profile),
  }),
  entitlements: t.field({
    ...nullOnlyOnError,
    type: [EntitlementRef],
    description: 'Direct entitlements: those of the current version of the profile, without inherited ones.',
    resolve: (profile) => directEntitlements(profile),
  }),
  members: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileMemberRef],
    description:
      'Identities that are members of the current version of the profile. Unless the profile list carries them, this costs one call to the API per profile.',
    resolve: (profile, _args, { loaders }) => loaders.members.ofProfile(profile),
  }),
}));
