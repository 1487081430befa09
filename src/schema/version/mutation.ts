import { refuseNulls } from '../../filter/given-input.ts';
import { directParentIds } from '../../model/profile.ts';
import { noPreview } from '../../mutations/preview.ts';
import { type UpdatedVersion, updateVersion } from '../../mutations/version.ts';
import { refuseUnsetVariables } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { calls, free, graphWalk, profilesById } from '../field-cost.ts';
import { UpdateAccessProfileVersionInputRef } from '../input-refs.ts';
import { mutationResult } from '../mutation.ts';
import { AccessProfileRef, AccessProfileVersionRef } from '../refs.ts';
import { selects } from '../selection.ts';
import './input.ts';
import { VersionChangePreviewRef } from './preview.ts';

const PayloadRef = builder.objectRef<UpdatedVersion>('UpdateAccessProfileVersionPayload').implement({
  description: 'Result of changing a version, or of a dry run.',
  fields: (t) => ({
    accessProfile: t.expose('profile', {
      ...nullOnlyOnError,
      type: AccessProfileRef,
      cost: free,
      description: 'Profile of the version after the change; on a dry run, the profile as it is now.',
    }),
    version: t.expose('version', {
      type: AccessProfileVersionRef,
      nullable: true,
      description: 'Version after the change; null on a dry run, and for a draft that the Veza API does not return.',
    }),
    changedParents: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      cost: profilesById(3, 3),
      description:
        'Profiles that the change made a parent of the profile, and former parents: the profiles whose `inheritedBy` differs after the change. Select their `inheritedBy` to keep the cache of a client up to date.',
      resolve: ({ before, profile }, _args, { loaders }) => {
        const [old, now] = [directParentIds(before), directParentIds(profile)];
        const added = now.filter((id) => !old.includes(id));
        return loaders.profiles.loadMany([...added, ...old.filter((id) => !now.includes(id))]);
      },
    }),
    preview: t.field({
      type: VersionChangePreviewRef,
      cost: graphWalk(1),
      description: 'Effect of the change on effective entitlements. The gateway computes it only if it is selected.',
      resolve: ({ preview }) => preview ?? noPreview,
    }),
  }),
});

const result = mutationResult(PayloadRef, 'NotFoundError', 'RuleViolationError');

builder.mutationField('updateAccessProfileVersion', (t) =>
  t.field({
    ...result.field,
    cost: calls(8, { once: 'scan' }),
    description:
      'Changes entitlements, parents or state of a version. Without `version`, it changes the draft if there is one, else the current version. The gateway first checks for cycles and for rules of the type. No documented call of the Veza API reads a draft: you can replace its lists, but add or remove entries only if the Veza API has a call for that.',
    args: {
      input: t.arg({
        type: UpdateAccessProfileVersionInputRef,
        required: true,
        description: 'Version to change, and its new values.',
      }),
    },
    resolve: result.resolve(async (session, input, _context, info) => {
      // A forgotten variable must not write what was to be tried, skip a check, or remove what was not named.
      refuseNulls(input.dryRun, 'input.dryRun');
      refuseNulls(input.ifUpdatedAt, 'input.ifUpdatedAt');
      refuseNulls(input.removeEntitlements ?? [], 'input.removeEntitlements');
      refuseUnsetVariables(info, 'input.removeEntitlements');
      return updateVersion(session, input, {
        wantsPreview: selects(info, 'preview'),
        wantsMembers: selects(info, 'preview', 'affectedMembers'),
      });
    }),
  }),
);
