import { refuseNulls } from '../../filter/given-input.ts';
import type { Profile } from '../../model/profile.ts';
import { createProfile } from '../../mutations/creation.ts';
import { changeLabels, setLabels, withLabels, withoutLabels } from '../../mutations/labels.ts';
import { updateProfile } from '../../mutations/profile.ts';
import { builder } from '../builder.ts';
import type { FailureName } from '../failure.ts';
import { calls, readWriteRead } from '../field-cost.ts';
import { CreateAccessProfileInputRef, UpdateAccessProfileInputRef } from '../input-refs.ts';
import { mutationResult } from '../mutation.ts';
import { AccessProfileRef } from '../refs.ts';
import { ChangeAccessProfileLabelsInputRef, SetAccessProfileLabelsInputRef } from './input.ts';

interface Payload {
  readonly accessProfile: Profile;
}

function profileResult(name: string, description: string, ...failures: readonly FailureName[]) {
  const payload = builder.objectRef<Payload>(`${name}Payload`).implement({
    description,
    fields: (t) => ({
      accessProfile: t.expose('accessProfile', { type: AccessProfileRef, description: 'Profile after the change.' }),
    }),
  });
  return mutationResult(payload, 'NotFoundError', ...failures);
}

const created = profileResult('CreateAccessProfile', 'Result of creating a profile.', 'RuleViolationError');

builder.mutationField('createAccessProfile', (t) =>
  t.field({
    ...created.field,
    cost: calls(2, { once: 'scan' }),
    description: 'Creates an access profile. The gateway first checks the rules of its type and its parents.',
    args: { input: t.arg({ type: CreateAccessProfileInputRef, required: true, description: 'Profile to create.' }) },
    resolve: created.resolve(async (session, input) => ({ accessProfile: await createProfile(session, input) })),
  }),
);

const updated = profileResult('UpdateAccessProfile', 'Result of changing a profile.', 'RuleViolationError');

builder.mutationField('updateAccessProfile', (t) =>
  t.field({
    ...updated.field,
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
    resolve: updated.resolve(async (session, input) => {
      refuseNulls(input.ifUpdatedAt, 'input.ifUpdatedAt');
      return { accessProfile: await updateProfile(session, input) };
    }),
  }),
);

const labelsSet = profileResult('SetAccessProfileLabels', 'Result of replacing the labels of a profile.');

builder.mutationField('setAccessProfileLabels', (t) =>
  t.field({
    ...labelsSet.field,
    cost: readWriteRead,
    description: 'Replaces all labels of a profile.',
    args: {
      input: t.arg({
        type: SetAccessProfileLabelsInputRef,
        required: true,
        description: 'Profile to change, and its new labels.',
      }),
    },
    resolve: labelsSet.resolve(async (session, input) => {
      refuseNulls(input.ifUpdatedAt, 'input.ifUpdatedAt');
      return { accessProfile: await setLabels(session, input) };
    }),
  }),
);

const labelsChanged = profileResult('ChangeAccessProfileLabels', 'Result of adding or removing labels of a profile.');

builder.mutationField('addAccessProfileLabels', (t) =>
  t.field({
    ...labelsChanged.field,
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
    resolve: labelsChanged.resolve(async (session, input) => ({
      accessProfile: await changeLabels(session, input, withLabels),
    })),
  }),
);

builder.mutationField('removeAccessProfileLabels', (t) =>
  t.field({
    ...labelsChanged.field,
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
    resolve: labelsChanged.resolve(async (session, input) => ({
      accessProfile: await changeLabels(session, input, withoutLabels),
    })),
  }),
);
