import { describe, expect, it } from 'vitest';
import { inputPath } from '../../src/mutations/upstream-failure.ts';

describe('inputPath', () => {
  it.each([
    ['name', 'input.name'],
    ['value.profile_type', 'input.type'],
    ['profileType', 'input.type'],
    [
      'entities_to_create_relationships_to[3].sync_identity_action.policy_id',
      'input.entitlements.3.syncIdentityAction.policyId',
    ],
    [
      'create_entitlements[0].attribute_transformers.values[1].destination_attribute',
      'input.createEntitlements.0.attributeTransformers.1.destinationAttribute',
    ],
    ['name_transformer.pipeline_functions', 'input.nameTransformer.pipelineFunctions'],
    ['custom_properties.value.some_key', 'input.customProperties.value.some_key'],
    ['constructor', 'input.constructor'],
    ['', 'input'],
  ])('%s -> %s', (upstream, input) => expect(inputPath(upstream)).toBe(input));
});
