import type { ProfileFilter } from '../../filter/typed-filter.ts';
import { type LabelResult, type LabelSummary, labelAll } from '../../mutations/bulk-labels.ts';
import { builder } from '../builder.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { conditionOf } from './connection.ts';

interface LabelAccessProfilesInput {
  readonly filter: ProfileFilter;
  readonly add?: readonly string[] | null | undefined;
  readonly remove?: readonly string[] | null | undefined;
  readonly dryRun?: boolean | null | undefined;
}

const LabelAccessProfilesInputRef = builder.inputRef<LabelAccessProfilesInput>('LabelAccessProfilesInput').implement({
  description: 'Labels to add and to remove on every profile that a filter matches.',
  fields: (t) => ({
    filter: t.field({ type: AccessProfileFilterRef, required: true, description: 'Which profiles; {} means all.' }),
    add: t.stringList({ required: false, description: 'Labels that each of them should have.' }),
    remove: t.stringList({ required: false, description: 'Labels that none of them should have.' }),
    dryRun: t.boolean({
      required: false,
      defaultValue: false,
      description: 'Change nothing; answer with what would be changed.',
    }),
  }),
});

const LabelAccessProfileResultRef = builder.objectRef<LabelResult>('LabelAccessProfileResult').implement({
  description: 'What became of one profile.',
  fields: (t) => ({
    profileId: t.exposeString('profileId', { description: 'Its id in the API.' }),
    labels: t.exposeStringList('labels', {
      nullable: true,
      description: 'Its labels now, or on a dry run as they would be; null if they are not known.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why it could not be changed; null if all went well.',
    }),
  }),
});

const LabelAccessProfilesPayloadRef = builder.objectRef<LabelSummary>('LabelAccessProfilesPayload').implement({
  description: 'What became of all the profiles that matched.',
  fields: (t) => ({
    matched: t.exposeInt('matched', { description: 'How many profiles the filter matched.' }),
    changed: t.exposeInt('changed', { description: 'How many were changed, or on a dry run would be.' }),
    results: t.expose('results', {
      type: [LabelAccessProfileResultRef],
      description: 'Each profile that matched, also those that needed no change.',
    }),
  }),
});

builder.mutationField('labelAccessProfiles', (t) =>
  t.field({
    type: LabelAccessProfilesPayloadRef,
    description:
      "Adds and removes labels on every profile that the filter matches, and reports each profile's outcome; one that fails does not stop the others.",
    args: {
      input: t.arg({ type: LabelAccessProfilesInputRef, required: true, description: 'Which profiles and labels.' }),
    },
    resolve: async (_root, { input }, context, info) =>
      labelAll(
        { ...context.changes, reportPartial: (error) => context.reportPartial(error, info) },
        {
          condition: await conditionOf(input.filter, context.loaders, 'input.filter'),
          add: input.add ?? [],
          remove: input.remove ?? [],
          dryRun: input.dryRun ?? false,
        },
      ),
  }),
);
