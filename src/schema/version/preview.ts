import { GatewayError } from '../../errors.ts';
import type { VersionChangePreview } from '../../mutations/preview.ts';
import { notReadBack } from '../../mutations/write.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { RuleViolationRef } from '../failure.ts';
import { free, listOf, membersOf } from '../field-cost.ts';
import { AccessProfileRef, AffectedMemberRef, AffectedProfileRef, EntitlementRef } from '../refs.ts';

AffectedProfileRef.implement({
  description: 'Effect of a change on the effective entitlements of one profile.',
  fields: (t) => ({
    profile: t.field({
      type: AccessProfileRef,
      cost: free,
      description:
        'Profile whose effective entitlements change: as it is after the mutation, on a dry run or in a simulation as it is now. A profile that a simulated list creates has an id such as "AccessProfile:#2".',
      resolve: async ({ profile, isCurrent }, _args, { loaders }) => {
        if (isCurrent) return profile;
        try {
          // Load again, since the preview was computed before the change. After a dry run the profile is still loaded.
          return (await loaders.profiles.load(profile.profileId)) ?? profile;
        } catch (error) {
          throw error instanceof GatewayError ? notReadBack(profile.profileId, error) : error;
        }
      },
    }),
    gained: t.expose('gained', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Entitlements that the profile has only after the change.',
    }),
    lost: t.expose('lost', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Entitlements that the profile has only before the change.',
    }),
  }),
});

AffectedMemberRef.implement({
  description: 'Person who gains or loses entitlements by a change.',
  fields: (t) => ({
    identityId: t.exposeString('identityId', { description: 'Id of the identity in Veza lifecycle management.' }),
    identityName: t.exposeString('identityName', { nullable: true, description: 'Name of the identity.' }),
    gained: t.expose('gained', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Entitlements that no profile of the person grants before the change.',
    }),
    lost: t.expose('lost', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Entitlements that no profile of the person grants after the change.',
    }),
  }),
});

export const VersionChangePreviewRef = builder.objectRef<VersionChangePreview>('VersionChangePreview').implement({
  description:
    'Effect of a version change on the effective entitlements of the profile and of all its descendants, as if the version were published.',
  fields: (t) => ({
    addedEntitlements: t.expose('addedEntitlements', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Direct entitlements that the version gains.',
    }),
    removedEntitlements: t.expose('removedEntitlements', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Direct entitlements that the version loses.',
    }),
    affectedProfiles: t.expose('affectedProfiles', {
      type: [AffectedProfileRef],
      cost: listOf(25),
      description: 'Profiles whose effective entitlements change: the changed profile first, then its descendants.',
    }),
    affectedMembers: t.field({
      ...nullOnlyOnError,
      type: [AffectedMemberRef],
      cost: membersOf(10),
      description:
        'People who gain or lose an entitlement, all their memberships considered. Profiles of every state count, and conditions of entitlements are not evaluated. Requires one scan of all profiles, and one request per profile that has such an entitlement.',
      resolve: ({ affectedMembers }, _args, { resultLimit }) => {
        if (affectedMembers instanceof GatewayError) throw affectedMembers;
        resultLimit.spend(affectedMembers?.length ?? 0);
        return affectedMembers ?? [];
      },
    }),
    violations: t.expose('violations', {
      type: [RuleViolationRef],
      cost: listOf(5),
      description: 'Rules that the change would break. Unless it is a dry run, such a change fails.',
    }),
  }),
});
