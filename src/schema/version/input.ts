import {
  EntitlementInputRef,
  EntityRefInputRef,
  SyncIdentityActionInputRef,
  UpdateAccessProfileVersionInputRef,
} from '../input-refs.ts';
import { AccessProfileVersionStateRef } from './object.ts';

UpdateAccessProfileVersionInputRef.implement({
  description:
    'Changes to the entitlements, parents or state of a version. Fields that are left out keep their values.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Global id of the profile, or its id in the Veza API.' }),
    version: t.int({
      description: 'Number of the version to change. Default: the draft if there is one, else the current version.',
    }),
    state: t.field({
      type: AccessProfileVersionStateRef,
      description: 'New state of the version; PUBLISHED publishes a draft.',
    }),
    entitlements: t.field({
      type: [EntitlementInputRef],
      description: 'New direct entitlements, which replace the whole list.',
    }),
    addEntitlements: t.field({
      type: [EntitlementInputRef],
      description:
        'Entitlements to add. If the version has the entitlement already, the fields given here replace its values.',
    }),
    removeEntitlements: t.field({
      type: [EntityRefInputRef],
      description:
        'Entities whose entitlements are removed from the version. An entity that the version does not grant fails with InvalidInputError.',
    }),
    inheritsFrom: t.idList({ description: 'Ids of the new parents, which replace all parents.' }),
    addInheritsFrom: t.idList({ description: 'Ids of parents to add.' }),
    removeInheritsFrom: t.idList({
      description: 'Ids of parents to remove. A profile that is not a parent fails with InvalidInputError.',
    }),
    accessRequestPolicyId: t.string({
      description: 'Id of the policy that governs access requests for the version; null clears it.',
    }),
    applicationDatasourceId: t.string({
      description: 'Data source of the application that the version connects people to; null clears it.',
    }),
    applicationSyncIdentityAction: t.field({
      type: SyncIdentityActionInputRef,
      description: 'Lifecycle action of the application that the version connects people to; null clears it.',
    }),
    ifUpdatedAt: t.field({
      type: 'DateTime',
      description:
        'The `updatedAt` of the profile that you read last. If the profile has changed since, the mutation fails with ConflictError.',
    }),
    dryRun: t.boolean({
      defaultValue: false,
      description: 'True changes nothing and returns the preview. Default: false.',
    }),
  }),
});
