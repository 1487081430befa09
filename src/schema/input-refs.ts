import type { ProfileFilter } from '../filter/typed-filter.ts';
import type {
  AttributeTransformerInput,
  CatalogItemInput,
  CreateEntitlementInput,
  CreateProfileInput,
  EntitlementInput,
  EntityRefInput,
  GrantConditionInput,
  UpdateProfileInput,
  UpdateVersionInput,
} from '../model/change-input.ts';
import type { SyncIdentityAction } from '../model/entitlement.ts';
import { builder } from './builder.ts';

/** Input types that several folders use. */
export const SyncIdentityActionInputRef = builder.inputRef<SyncIdentityAction>('SyncIdentityActionInput');
export const GrantConditionInputRef = builder.inputRef<GrantConditionInput>('GrantConditionInput');
export const AccessProfileFilterRef = builder.inputRef<ProfileFilter>('AccessProfileFilter');
export const EntitlementInputRef = builder.inputRef<EntitlementInput>('EntitlementInput');
export const EntityRefInputRef = builder.inputRef<EntityRefInput>('EntityRefInput');
export const CatalogItemInputRef = builder.inputRef<CatalogItemInput>('CatalogItemInput');
export const AttributeTransformerInputRef = builder.inputRef<AttributeTransformerInput>('AttributeTransformerInput');
export const CreateEntitlementInputRef = builder.inputRef<CreateEntitlementInput>('CreateEntitlementInput');
export const CreateAccessProfileInputRef = builder.inputRef<CreateProfileInput>('CreateAccessProfileInput');
export const UpdateAccessProfileInputRef = builder.inputRef<UpdateProfileInput>('UpdateAccessProfileInput');
export const UpdateAccessProfileVersionInputRef = builder.inputRef<UpdateVersionInput>(
  'UpdateAccessProfileVersionInput',
);
