import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import { type Profile, parentIdsOfVersion } from '../../model/profile.ts';
import type { Version } from '../../model/version.ts';
import { versionNumber } from '../arguments.ts';
import { builder } from '../builder.ts';
import { calls, listOf, profilesById } from '../field-cost.ts';
import { AccessProfileRef, AccessProfileVersionRef, EntitlementRef } from '../refs.ts';
import { profileOf } from './object.ts';

interface VersionComparison {
  readonly from: Version;
  readonly to: Version;
  readonly addedEntitlements: readonly Entitlement[];
  readonly removedEntitlements: readonly Entitlement[];
  readonly addedParentIds: readonly string[];
  readonly removedParentIds: readonly string[];
}

const VersionComparisonRef = builder.objectRef<VersionComparison>('VersionComparison').implement({
  description: 'Differences between two versions of an access profile.',
  fields: (t) => ({
    from: t.expose('from', { type: AccessProfileVersionRef, description: 'Version with the number in `number`.' }),
    to: t.expose('to', { type: AccessProfileVersionRef, description: 'Version that `comparedTo` is selected on.' }),
    addedEntitlements: t.expose('addedEntitlements', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Direct entitlements of `to` that `from` does not have.',
    }),
    removedEntitlements: t.expose('removedEntitlements', {
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Direct entitlements of `from` that `to` does not have.',
    }),
    addedInheritsFrom: t.field({
      type: [AccessProfileRef],
      cost: profilesById(1),
      needs: 'followsEdges',
      description:
        'Direct parents of `to` that `from` does not have. Parents that the Veza API does not return to your key are left out.',
      resolve: ({ addedParentIds }, _args, { loaders }) => loaders.profiles.loadMany(addedParentIds),
    }),
    removedInheritsFrom: t.field({
      type: [AccessProfileRef],
      cost: profilesById(1),
      needs: 'followsEdges',
      description:
        'Direct parents of `from` that `to` does not have. Parents that the Veza API does not return to your key are left out.',
      resolve: ({ removedParentIds }, _args, { loaders }) => loaders.profiles.loadMany(removedParentIds),
    }),
  }),
});

builder.objectField(AccessProfileVersionRef, 'comparedTo', (t) =>
  t.field({
    type: VersionComparisonRef,
    cost: calls(2),
    nullable: true,
    description:
      'What this version has that the version `number` of the same profile does not have, and the other way round; null if the Veza API shows that there is no version `number`. Fails with NOT_SUPPORTED if the Veza API has no call that reads it.',
    args: { number: t.arg.int({ required: true, description: 'Number of the version to compare with, from 1.' }) },
    resolve: async (to, { number }, context) => {
      const profile = await profileOf(to, context);
      const from = await context.loaders.versions.load(profile, versionNumber(number));
      return from === null ? null : compare(profile, from, to);
    },
  }),
);

function compare(profile: Profile, from: Version, to: Version): VersionComparison {
  const [before, after] = [parentIdsOfVersion(profile, from), parentIdsOfVersion(profile, to)];
  return {
    from,
    to,
    addedEntitlements: without(to.entitlements, from.entitlements),
    removedEntitlements: without(from.entitlements, to.entitlements),
    addedParentIds: after.filter((id) => !before.includes(id)),
    removedParentIds: before.filter((id) => !after.includes(id)),
  };
}

function without(entitlements: readonly Entitlement[], others: readonly Entitlement[]): readonly Entitlement[] {
  const known = new Set(others.map(entitlementKey));
  return entitlements.filter((each) => !known.has(entitlementKey(each)));
}
