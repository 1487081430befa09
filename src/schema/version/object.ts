import { UpstreamError } from '../../errors.ts';
import { globalId } from '../../model/node-id.ts';
import { parentIdsOfVersion } from '../../model/profile.ts';
import type { Version } from '../../model/version.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { free, listOf, memberList, profilesById } from '../field-cost.ts';
import {
  AccessProfileMemberRef,
  AccessProfileRef,
  AccessProfileVersionRef,
  EntitlementRef,
  NodeRef,
  SyncIdentityActionRef,
} from '../refs.ts';

export const AccessProfileVersionStateRef = builder.enumType('AccessProfileVersionState', {
  description:
    'Lifecycle state of a version. The gateway reports a value that it does not know as UNRECOGNIZED, never as an error.',
  values: {
    DRAFT: { description: 'The version is being edited and grants nothing yet. A profile has at most one draft.' },
    PUBLISHED: { description: 'The version is the current one: its entitlements are in effect.' },
    RETIRED: { description: 'A newer version has replaced this one.' },
    UNRECOGNIZED: { description: 'The version has a state that this gateway does not know.' },
  } as const,
});

AccessProfileVersionRef.implement({
  description:
    'Version of an access profile, with its entitlements and parents. A published version can be changed in place, so its number does not identify fixed contents.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the version, such as "AccessProfileVersion:3a2371b6-…:2".',
      resolve: ({ profileId, versionNumber }) => globalId('AccessProfileVersion', profileId, versionNumber),
    }),
    versionNumber: t.exposeInt('versionNumber', { description: 'Number of the version within its profile, from 1.' }),
    state: t.expose('state', { type: AccessProfileVersionStateRef, description: 'Lifecycle state of the version.' }),
    accessProfile: t.field({
      ...nullOnlyOnError,
      type: AccessProfileRef,
      cost: free,
      description: 'Profile that the version belongs to.',
      resolve: (version, _args, context) => profileOf(version, context),
    }),
    entitlements: t.expose('entitlements', {
      ...nullOnlyOnError,
      type: [EntitlementRef],
      cost: listOf(10),
      description: 'Direct entitlements of the version, without inherited ones.',
    }),
    inheritsFrom: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      cost: profilesById(3, 3),
      needs: 'followsEdges',
      description:
        'Direct parents of the version: profiles whose entitlements it inherits. Parents that the Veza API does not return to your key are left out.',
      resolve: async (version, _args, context) => {
        const ids = version.inheritsFromIds ?? parentIdsOfVersion(await profileOf(version, context), version);
        return context.loaders.profiles.loadMany(ids);
      },
    }),
    members: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileMemberRef],
      cost: memberList,
      description:
        'Identities that are members of the version. If the profile list does not include members, this field costs one request to the Veza API.',
      resolve: async (version, _args, context) => {
        const { members } = context.loaders;
        const profile = await profileOf(version, context);
        return profile.currentVersionNumber === version.versionNumber
          ? members.ofProfile(profile)
          : members.ofVersion(version.profileId, version.versionNumber);
      },
    }),
    rbacId: t.exposeString('rbacId', {
      nullable: true,
      description: 'Id of the version in the access controls of the Veza API.',
    }),
    accessRequestPolicyId: t.exposeString('accessRequestPolicyId', {
      nullable: true,
      description: 'Id of the policy that governs access requests for the version.',
    }),
    applicationDatasourceId: t.exposeString('applicationDatasourceId', {
      nullable: true,
      description: 'Data source of the application, if the version only connects people to an application.',
    }),
    applicationSyncIdentityAction: t.expose('applicationSyncIdentityAction', {
      type: SyncIdentityActionRef,
      nullable: true,
      description: 'Lifecycle action of the application, if the version only connects people to an application.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the version was created.',
    }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'User who created the version.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the version was last changed.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the version was published.',
    }),
    publishedBy: t.exposeString('publishedBy', { nullable: true, description: 'User who published the version.' }),
  }),
});

/** The profile of a version. Throws UpstreamError where the API does not return it any more. */
export async function profileOf({ profileId }: Version, { loaders }: Context) {
  const profile = await loaders.profiles.load(profileId);
  if (profile !== null) return profile;
  throw new UpstreamError('NOT_FOUND', `The Veza API does not return profile ${profileId} any more.`, {});
}
