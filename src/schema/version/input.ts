import type { UpdateVersionInput } from '../../model/change-input.ts';
import { builder } from '../builder.ts';
import { EntitlementInputRef, EntityRefInputRef, SyncIdentityActionInputRef } from '../input-refs.ts';
import { AccessProfileVersionStateRef } from './object.ts';

export const UpdateAccessProfileVersionInputRef = builder
  .inputRef<UpdateVersionInput>('UpdateAccessProfileVersionInput')
  .implement({
    description: 'Changes to the grants and the inheritance of a profile. What is left out stays.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'The profile, by its global id or its id in the API.' }),
      version: t.int({
        required: false,
        description: 'Which version; by default the draft if there is one, else the current version.',
      }),
      state: t.field({
        type: AccessProfileVersionStateRef,
        required: false,
        description: 'Its new state; PUBLISHED puts a draft into effect.',
      }),
      entitlements: t.field({
        type: [EntitlementInputRef],
        required: false,
        description: 'What it grants from now on: replaces the list.',
      }),
      addEntitlements: t.field({
        type: [EntitlementInputRef],
        required: false,
        description: 'Grants to add to the list; one that is there already takes on what is said of it here.',
      }),
      removeEntitlements: t.field({
        type: [EntityRefInputRef],
        required: false,
        description:
          'Entities whose entitlements are removed from the list. An entity that the version does not grant is an InvalidInputError.',
      }),
      inheritsFrom: t.idList({ required: false, description: 'Whom it inherits from from now on: replaces the list.' }),
      addInheritsFrom: t.idList({ required: false, description: 'Profiles to add to those it inherits from.' }),
      removeInheritsFrom: t.idList({
        required: false,
        description: 'Parents to remove. A profile that is not a parent is an InvalidInputError.',
      }),
      accessRequestPolicyId: t.string({
        required: false,
        description: 'The policy that rules requests for it; null clears it.',
      }),
      applicationDatasourceId: t.string({
        required: false,
        description: 'Where it connects people to an application: the data source; null clears it.',
      }),
      applicationSyncIdentityAction: t.field({
        type: SyncIdentityActionInputRef,
        required: false,
        description: 'Where it connects people to an application: the action; null clears it.',
      }),
      ifUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: 'Refuse with ConflictError if the profile has changed since.',
      }),
      dryRun: t.boolean({
        required: false,
        defaultValue: false,
        description: 'Change nothing; answer with the preview.',
      }),
    }),
  });
