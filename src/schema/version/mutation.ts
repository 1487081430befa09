import { refuseNulls } from '../../filter/given-input.ts';
import { noPreview } from '../../mutations/preview.ts';
import { type UpdatedVersion, updateVersion } from '../../mutations/version.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { AccessProfileRef, AccessProfileVersionRef } from '../refs.ts';
import { resultUnion } from '../result.ts';
import { selects } from '../selection.ts';
import { refuseUnsetVariables } from '../unset-variables.ts';
import { UpdateAccessProfileVersionInputRef } from './input.ts';
import { VersionChangePreviewRef } from './preview.ts';

const PayloadRef = builder.objectRef<UpdatedVersion>('UpdateAccessProfileVersionPayload').implement({
  description: 'The version was changed, or a dry run shows what would happen.',
  fields: (t) => ({
    accessProfile: t.expose('profile', {
      ...nullOnlyOnError,
      type: AccessProfileRef,
      description: 'Profile of the version as it is after the change; on a dry run as it is now.',
    }),
    version: t.expose('version', {
      type: AccessProfileVersionRef,
      nullable: true,
      description:
        'Version as it is after the change; null on a dry run, and for a draft that the API does not return.',
    }),
    preview: t.field({
      type: VersionChangePreviewRef,
      description: 'Effect of the change on effective entitlements. It is worked out only if it is selected.',
      resolve: ({ preview }) => preview ?? noPreview,
    }),
  }),
});

const result = resultUnion<UpdatedVersion>(
  'UpdateAccessProfileVersionResult',
  'UpdateAccessProfileVersionPayload',
  PayloadRef,
  ['InvalidInputError', 'RuleViolationError', 'NotFoundError', 'PermissionDeniedError', 'ConflictError'],
);

builder.mutationField('updateAccessProfileVersion', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: result.ref,
    description:
      'Changes grants, inheritance or state of a version. Without `version` it works on the draft if there is one, else on the current version. Rules and cycles are checked first. No documented call reads a draft: its lists can be replaced, but entries added or removed only where the API has such a call.',
    args: {
      input: t.arg({
        type: UpdateAccessProfileVersionInputRef,
        required: true,
        description: 'Version to change, and its new values.',
      }),
    },
    resolve: (_root, { input }, context, info) =>
      result.run(context, async (session) => {
        // A forgotten variable must neither write what was to be tried nor remove what was not named.
        refuseNulls(input.dryRun, 'input.dryRun');
        refuseNulls(input.removeEntitlements ?? [], 'input.removeEntitlements');
        refuseUnsetVariables(info, 'input.removeEntitlements');
        return updateVersion(session, input, selects(info, 'preview'));
      }),
  }),
);
