import type { CreateProfileTypeInput } from '../../model/change-input.ts';
import { builder } from '../builder.ts';
import { AttributeTransformerInputRef, CreateEntitlementInputRef, GrantConditionInputRef } from '../input-refs.ts';

AttributeTransformerInputRef.implement({
  description: 'How one attribute in a target is made from attributes of the source.',
  fields: (t) => ({
    destinationAttribute: t.string({ required: false, description: 'The attribute made.' }),
    destinationValueFormatter: t.string({ required: false, description: 'The format of its value.' }),
    continuousSync: t.boolean({ required: false, description: 'Whether it is kept up to date.' }),
    additionalValueFormatter: t.stringList({ required: false, description: 'Formats of further values.' }),
    pipelineFunctions: t.string({ required: false, description: 'Functions that its value goes through.' }),
    uniqueIdentifier: t.boolean({ required: false, description: 'Whether it identifies the entity.' }),
  }),
});

CreateEntitlementInputRef.implement({
  description: 'An entitlement to be created in the target for each profile of a type.',
  fields: (t) => ({
    datasourceId: t.string({ required: false, description: 'The data source it is created in.' }),
    entityType: t.string({ required: false, description: 'What kind of entity is created.' }),
    attributeTransformers: t.field({
      type: [AttributeTransformerInputRef],
      required: false,
      description: 'How the attributes of the entity are made.',
    }),
    addMemberCondition: t.field({
      type: GrantConditionInputRef,
      required: false,
      description: 'Which identities are added to it; without one all members.',
    }),
  }),
});

export const CreateAccessProfileTypeInputRef = builder
  .inputRef<CreateProfileTypeInput>('CreateAccessProfileTypeInput')
  .implement({
    description: 'A new type. What is left out is decided by the API.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'Its name.' }),
      description: t.string({ required: false, description: 'What it is for.' }),
      allowInheritEntities: t.boolean({
        required: false,
        description: 'Whether its profiles may inherit from other profiles.',
      }),
      allowInheritedFromTypes: t.idList({
        required: false,
        description: 'The types that its profiles may inherit from; empty means any type.',
      }),
      allowCreateRelationships: t.boolean({
        required: false,
        description: 'Whether its profiles may grant entitlements themselves.',
      }),
      requireSingleDatasource: t.boolean({
        required: false,
        description: 'Whether all entitlements of a profile must be in one data source.',
      }),
      requireSingleIntegration: t.boolean({
        required: false,
        description: 'Whether all entitlements of a profile must be in one integration.',
      }),
      addIntegrationPrefixToAccessProfileNames: t.boolean({
        required: false,
        description: 'Whether names of profiles get the integration as a prefix; needs a single integration.',
      }),
      maxEntitlements: t.int({ required: false, description: 'The most entitlements of a profile.' }),
      createEntitlementBasedOnProfile: t.boolean({
        required: false,
        description: 'Whether entitlements that are missing in the target are created; needs a single integration.',
      }),
      createEntitlements: t.field({
        type: [CreateEntitlementInputRef],
        required: false,
        description: 'The entitlements to be created for each profile.',
      }),
      noEntitlements: t.boolean({
        required: false,
        description: 'Whether its profiles only connect people to an application.',
      }),
      onCreateBehavior: t.string({
        required: false,
        description: 'The state that new profiles start in, in the words of the API, such as "INITIAL".',
      }),
      instructions: t.string({
        required: false,
        description: 'Markdown that is shown to those who write a profile.',
      }),
      timeBeforeSyncCheckInSeconds: t.int({
        required: false,
        description: 'Seconds between comparisons of the member list with the target; 0 turns them off.',
      }),
      accessRequestPolicyId: t.string({
        required: false,
        description: 'The policy that rules requests for its profiles unless they choose another.',
      }),
      allowOverwriteOfAccessRequestPolicy: t.boolean({
        required: false,
        description: 'Whether its profiles may choose another request policy.',
      }),
      nameTransformer: t.field({
        type: AttributeTransformerInputRef,
        required: false,
        description: 'How names of profiles are made.',
      }),
      removeEntitlementOnMemberUponUpdate: t.boolean({
        required: false,
        description: 'Whether members lose an entitlement that is taken out of a version.',
      }),
    }),
  });
