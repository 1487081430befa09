import { refuseNulls } from '../../filter/given-input.ts';
import type { Profile } from '../../model/profile.ts';
import { createProfile } from '../../mutations/creation.ts';
import { changeLabels, setLabels, withLabels, withoutLabels } from '../../mutations/labels.ts';
import { updateProfile } from '../../mutations/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { FailureName } from '../failure.ts';
import { calls, readWriteRead } from '../field-cost.ts';
import { CreateAccessProfileInputRef, UpdateAccessProfileInputRef } from '../input-refs.ts';
import { AccessProfileRef } from '../refs.ts';
import { resultUnion } from '../result.ts';
import { ChangeAccessProfileLabelsInputRef, SetAccessProfileLabelsInputRef } from './input.ts';

interface Payload {
  readonly accessProfile: Profile;
}

/** The payload and the result of one mutation of a profile. */
function profileResult(name: string, description: string, failures: readonly FailureName[]) {
  const payload = builder.objectRef<Payload>(`${name}Payload`).implement({
    description,
    fields: (t) => ({
      accessProfile: t.expose('accessProfile', { type: AccessProfileRef, description: 'Profile after the change.' }),
    }),
  });
  return resultUnion<Payload>(`${name}Result`, `${name}Payload`, payload, failures);
}

const ofLabels: readonly FailureName[] = [
  'InvalidInputError',
  'NotFoundError',
  'PermissionDeniedError',
  'ConflictError',
];
const ofProfile: readonly FailureName[] = ['RuleViolationError', ...ofLabels];

const created = profileResult('CreateAccessProfile', 'Result of creating a profile.', ofProfile);
const updated = profileResult('UpdateAccessProfile', 'Result of changing a profile.', ofProfile);
const labelsSet = profileResult('SetAccessProfileLabels', 'Result of replacing the labels of a profile.', ofLabels);
const labelsChanged = profileResult(
  'ChangeAccessProfileLabels',
  'Result of adding or removing labels of a profile.',
  ofLabels,
);

builder.mutationFields((t) => ({
  createAccessProfile: t.field({
    ...nullOnlyOnError,
    type: created.ref,
    cost: calls(2, { once: 'scan' }),
    description: 'Creates an access profile. The gateway first checks the rules of its type and its parents.',
    args: { input: t.arg({ type: CreateAccessProfileInputRef, required: true, description: 'Profile to create.' }) },
    resolve: (_root, { input }, context) =>
      created.run(context, async (session) => ({ accessProfile: await createProfile(session, input) })),
  }),
  updateAccessProfile: t.field({
    ...nullOnlyOnError,
    type: updated.ref,
    cost: readWriteRead,
    description:
      'Changes the name, description, state, labels, data sources, catalog item, approval requirement or custom properties of a profile. Fields that the input leaves out keep their values.',
    args: {
      input: t.arg({
        type: UpdateAccessProfileInputRef,
        required: true,
        description: 'Profile to change, and its new values.',
      }),
    },
    resolve: (_root, { input }, context) =>
      updated.run(context, async (session) => {
        refuseNulls(input.ifUpdatedAt, 'input.ifUpdatedAt');
        return { accessProfile: await updateProfile(session, input) };
      }),
  }),
  setAccessProfileLabels: t.field({
    ...nullOnlyOnError,
    type: labelsSet.ref,
    cost: readWriteRead,
    description: 'Replaces all labels of a profile.',
    args: {
      input: t.arg({
        type: SetAccessProfileLabelsInputRef,
        required: true,
        description: 'Profile to change, and its new labels.',
      }),
    },
    resolve: (_root, { input }, context) =>
      labelsSet.run(context, async (session) => {
        refuseNulls(input.ifUpdatedAt, 'input.ifUpdatedAt');
        return { accessProfile: await setLabels(session, input) };
      }),
  }),
  addAccessProfileLabels: t.field({
    ...nullOnlyOnError,
    type: labelsChanged.ref,
    cost: readWriteRead,
    description:
      'Adds labels to a profile. The gateway reads the labels and writes back the whole list; changes made at the same time through the same gateway are not lost. Nothing is written if the profile has all the labels.',
    args: {
      input: t.arg({
        type: ChangeAccessProfileLabelsInputRef,
        required: true,
        description: 'Profile to change, and labels to add.',
      }),
    },
    resolve: (_root, { input }, context) =>
      labelsChanged.run(context, async (session) => ({
        accessProfile: await changeLabels(session, input, withLabels),
      })),
  }),
  removeAccessProfileLabels: t.field({
    ...nullOnlyOnError,
    type: labelsChanged.ref,
    cost: readWriteRead,
    description:
      'Removes labels from a profile. The gateway reads the labels and writes back the whole list; changes made at the same time through the same gateway are not lost. Nothing is written if the profile has none of the labels.',
    args: {
      input: t.arg({
        type: ChangeAccessProfileLabelsInputRef,
        required: true,
        description: 'Profile to change, and labels to remove.',
      }),
    },
    resolve: (_root, { input }, context) =>
      labelsChanged.run(context, async (session) => ({
        accessProfile: await changeLabels(session, input, withoutLabels),
      })),
  }),
}));
