import { noPreview } from '../../mutations/preview.ts';
import { type UpdatedVersion, updateVersion } from '../../mutations/version.ts';
import { builder } from '../builder.ts';
import { AccessProfileVersionRef } from '../refs.ts';
import { resultUnion } from '../result.ts';
import { selects } from '../selection.ts';
import { UpdateAccessProfileVersionInputRef } from './input.ts';
import { VersionChangePreviewRef } from './preview.ts';

const PayloadRef = builder.objectRef<UpdatedVersion>('UpdateAccessProfileVersionPayload').implement({
  description: 'The version was changed, or a dry run shows what would happen.',
  fields: (t) => ({
    version: t.expose('version', {
      type: AccessProfileVersionRef,
      nullable: true,
      description:
        'The version as it is after the change; null on a dry run, and for a draft of which the API tells nothing.',
    }),
    preview: t.field({
      type: VersionChangePreviewRef,
      description: 'What the change does to effective grants. Worked out only if it is asked for.',
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
    type: result.ref,
    description:
      'Changes grants, inheritance or state of a version. Without `version` it works on the draft if there is one, else on the current version. Rules and cycles are checked first. No documented call reads a draft: its lists can be replaced, but entries added or removed only where the API has such a call.',
    args: {
      input: t.arg({ type: UpdateAccessProfileVersionInputRef, required: true, description: 'The changes.' }),
    },
    resolve: (_root, { input }, context, info) =>
      result.run(context, info, (session) => updateVersion(session, input, selects(info, 'preview'))),
  }),
);
