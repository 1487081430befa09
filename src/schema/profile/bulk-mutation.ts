import { UserInputError } from '../../errors.ts';
import { everything } from '../../filter/condition.ts';
import { refuseEmptyFilter, refuseNulls } from '../../filter/given-input.ts';
import type { ProfileFilter } from '../../filter/typed-filter.ts';
import type { Loaders } from '../../loaders/index.ts';
import type { Maybe } from '../../model/change-input.ts';
import { type LabelResult, type LabelSummary, labelAll, type Selection } from '../../mutations/bulk-labels.ts';
import { apiIds } from '../../mutations/validate.ts';
import { maxFirst, refuseLong, refuseUnsetVariables } from '../arguments.ts';
import { builder } from '../builder.ts';
import { ErrorRef, toFailed } from '../failure.ts';
import { bulkChange, listOf, pageSize } from '../field-cost.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { mutationResult } from '../mutation.ts';
import { AccessProfileRef } from '../refs.ts';
import { conditionOf } from './list.ts';

/** Exactly one property is set. */
interface AccessProfileSelection {
  readonly ids?: Maybe<readonly string[]>;
  readonly filter?: Maybe<ProfileFilter>;
  readonly all?: Maybe<boolean>;
}

interface LabelAccessProfilesInput {
  readonly profiles: AccessProfileSelection;
  readonly add?: Maybe<readonly string[]>;
  readonly remove?: Maybe<readonly string[]>;
  readonly maxMatches?: Maybe<number>;
  readonly dryRun?: Maybe<boolean>;
}

const AccessProfileSelectionRef = builder.inputType('AccessProfileSelection', {
  isOneOf: true,
  description:
    'Access profiles to change, selected in exactly one way. A filter without a condition, or one that contains null or an empty list, is an error, so that a forgotten variable cannot select every profile.',
  fields: (t) => ({
    ids: t.idList({ description: `Global ids of the profiles, or their ids in the Veza API; 1 to ${maxFirst}.` }),
    filter: t.field({
      type: AccessProfileFilterRef,
      description: 'Filter that selects the profiles. Each part of the filter must have a condition.',
    }),
    all: t.boolean({ description: 'Selects every profile that is visible to your key. The value must be true.' }),
  }),
});

const LabelAccessProfilesInputRef = builder.inputRef<LabelAccessProfilesInput>('LabelAccessProfilesInput').implement({
  description: 'Labels to add to several access profiles and to remove from them.',
  fields: (t) => ({
    profiles: t.field({ type: AccessProfileSelectionRef, required: true, description: 'Profiles to change.' }),
    add: t.stringList({ description: 'Labels to add to each profile.' }),
    remove: t.stringList({ description: 'Labels to remove from each profile.' }),
    maxMatches: t.int({
      description:
        'Maximum number of matching profiles. If more profiles match, the mutation fails before any write. Default: no limit.',
    }),
    dryRun: t.boolean({
      defaultValue: false,
      description: 'True writes nothing and returns the changes that the mutation would make. Default: false.',
    }),
  }),
});

const LabelAccessProfileResultRef = builder.objectRef<LabelResult>('LabelAccessProfileResult').implement({
  description: 'Result of a bulk label change for one access profile.',
  fields: (t) => ({
    profileId: t.exposeString('profileId', { description: 'Id of the profile in the Veza API.' }),
    accessProfile: t.expose('accessProfile', {
      type: AccessProfileRef,
      nullable: true,
      description: 'Profile after the change; null if it is unknown, with the reason in `error`.',
    }),
    labels: t.exposeStringList('labels', {
      nullable: true,
      description:
        'Labels of the profile after the change, or on a dry run the labels that it would have; null if unknown.',
    }),
    error: t.field({
      type: ErrorRef,
      nullable: true,
      description:
        'Reason why the labels of the profile could not be changed; null if the change succeeded or was not needed.',
      resolve: ({ error }) => error && toFailed(error),
    }),
  }),
});

const PayloadRef = builder.objectRef<LabelSummary>('LabelAccessProfilesPayload').implement({
  description: 'Result of a bulk label change. Some profiles can fail: see `error` of each result.',
  fields: (t) => ({
    matched: t.exposeInt('matched', { description: 'Number of profiles that the selection matches.' }),
    changed: t.exposeInt('changed', {
      description: 'Number of changed profiles, or on a dry run of profiles that would change.',
    }),
    results: t.expose('results', {
      type: [LabelAccessProfileResultRef],
      cost: listOf(pageSize),
      description: 'Result for each selected profile, including profiles that needed no change.',
    }),
  }),
});

const result = mutationResult(PayloadRef);

builder.mutationField('labelAccessProfiles', (t) =>
  t.field({
    ...result.field,
    cost: bulkChange,
    description:
      'Adds and removes labels on several access profiles and returns the result for each. If one profile fails, the mutation continues with the others.',
    args: {
      input: t.arg({
        type: LabelAccessProfilesInputRef,
        required: true,
        description: 'Profiles to change, labels to add and labels to remove.',
      }),
    },
    resolve: result.resolve(async (session, input, context, info) => {
      refuseNulls(input, 'input');
      refuseUnsetVariables(info, 'input.profiles');
      const summary = await labelAll(session, {
        profiles: await selectionOf(input.profiles, context.loaders),
        add: input.add ?? [],
        remove: input.remove ?? [],
        maxMatches: input.maxMatches ?? null,
        dryRun: input.dryRun ?? false,
      });
      for (const { error } of summary.results) if (error !== null) context.onMutationFailure(toFailed(error).typeName);
      return summary;
    }),
  }),
);

async function selectionOf({ ids, filter, all }: AccessProfileSelection, loaders: Loaders): Promise<Selection> {
  const field = 'input.profiles';
  if (ids) {
    refuseLong(ids, `${field}.ids`);
    return { ids: apiIds('AccessProfile', ids, `${field}.ids`) };
  }
  if (filter) {
    refuseEmptyFilter(filter, `${field}.filter`);
    return { condition: await conditionOf(filter, loaders, `${field}.filter`) };
  }
  if (all === true) return { condition: everything };
  throw new UserInputError(`${field}.all`, `${field}.all: must be true.`);
}
