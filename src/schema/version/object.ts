import { UpstreamError } from '../../errors.ts';
import { globalId } from '../../model/node-id.ts';
import { directParentIds } from '../../model/profile.ts';
import type { Version } from '../../model/version.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
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
    'Where a version stands in its life. A value that this gateway does not know yet is reported as UNRECOGNIZED, never as an error.',
  values: {
    DRAFT: { description: 'Being edited; it grants nothing yet. A profile has at most one.' },
    PUBLISHED: { description: 'Live.' },
    RETIRED: { description: 'Replaced by a newer version.' },
    UNRECOGNIZED: { description: 'A state that this gateway does not know.' },
  } as const,
});

AccessProfileVersionRef.implement({
  description:
    'One version of an access profile: the grants and the inheritance. A published version can be changed in place, so its number does not stand for fixed contents.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Its global id, such as "AccessProfileVersion:3a2371b6-…:2".',
      resolve: ({ profileId, versionNumber }) => globalId('AccessProfileVersion', profileId, versionNumber),
    }),
    versionNumber: t.exposeInt('versionNumber', { description: 'Counts from 1.' }),
    state: t.expose('state', { type: AccessProfileVersionStateRef, description: 'Where it stands in its life.' }),
    accessProfile: t.field({
      ...nullOnlyOnError,
      type: AccessProfileRef,
      description: 'Profile that this is a version of.',
      resolve: (version, _args, context) => profileOf(version, context),
    }),
    entitlements: t.expose('entitlements', {
      ...nullOnlyOnError,
      type: [EntitlementRef],
      description: 'Direct entitlements of the version, without inherited ones.',
    }),
    inheritsFrom: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      description:
        'Profiles whose entitlements the version takes over; those that the API does not return to you are left out.',
      resolve: async (version, _args, context) => {
        const ids = version.inheritsFromIds ?? directParentIds(await profileOf(version, context));
        return context.loaders.profiles.loadMany(ids);
      },
    }),
    members: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileMemberRef],
      description:
        'Identities that are members of the version. Unless the profile list carries them, this costs one call to the API.',
      resolve: async (version, _args, context) => {
        const { members } = context.loaders;
        const profile = await profileOf(version, context);
        return profile.currentVersionNumber === version.versionNumber
          ? members.ofProfile(profile)
          : members.ofVersion(version.profileId, version.versionNumber);
      },
    }),
    accessRequestPolicyId: t.exposeString('accessRequestPolicyId', {
      nullable: true,
      description: 'The policy that rules requests for it.',
    }),
    applicationDatasourceId: t.exposeString('applicationDatasourceId', {
      nullable: true,
      description: 'Where it connects people to an application, if it does nothing else: the data source.',
    }),
    applicationSyncIdentityAction: t.expose('applicationSyncIdentityAction', {
      type: SyncIdentityActionRef,
      nullable: true,
      description: 'Where it connects people to an application, if it does nothing else: the action.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: true, description: 'When it was created.' }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'Who created it.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: true, description: 'When it was last changed.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true, description: 'When it was published.' }),
    publishedBy: t.exposeString('publishedBy', { nullable: true, description: 'Who published it.' }),
  }),
});

async function profileOf({ profileId }: Version, { loaders }: Context) {
  const profile = await loaders.profiles.load(profileId);
  if (profile !== null) return profile;
  throw new UpstreamError('NOT_FOUND', `The Access Profile API does not return profile ${profileId} any more.`, {});
}
