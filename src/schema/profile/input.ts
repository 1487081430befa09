import type { ChangeLabelsInput, SetLabelsInput } from '../../model/change-input.ts';
import { builder } from '../builder.ts';
import {
  CatalogItemInputRef,
  CreateAccessProfileInputRef,
  EntitlementInputRef,
  SyncIdentityActionInputRef,
  UpdateAccessProfileInputRef,
} from '../input-refs.ts';
import { AccessProfileStateRef } from './state.ts';

const whichProfile = 'Global id of the profile, or its id in the Veza API.';

CatalogItemInputRef.implement({
  description: 'Catalog item: how a profile appears in the catalog of Access Hub.',
  fields: (t) => ({
    name: t.string({ description: 'Title on the catalog card.' }),
    description: t.string({ description: 'Text on the catalog card, without formatting.' }),
    markdownDescription: t.string({ description: 'Text on the catalog card, as Markdown.' }),
    icon: t.string({ description: 'Picture on the catalog card.' }),
    recommended: t.boolean({ description: 'Whether the catalog recommends the profile.' }),
  }),
});

CreateAccessProfileInputRef.implement({
  description: 'Access profile to create. The Veza API publishes its first version immediately.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the profile.' }),
    description: t.string({ description: 'Purpose of the profile.' }),
    state: t.field({
      type: AccessProfileStateRef,
      required: true,
      description: 'Initial lifecycle state of the profile.',
    }),
    type: t.id({
      required: true,
      description: 'Global id of the type of the profile, or the id of the type in the Veza API.',
    }),
    entitlements: t.field({ type: [EntitlementInputRef], description: 'Direct entitlements of the profile.' }),
    inheritsFrom: t.idList({
      description: 'Ids of the parents: profiles whose entitlements the new profile inherits.',
    }),
    labels: t.stringList({ description: 'Labels of the profile. Duplicates are removed.' }),
    accessRequestPolicyId: t.string({ description: 'Id of the policy that governs access requests for the profile.' }),
    applicationDatasourceId: t.string({
      description:
        'Data source of the application, if the type allows profiles only to connect people to an application.',
    }),
    applicationSyncIdentityAction: t.field({
      type: SyncIdentityActionInputRef,
      description:
        'Lifecycle action of the application, if the type allows profiles only to connect people to an application.',
    }),
    customProperties: t.field({ type: 'StringMap', description: 'Custom properties of the profile.' }),
  }),
});

UpdateAccessProfileInputRef.implement({
  description:
    'Changes to an access profile. Fields that are left out keep their values. To change entitlements or parents, use `updateAccessProfileVersion`.',
  fields: (t) => ({
    id: t.id({ required: true, description: whichProfile }),
    name: t.string({ description: 'New name of the profile.' }),
    description: t.string({ description: 'New description of the profile; null clears it.' }),
    state: t.field({ type: AccessProfileStateRef, description: 'New lifecycle state, to start or pause the profile.' }),
    labels: t.stringList({
      description:
        'New labels, which replace all labels of the profile. To add or remove some labels, use `addAccessProfileLabels` and `removeAccessProfileLabels`.',
    }),
    datasourceIds: t.stringList({
      description: 'Ids of the new data sources, which replace all data sources of the profile.',
    }),
    requireApprovalToStart: t.boolean({ description: 'Whether the profile needs an approval before it starts.' }),
    catalogItem: t.field({
      type: CatalogItemInputRef,
      description: 'New catalog item, which replaces the whole existing one; null clears it.',
    }),
    customProperties: t.field({
      type: 'StringMap',
      description: 'New custom properties, which replace all custom properties of the profile; null clears them.',
    }),
    ifUpdatedAt: t.field({
      type: 'DateTime',
      description:
        'The `updatedAt` of the profile that you read last. If the profile has changed since, the mutation fails with ConflictError.',
    }),
  }),
});

export const SetAccessProfileLabelsInputRef = builder
  .inputRef<SetLabelsInput>('SetAccessProfileLabelsInput')
  .implement({
    description: 'New labels of an access profile.',
    fields: (t) => ({
      id: t.id({ required: true, description: whichProfile }),
      labels: t.stringList({
        required: true,
        description: 'New labels, which replace all labels of the profile. Duplicates are removed.',
      }),
      ifUpdatedAt: t.field({
        type: 'DateTime',
        description:
          'The `updatedAt` of the profile that you read last. If the profile has changed since, the mutation fails with ConflictError.',
      }),
    }),
  });

export const ChangeAccessProfileLabelsInputRef = builder
  .inputRef<ChangeLabelsInput>('ChangeAccessProfileLabelsInput')
  .implement({
    description: 'Labels to add to an access profile or to remove from it.',
    fields: (t) => ({
      id: t.id({ required: true, description: whichProfile }),
      labels: t.stringList({ required: true, description: 'Labels to add or to remove.' }),
    }),
  });
