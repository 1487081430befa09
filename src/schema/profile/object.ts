import { globalId } from '../../model/node-id.ts';
import { currentVersionOf, directEntitlements, directParentIds } from '../../model/profile.ts';
import { versionNumber } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { calls, childProfiles, listOf, memberList, profilesById, typesOnce } from '../field-cost.ts';
import {
  AccessProfileMemberRef,
  AccessProfileRef,
  AccessProfileTypeRef,
  AccessProfileVersionRef,
  CatalogItemRef,
  CreateEntitlementRef,
  EntitlementRef,
  NodeRef,
} from '../refs.ts';
import { AccessProfileStateRef } from './state.ts';

AccessProfileRef.implement({
  description:
    'Access profile: a named bundle of entitlements, which can inherit the entitlements of other profiles. Entitlements and parents belong to its versions; name, state and labels belong to the profile.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the profile, such as "AccessProfile:3a2371b6-…".',
      resolve: (profile) => globalId('AccessProfile', profile.profileId),
    }),
    profileId: t.exposeString('profileId', { description: 'Id of the profile in the Veza API.' }),
    name: t.exposeString('name', { description: 'Name of the profile.' }),
    description: t.exposeString('description', { nullable: true, description: 'Purpose of the profile.' }),
    state: t.expose('state', { type: AccessProfileStateRef, description: 'Lifecycle state of the profile.' }),
    labels: t.exposeStringList('labels', {
      description: 'Labels of the profile: free texts for grouping profiles, such as "production" or "requestable".',
    }),
    integrations: t.exposeStringList('integrations', {
      description: 'Integrations in which the profile grants access, such as "SALESFORCE".',
    }),
    providerIds: t.exposeStringList('providerIds', {
      description: 'Ids of the Veza providers in which the profile grants access.',
    }),
    providerExternalIds: t.exposeStringList('providerExternalIds', {
      description: 'External ids of the providers in `providerIds`, such as an Okta domain.',
    }),
    datasourceIds: t.exposeStringList('datasourceIds', {
      description: 'Ids of the data sources in which the profile grants access.',
    }),
    usedByWorkflow: t.exposeBoolean('usedByWorkflow', {
      nullable: true,
      description: 'Whether a lifecycle policy uses the profile.',
    }),
    requestable: t.boolean({
      cost: { once: 'requestable' },
      needs: 'requestable',
      nullable: true,
      description:
        'Whether people can request the profile; null if the Veza API does not tell. Independent of a label "requestable".',
      resolve: (profile, _args, { loaders }) => loaders.requestable.of(profile),
    }),
    requireApprovalToStart: t.exposeBoolean('requireApprovalToStart', {
      nullable: true,
      description: 'Whether the profile needs an approval before it starts.',
    }),
    catalogItem: t.expose('catalogItem', {
      cost: { once: 'requestable' },
      needs: 'requestable',
      type: CatalogItemRef,
      nullable: true,
      description: 'Catalog item: how the profile appears in the catalog of Access Hub.',
    }),
    accessRequestPolicyId: t.exposeString('accessRequestPolicyId', {
      nullable: true,
      description: 'Id of the policy that governs access requests for the profile.',
    }),
    customProperties: t.expose('customProperties', {
      type: 'StringMap',
      nullable: true,
      description: 'Custom properties of the profile.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the profile was first started.',
    }),
    startedBy: t.exposeString('startedBy', { nullable: true, description: 'User who started the profile.' }),
    lastSyncedAt: t.expose('lastSyncedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the profile was last synchronized with its targets.',
    }),
    lastSyncErrorMessage: t.exposeString('lastSyncErrorMessage', {
      nullable: true,
      description: 'Error message of the last synchronization; null if it succeeded.',
    }),
    lastSyncJobIds: t.exposeStringList('lastSyncJobIds', {
      nullable: true,
      description: 'Ids of the jobs of the last synchronization; null if the Veza API does not report them.',
    }),
    syncAllowed: t.exposeBoolean('syncAllowed', {
      nullable: true,
      description:
        'Whether the profile is synchronized with its targets. Possible only if its type has `createEntitlementBasedOnProfile`.',
    }),
    createdEntitlements: t.expose('createdEntitlements', {
      cost: listOf(2),
      type: [CreateEntitlementRef],
      nullable: true,
      description:
        'Entitlements that the rules of the type created for the profile; null if the Veza API does not report them.',
    }),
    rbacId: t.exposeString('rbacId', {
      nullable: true,
      description: 'Id of the profile in the access controls of the Veza API.',
    }),
    profileTypeRbacId: t.exposeString('profileTypeRbacId', {
      nullable: true,
      description: "Id of the profile's type in the access controls of the Veza API.",
    }),
    identityCreatedBy: t.exposeString('identityCreatedBy', {
      nullable: true,
      description: 'Id of the identity that created the profile.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the profile was created.',
    }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'User who created the profile.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the profile was last changed.',
    }),
  }),
});

builder.objectFields(AccessProfileRef, (t) => ({
  type: t.field({
    type: AccessProfileTypeRef,
    cost: typesOnce,
    nullable: true,
    description:
      'Type of the profile, which sets the rules for it. Null if the profile has no type or the Veza API does not return the type to your key.',
    resolve: ({ typeId }, _args, { loaders }) => (typeId === null ? null : loaders.types.reference(typeId)),
  }),
  currentVersionNumber: t.exposeInt('currentVersionNumber', {
    nullable: true,
    description: 'Number of the current (published) version; null if no version is published.',
  }),
  draftVersionNumber: t.exposeInt('draftVersionNumber', {
    nullable: true,
    description: 'Number of the draft version; null if there is no draft.',
  }),
  currentVersion: t.field({
    type: AccessProfileVersionRef,
    nullable: true,
    description: 'Current (published) version of the profile; null if no version is published.',
    resolve: (profile) => currentVersionOf(profile),
  }),
  draftVersion: t.field({
    type: AccessProfileVersionRef,
    cost: calls(1),
    nullable: true,
    description:
      'Draft version of the profile; null if there is no draft. Fails with NOT_SUPPORTED if the Veza API has no call that reads a draft. Costs one request to the Veza API, and a few more the first time.',
    resolve: (profile, _args, { loaders }) => loaders.versions.draftOf(profile),
  }),
  version: t.field({
    type: AccessProfileVersionRef,
    cost: calls(2),
    nullable: true,
    description:
      'Version of the profile with this number; null if the Veza API shows that there is none. Fails with NOT_SUPPORTED if the Veza API has no call that reads it. The current version costs no request to the Veza API.',
    args: { number: t.arg.int({ required: true, description: 'Number of the version within its profile, from 1.' }) },
    resolve: (profile, { number }, { loaders }) => loaders.versions.load(profile, versionNumber(number)),
  }),
  versions: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileVersionRef],
    cost: calls(5, listOf(5)),
    description:
      'Versions of the profile that the Veza API returns, newest first. Fails with NOT_SUPPORTED if it returns the current one only. Costs one request to the Veza API if it has a list of versions, else one for each version.',
    resolve: (profile, _args, { loaders }) => loaders.versions.all(profile),
  }),
  inheritsFrom: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileRef],
    cost: profilesById(3, 3),
    needs: 'followsEdges',
    description:
      'Direct parents: profiles whose entitlements the current version of this profile inherits. Parents that the Veza API does not return to your key are left out; see `missingParentIds`.',
    resolve: (profile, _args, { loaders }) => loaders.profiles.parentsOf(profile),
  }),
  missingParentIds: t.stringList({
    ...nullOnlyOnError,
    cost: profilesById(3),
    needs: 'followsEdges',
    description:
      'Ids of direct parents that the Veza API does not return to your key: deleted, or not visible to it. The entitlements of these parents are unknown.',
    resolve: async (profile, _args, { loaders }) => {
      const found = new Set((await loaders.profiles.parentsOf(profile)).map((parent) => parent.profileId));
      return directParentIds(profile).filter((id) => !found.has(id));
    },
  }),
  inheritedBy: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileRef],
    cost: childProfiles,
    needs: 'followsEdges',
    description: 'Direct children: profiles whose current version inherits the entitlements of this profile.',
    resolve: (profile, _args, { loaders }) => loaders.profiles.childrenOf(profile),
  }),
  entitlements: t.field({
    ...nullOnlyOnError,
    type: [EntitlementRef],
    cost: listOf(10),
    description: 'Direct entitlements: those of the current version of the profile, without inherited ones.',
    resolve: (profile) => directEntitlements(profile),
  }),
  members: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileMemberRef],
    cost: memberList,
    description:
      'Identities that are members of the current version of the profile. If the profile list does not include members, this field costs one request to the Veza API per profile.',
    resolve: (profile, _args, { loaders }) => loaders.members.ofProfile(profile),
  }),
  memberCount: t.int({
    nullable: true,
    cost: calls(1),
    description:
      'Number of identities that are members of the current version of the profile. If the profile list does not include members, this field costs one request to the Veza API per profile.',
    resolve: (profile, _args, { loaders }) => loaders.members.count(profile),
  }),
}));
