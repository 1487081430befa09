import type {
  ChangeLabelsInput,
  CreateProfileInput,
  SetLabelsInput,
  UpdateProfileInput,
} from '../../model/change-input.ts';
import { builder } from '../builder.ts';
import { CatalogItemInputRef, EntitlementInputRef, SyncIdentityActionInputRef } from '../input-refs.ts';
import { AccessProfileStateRef } from './state.ts';

const whichProfile = 'The profile, by its global id or its id in the API.';

CatalogItemInputRef.implement({
  description: 'How a profile appears in the catalog of Access Hub.',
  fields: (t) => ({
    name: t.string({ required: false, description: 'The title on its card.' }),
    description: t.string({ required: false, description: 'The text on its card.' }),
    markdownDescription: t.string({ required: false, description: 'The same text as Markdown.' }),
    icon: t.string({ required: false, description: 'The picture on its card.' }),
    recommended: t.boolean({ required: false, description: 'Whether it is recommended.' }),
  }),
});

export const CreateAccessProfileInputRef = builder.inputRef<CreateProfileInput>('CreateAccessProfileInput').implement({
  description: 'A new profile; the API publishes its first version at once.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name.' }),
    description: t.string({ required: false, description: 'What it is for.' }),
    state: t.field({ type: AccessProfileStateRef, required: true, description: 'The state it starts in.' }),
    type: t.id({ required: true, description: 'Its type, by global id or by id in the API.' }),
    entitlements: t.field({ type: [EntitlementInputRef], required: false, description: 'What it grants itself.' }),
    inheritsFrom: t.idList({ required: false, description: 'The profiles whose grants it takes over.' }),
    labels: t.stringList({ required: false, description: 'Its labels; the same one twice counts once.' }),
    accessRequestPolicyId: t.string({ required: false, description: 'The policy that rules requests for it.' }),
    applicationDatasourceId: t.string({
      required: false,
      description: 'Where it connects people to an application, if its type allows nothing else: the data source.',
    }),
    applicationSyncIdentityAction: t.field({
      type: SyncIdentityActionInputRef,
      required: false,
      description: 'Where it connects people to an application, if its type allows nothing else: the action.',
    }),
    customProperties: t.field({ type: 'StringMap', required: false, description: 'Further properties of your own.' }),
  }),
});

export const UpdateAccessProfileInputRef = builder.inputRef<UpdateProfileInput>('UpdateAccessProfileInput').implement({
  description: 'Changes to a profile. What is left out stays; grants and inheritance belong to its version.',
  fields: (t) => ({
    id: t.id({ required: true, description: whichProfile }),
    name: t.string({ required: false, description: 'Its new name.' }),
    description: t.string({ required: false, description: 'Its new description; null clears it.' }),
    state: t.field({
      type: AccessProfileStateRef,
      required: false,
      description: 'Its new state, to start or pause it.',
    }),
    labels: t.stringList({
      required: false,
      description: 'Its new labels, in place of all it has. To add or remove some, use the mutations for that.',
    }),
    datasourceIds: t.stringList({ required: false, description: 'Its new data sources, in place of all it has.' }),
    requireApprovalToStart: t.boolean({
      required: false,
      description: 'Whether somebody has to approve it before it runs.',
    }),
    catalogItem: t.field({
      type: CatalogItemInputRef,
      required: false,
      description: 'How it appears in the catalog, in place of all that is there; null clears it.',
    }),
    customProperties: t.field({
      type: 'StringMap',
      required: false,
      description: 'Its new custom properties, in place of all it has; null clears them.',
    }),
    ifUpdatedAt: t.field({
      type: 'DateTime',
      required: false,
      description: 'Refuse with ConflictError if the profile has changed since.',
    }),
  }),
});

export const SetAccessProfileLabelsInputRef = builder
  .inputRef<SetLabelsInput>('SetAccessProfileLabelsInput')
  .implement({
    description: 'New labels for a profile.',
    fields: (t) => ({
      id: t.id({ required: true, description: whichProfile }),
      labels: t.stringList({ required: true, description: 'Its labels from now on; the same one twice counts once.' }),
      ifUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: 'Refuse with ConflictError if the profile has changed since.',
      }),
    }),
  });

export const ChangeAccessProfileLabelsInputRef = builder
  .inputRef<ChangeLabelsInput>('ChangeAccessProfileLabelsInput')
  .implement({
    description: 'Labels to add to a profile or to take away from it.',
    fields: (t) => ({
      id: t.id({ required: true, description: whichProfile }),
      labels: t.stringList({ required: true, description: 'The labels.' }),
    }),
  });
