import type { CreateProfileTypeInput } from '../../model/change-input.ts';
import { builder } from '../builder.ts';
import { AttributeTransformerInputRef, CreateEntitlementInputRef, GrantConditionInputRef } from '../input-refs.ts';

AttributeTransformerInputRef.implement({
  description: 'Rule that derives one attribute in the target system from attributes of the source.',
  fields: (t) => ({
    destinationAttribute: t.string({ description: 'Name of the attribute in the target system.' }),
    destinationValueFormatter: t.string({ description: "Format of the attribute's value." }),
    continuousSync: t.boolean({ description: 'Whether the attribute is kept up to date after it is created.' }),
    additionalValueFormatter: t.stringList({ description: 'Formats of additional values of the attribute.' }),
    pipelineFunctions: t.string({ description: 'Functions that transform the value of the attribute.' }),
    uniqueIdentifier: t.boolean({ description: 'Whether the attribute uniquely identifies the entity.' }),
  }),
});

CreateEntitlementInputRef.implement({
  description: 'Entitlement to create in the target system for each profile of a type.',
  fields: (t) => ({
    datasourceId: t.string({ description: 'Id of the data source in which the entity is created.' }),
    entityType: t.string({ description: 'Type of the entity to create.' }),
    attributeTransformers: t.field({
      type: [AttributeTransformerInputRef],
      description: 'Rules that derive the attributes of the entity.',
    }),
    addMemberCondition: t.field({
      type: GrantConditionInputRef,
      description:
        'Condition that selects the identities that receive the entitlement. Without it, all members receive the entitlement.',
    }),
  }),
});

export const CreateAccessProfileTypeInputRef = builder
  .inputRef<CreateProfileTypeInput>('CreateAccessProfileTypeInput')
  .implement({
    description: 'Access profile type to create. The Veza API sets defaults for fields that are left out.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'Name of the type.' }),
      description: t.string({ description: 'Purpose of the type.' }),
      allowInheritEntities: t.boolean({ description: 'Whether profiles of the type can inherit from other profiles.' }),
      allowInheritedFromTypes: t.idList({
        description: 'Ids of the types that profiles of the type can inherit from. An empty list allows any type.',
      }),
      allowCreateRelationships: t.boolean({
        description: 'Whether profiles of the type can have direct entitlements.',
      }),
      requireSingleDatasource: t.boolean({
        description: 'Whether all entitlements of a profile must be in one data source.',
      }),
      requireSingleIntegration: t.boolean({
        description: 'Whether all entitlements of a profile must be in one integration.',
      }),
      addIntegrationPrefixToAccessProfileNames: t.boolean({
        description: 'Whether profile names get the integration as a prefix. Requires a single integration.',
      }),
      maxEntitlements: t.int({ description: 'Maximum number of entitlements per profile.' }),
      createEntitlementBasedOnProfile: t.boolean({
        description:
          'Whether entitlements that are missing in the target system are created. Requires a single integration.',
      }),
      createEntitlements: t.field({
        type: [CreateEntitlementInputRef],
        description: 'Entitlements to create for each profile of the type.',
      }),
      noEntitlements: t.boolean({
        description: 'Whether profiles of the type only connect people to an application, without entitlements.',
      }),
      onCreateBehavior: t.string({
        description: 'Initial state of new profiles, as named by the Veza API, such as "INITIAL".',
      }),
      instructions: t.string({ description: 'Instructions for authors of profiles, as Markdown.' }),
      timeBeforeSyncCheckInSeconds: t.int({
        description: 'Seconds between checks of the member list against the target system; 0 turns the checks off.',
      }),
      accessRequestPolicyId: t.string({
        description:
          'Id of the policy that governs access requests for profiles of the type, unless a profile sets its own.',
      }),
      allowOverwriteOfAccessRequestPolicy: t.boolean({
        description: 'Whether profiles of the type can set their own access request policy.',
      }),
      nameTransformer: t.field({
        type: AttributeTransformerInputRef,
        description: 'Rule that derives the names of profiles.',
      }),
      removeEntitlementOnMemberUponUpdate: t.boolean({
        description: 'Whether members lose an entitlement when it is removed from a version.',
      }),
    }),
  });
