import type { Entitlement } from '../../model/entitlement.ts';
import type { Profile } from '../../model/profile.ts';
import type { VersionChangePreview } from '../../mutations/preview.ts';
import { builder } from '../builder.ts';
import { RuleViolationRef } from '../failure.ts';
import { AccessProfileRef, EntitlementRef } from '../refs.ts';

interface AffectedProfile {
  readonly profile: Profile;
  readonly gained: readonly Entitlement[];
  readonly lost: readonly Entitlement[];
}

const AffectedProfileRef = builder.objectRef<AffectedProfile>('AffectedProfile').implement({
  description: 'A profile whose effective grants a change alters.',
  fields: (t) => ({
    profile: t.field({
      type: AccessProfileRef,
      description: 'The profile.',
      // Anew: after the change it is not what the preview was worked out from.
      resolve: async ({ profile }, _args, { loaders }) => (await loaders.profiles.load(profile.profileId)) ?? profile,
    }),
    gained: t.expose('gained', { type: [EntitlementRef], description: 'What it grants only after the change.' }),
    lost: t.expose('lost', { type: [EntitlementRef], description: 'What it grants only before the change.' }),
  }),
});

export const VersionChangePreviewRef = builder.objectRef<VersionChangePreview>('VersionChangePreview').implement({
  description:
    'What a version change does to effective grants, here and in every profile that inherits from it, as if the version were live.',
  fields: (t) => ({
    addedEntitlements: t.expose('addedEntitlements', {
      type: [EntitlementRef],
      description: 'Grants that the version itself gets.',
    }),
    removedEntitlements: t.expose('removedEntitlements', {
      type: [EntitlementRef],
      description: 'Grants that the version itself loses.',
    }),
    affectedProfiles: t.expose('affectedProfiles', {
      type: [AffectedProfileRef],
      description: 'Profiles whose effective grants change, this one first.',
    }),
    violations: t.expose('violations', {
      type: [RuleViolationRef],
      description: 'Rules that the change would break. Outside of a dry run such a change is refused.',
    }),
  }),
});
