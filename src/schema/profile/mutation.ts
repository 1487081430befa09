import type { Profile } from '../../model/profile.ts';
import { createProfile } from '../../mutations/creation.ts';
import { changeLabels, setLabels, withLabels, withoutLabels } from '../../mutations/labels.ts';
import { updateProfile } from '../../mutations/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { FailureName } from '../failure.ts';
import { AccessProfileRef } from '../refs.ts';
import { resultUnion } from '../result.ts';
import {
  ChangeAccessProfileLabelsInputRef,
  CreateAccessProfileInputRef,
  SetAccessProfileLabelsInputRef,
  UpdateAccessProfileInputRef,
} from './input.ts';

interface Payload {
  readonly accessProfile: Profile;
}

/** The payload and the result of one mutation of a profile. */
function profileResult(name: string, description: string, failures: readonly FailureName[]) {
  const payload = builder.objectRef<Payload>(`${name}Payload`).implement({
    description,
    fields: (t) => ({
      accessProfile: t.expose('accessProfile', {
        type: AccessProfileRef,
        description: 'Profile as it is after the change.',
      }),
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

const created = profileResult('CreateAccessProfile', 'The profile was created.', ofProfile);
const updated = profileResult('UpdateAccessProfile', 'The profile was changed.', ofProfile);
const labelsSet = profileResult('SetAccessProfileLabels', 'The labels were replaced.', ofLabels);
const labelsChanged = profileResult('ChangeAccessProfileLabels', 'The labels are as they should be.', ofLabels);

builder.mutationFields((t) => ({
  createAccessProfile: t.field({
    ...nullOnlyOnError,
    type: created.ref,
    description: 'Creates an access profile. Rules of its type and its parents are checked first.',
    args: { input: t.arg({ type: CreateAccessProfileInputRef, required: true, description: 'Profile to create.' }) },
    resolve: (_root, { input }, context) =>
      created.run(context, async (session) => ({ accessProfile: await createProfile(session, input) })),
  }),
  updateAccessProfile: t.field({
    ...nullOnlyOnError,
    type: updated.ref,
    description:
      'Changes name, description, state, labels, data sources, catalog item or custom properties: only what the input names.',
    args: {
      input: t.arg({
        type: UpdateAccessProfileInputRef,
        required: true,
        description: 'Profile to change, and its new values.',
      }),
    },
    resolve: (_root, { input }, context) =>
      updated.run(context, async (session) => ({ accessProfile: await updateProfile(session, input) })),
  }),
  setAccessProfileLabels: t.field({
    ...nullOnlyOnError,
    type: labelsSet.ref,
    description: 'Replaces the whole label list, as the API does.',
    args: {
      input: t.arg({
        type: SetAccessProfileLabelsInputRef,
        required: true,
        description: 'Profile to change, and its new labels.',
      }),
    },
    resolve: (_root, { input }, context) =>
      labelsSet.run(context, async (session) => ({ accessProfile: await setLabels(session, input) })),
  }),
  addAccessProfileLabels: t.field({
    ...nullOnlyOnError,
    type: labelsChanged.ref,
    description:
      'Reads the labels, adds some and writes them back; loses no concurrent change made through the same gateway. Writes nothing where the profile has them all.',
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
    description:
      'Reads the labels, takes some away and writes them back; loses no concurrent change made through the same gateway. Writes nothing where the profile has none of them.',
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
