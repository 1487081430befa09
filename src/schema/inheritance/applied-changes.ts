import type { ProfileChangeInput } from '../../model/change-input.ts';
import { type AppliedChange, applyChanges } from '../../mutations/apply-changes.ts';
import { builder } from '../builder.ts';
import { ErrorRef, toFailed } from '../failure.ts';
import { listOf, scanCalls } from '../field-cost.ts';
import { mutationResult } from '../mutation.ts';
import { AccessProfileRef } from '../refs.ts';
import { AccessProfileChangeInputRef, changesDescription } from './change-input.ts';
import { refuseUnsetRemovals } from './simulation.ts';

interface ApplyInput {
  readonly changes: readonly ProfileChangeInput[];
  readonly fingerprint: string;
}

const ApplyInputRef = builder.inputRef<ApplyInput>('ApplyAccessProfileChangesInput').implement({
  description: 'List of changes to carry out, and the fingerprint of its simulation.',
  fields: (t) => ({
    changes: t.field({ type: [AccessProfileChangeInputRef], required: true, description: changesDescription }),
    fingerprint: t.string({
      required: true,
      description: 'The `fingerprint` that `simulateAccessProfileChanges` returned for the same list.',
    }),
  }),
});

const AppliedChangeRef = builder.objectRef<AppliedChange>('AppliedChange').implement({
  description: 'Result of one change of a list.',
  fields: (t) => ({
    accessProfile: t.expose('profile', {
      type: AccessProfileRef,
      nullable: true,
      description: 'Profile after the change; null if the change was not made.',
    }),
    error: t.field({
      type: ErrorRef,
      nullable: true,
      description:
        'Reason why the change was not made; null if it was. A change after one that failed has the error that it was not begun.',
      resolve: ({ error }) => error && toFailed(error),
    }),
    applied: t.boolean({
      description: 'Whether the change was made, or was made before.',
      resolve: ({ error }) => error === null,
    }),
  }),
});

interface Payload {
  readonly results: readonly AppliedChange[];
}

const PayloadRef = builder.objectRef<Payload>('ApplyAccessProfileChangesPayload').implement({
  description: 'Result of carrying out a list of changes.',
  fields: (t) => ({
    results: t.expose('results', {
      type: [AppliedChangeRef],
      cost: listOf(10),
      description: 'Result of each change, in the order of the list.',
    }),
  }),
});

/** Calls of one change: those of `updateAccessProfileVersion`, which needs the most. */
const callsPerChange = 8;

const result = mutationResult(PayloadRef, 'NotFoundError', 'RuleViolationError');

builder.mutationField('applyAccessProfileChanges', (t) =>
  t.field({
    ...result.field,
    cost: { each: ({ input }) => scanCalls + callsPerChange * changesIn(input), onceFor: () => ['types'] },
    description:
      'Carries out a list of changes that `simulateAccessProfileChanges` has shown. Reads all profiles again and fails with ConflictError if the list would no longer do the same; then nothing is written. Makes the changes in the order of the list, unless a change would break a rule before others are made. Stops at the first change that fails; changes before it stay. To continue, simulate the same list again and apply it with the new fingerprint.',
    args: { input: t.arg({ type: ApplyInputRef, required: true, description: 'Changes to carry out.' }) },
    resolve: result.resolve(async (session, { changes, fingerprint }, context, info) => {
      refuseUnsetRemovals(info, 'input.changes', changes);
      const { separationRules, resultLimit: pauses } = context;
      const results = await applyChanges(session, changes, fingerprint, { separationRules, pauses });
      const failed = results.find(({ error }) => error !== null)?.error;
      if (failed) context.onMutationFailure(toFailed(failed).typeName);
      return { results };
    }),
  }),
);

/** At least one: a list that is not one is refused before it costs anything. */
function changesIn(input: unknown): number {
  const changes = typeof input === 'object' && input !== null && 'changes' in input ? input.changes : [];
  return Array.isArray(changes) ? Math.max(1, changes.length) : 1;
}
