import type { ProfileChangeInput } from '../../model/change-input.ts';
import { maxChanges } from '../../mutations/planned-changes.ts';
import { builder } from '../builder.ts';
import {
  CreateAccessProfileInputRef,
  UpdateAccessProfileInputRef,
  UpdateAccessProfileVersionInputRef,
} from '../input-refs.ts';

export const AccessProfileChangeInputRef = builder.inputRef<ProfileChangeInput>('AccessProfileChangeInput').implement({
  isOneOf: true,
  description:
    'Change of an access profile, within a list of changes. Where a change takes the id of a profile, "#2" means the profile that the change at index 2 creates; that change must come earlier in the list.',
  fields: (t) => ({
    createAccessProfile: t.field({
      type: CreateAccessProfileInputRef,
      description:
        'Profile to create. If a profile with the same name, type and values exists already, that profile is used instead.',
    }),
    updateAccessProfile: t.field({
      type: UpdateAccessProfileInputRef,
      description: 'Changes to the fields of a profile.',
    }),
    updateVersion: t.field({
      type: UpdateAccessProfileVersionInputRef,
      description:
        'Changes to the entitlements, parents or state of a version. Entries to remove that the version does not have are ignored. `dryRun` cannot be true.',
    }),
  }),
});

export const changesDescription = `Changes in the order in which they are made; at most ${maxChanges}.`;
