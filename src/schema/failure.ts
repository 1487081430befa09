import {
  type AnyChangeFailure,
  type Conflict,
  type FieldViolation,
  InvalidInput,
  isChangeFailure,
  NotFound,
  PermissionDenied,
  RuleViolated,
} from '../changes/failure.ts';
import { expectedFailure } from '../changes/upstream-failure.ts';
import type { RuleViolation } from '../inheritance/type-rules.ts';
import { builder } from './builder.ts';

const ErrorRef = builder.interfaceRef<AnyChangeFailure>('Error').implement({
  description: 'What every expected failure of a mutation has, so that `... on Error { message }` catches them all.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What went wrong and what to do.' }),
  }),
});

const FieldViolationRef = builder.objectRef<FieldViolation>('FieldViolation').implement({
  description: 'A complaint about one field of the input.',
  fields: (t) => ({
    field: t.exposeString('field', {
      description: 'Its path in the GraphQL input, for example "input.entitlements.0.entityId".',
    }),
    description: t.exposeString('description', { description: 'What is wrong with it.' }),
  }),
});

export const RuleViolationRef = builder.objectRef<RuleViolation>('RuleViolation').implement({
  description: 'A rule that a change would break.',
  fields: (t) => ({
    rule: t.exposeString('rule', {
      description:
        'Its name: a rule of the type as the API calls it, such as "max_entitlements", or "inheritance_cycle" or "self_inheritance".',
    }),
    description: t.exposeString('description', { description: 'How it would be broken.' }),
  }),
});

const invalidInput = builder.objectRef<InvalidInput>('InvalidInputError').implement({
  description: 'The input can not be used, by what this gateway checks or by what the API says. Nothing was changed.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    fields: t.expose('fields', { type: [FieldViolationRef], description: 'What is wrong, field by field.' }),
  }),
});

const ruleViolation = builder.objectRef<RuleViolated>('RuleViolationError').implement({
  description:
    "The change would break a rule of the profile's type, or close an inheritance cycle. Nothing was changed.",
  interfaces: [ErrorRef],
  fields: (t) => ({
    violations: t.expose('violations', { type: [RuleViolationRef], description: 'The rules that would be broken.' }),
  }),
});

const notFound = builder.objectRef<NotFound>('NotFoundError').implement({
  description: 'The API returns nothing with this id to you. Nothing was changed.',
  interfaces: [ErrorRef],
});

const permissionDenied = builder.objectRef<PermissionDenied>('PermissionDeniedError').implement({
  description: 'Your key is not allowed to make this change. Nothing was changed.',
  interfaces: [ErrorRef],
});

const conflict = builder.objectRef<Conflict>('ConflictError').implement({
  description: 'Somebody else has changed the profile meanwhile, or something of that name exists.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    currentUpdatedAt: t.expose('currentUpdatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the profile was last changed, where that is known.',
    }),
  }),
});

/** The failures that a result can name. */
export const failures = {
  InvalidInputError: invalidInput,
  RuleViolationError: ruleViolation,
  NotFoundError: notFound,
  PermissionDeniedError: permissionDenied,
  ConflictError: conflict,
} as const;

export type FailureName = keyof typeof failures;

/** What a mutation gives, or the failure that it can promise. Failures that `expected` does not name stay errors. */
export async function asResult<T>(
  expected: readonly FailureName[],
  change: () => Promise<T>,
): Promise<T | AnyChangeFailure> {
  try {
    return await change();
  } catch (error) {
    const failure = isChangeFailure(error) ? error : expectedFailure(error);
    if (failure !== null && expected.includes(failureName(failure))) return failure;
    throw error;
  }
}

export function failureName(failure: AnyChangeFailure): FailureName {
  if (failure instanceof InvalidInput) return 'InvalidInputError';
  if (failure instanceof RuleViolated) return 'RuleViolationError';
  if (failure instanceof NotFound) return 'NotFoundError';
  return failure instanceof PermissionDenied ? 'PermissionDeniedError' : 'ConflictError';
}
