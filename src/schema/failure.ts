import type { GatewayError } from '../errors.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import {
  type AnyChangeFailure,
  type Conflict,
  type FieldViolation,
  type InvalidInput,
  isChangeFailure,
  type NotFound,
  type PermissionDenied,
  type RuleViolated,
} from '../mutations/failure.ts';
import { expectedFailure } from '../mutations/upstream-failure.ts';
import { builder } from './builder.ts';
import { listOf } from './field-cost.ts';

const names = {
  InvalidInput: 'InvalidInputError',
  RuleViolated: 'RuleViolationError',
  NotFound: 'NotFoundError',
  PermissionDenied: 'PermissionDeniedError',
  Conflict: 'ConflictError',
} as const satisfies Record<AnyChangeFailure['name'], string>;

/** The failures that a result can name. */
export type FailureName = (typeof names)[AnyChangeFailure['name']];

/** Wraps a failure as a value, since graphql-js treats an Error that a resolver returns as thrown. */
interface Wrapped<Failure> {
  readonly failure: Failure;
}

/** Each kind of failure as a value. */
export type Failed =
  | Wrapped<InvalidInput>
  | Wrapped<RuleViolated>
  | Wrapped<NotFound>
  | Wrapped<PermissionDenied>
  | Wrapped<Conflict>;

export const ErrorRef = builder.interfaceRef<Failed | Wrapped<GatewayError>>('Error').implement({
  description:
    'Failure of a mutation, or of one profile in a bulk mutation. `... on Error { message }` selects the message of every type of failure.',
  resolveType: failureName,
  fields: (t) => ({
    message: t.string({
      description: 'Message that says what failed, why, and what to do.',
      resolve: ({ failure }) => failure.message,
    }),
  }),
});

const FieldViolationRef = builder.objectRef<FieldViolation>('FieldViolation').implement({
  description: 'Input field that is not valid, and the reason.',
  fields: (t) => ({
    field: t.exposeString('field', {
      description: 'Path of the field in the GraphQL input, for example "input.entitlements.0.entityId".',
    }),
    description: t.exposeString('description', { description: 'Reason why the field is not valid.' }),
  }),
});

export const RuleViolationRef = builder.objectRef<RuleViolation>('RuleViolation').implement({
  description: 'Rule that a change would break.',
  fields: (t) => ({
    rule: t.exposeString('rule', {
      description:
        'Name of the rule: "inheritance_cycle", "self_inheritance", "separation_of_duties", or a rule of the profile type as named by the Veza API, such as "max_entitlements".',
    }),
    description: t.exposeString('description', { description: 'Explanation of how the change would break the rule.' }),
  }),
});

const invalidInput = builder.objectRef<Wrapped<InvalidInput>>('InvalidInputError').implement({
  description: 'The gateway or the Veza API rejected the input. Nothing was changed.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    fields: t.field({
      type: [FieldViolationRef],
      cost: listOf(5),
      description: 'Input fields that are not valid, each with the reason.',
      resolve: ({ failure }) => failure.fields,
    }),
  }),
});

const ruleViolation = builder.objectRef<Wrapped<RuleViolated>>('RuleViolationError').implement({
  description:
    "The change would break a rule of the profile's type or an enforced rule of separation, or close an inheritance cycle. Nothing was changed.",
  interfaces: [ErrorRef],
  fields: (t) => ({
    violations: t.field({
      type: [RuleViolationRef],
      cost: listOf(5),
      description: 'Rules that the change would break.',
      resolve: ({ failure }) => failure.violations,
    }),
  }),
});

const notFound = builder.objectRef<Wrapped<NotFound>>('NotFoundError').implement({
  description: 'The object does not exist or is not visible to your key. Nothing was changed.',
  interfaces: [ErrorRef],
});

const permissionDenied = builder.objectRef<Wrapped<PermissionDenied>>('PermissionDeniedError').implement({
  description: 'Your key has no permission for this change. Nothing was changed.',
  interfaces: [ErrorRef],
});

const conflict = builder.objectRef<Wrapped<Conflict>>('ConflictError').implement({
  description:
    'Another client changed the profile at the same time, or the Veza API reports a conflict. The message says whether anything was written.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    currentUpdatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time when the profile was last changed; null if unknown.',
      resolve: ({ failure }) => failure.currentUpdatedAt,
    }),
  }),
});

builder.objectRef<Wrapped<GatewayError>>('UpstreamError').implement({
  description:
    'The Veza API failed for one of several profiles, or did not say whether it made the change. If the whole mutation fails in this way, the response has a top-level error instead.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    code: t.string({
      description: 'Error code, as in `extensions.code` of a top-level error, such as "WRITE_OUTCOME_UNKNOWN".',
      resolve: ({ failure }) => failure.code,
    }),
  }),
});

/** The GraphQL type of each failure, by name. */
export const failures = {
  InvalidInputError: invalidInput,
  RuleViolationError: ruleViolation,
  NotFoundError: notFound,
  PermissionDeniedError: permissionDenied,
  ConflictError: conflict,
} as const satisfies Record<FailureName, unknown>;

/** Runs a mutation and returns an expected failure as a value. Failures that `expected` does not name are thrown. */
export async function asResult<T>(expected: readonly FailureName[], change: () => Promise<T>): Promise<T | Failed> {
  try {
    return await change();
  } catch (error) {
    const failure = isChangeFailure(error) ? error : expectedFailure(error);
    if (failure !== null && expected.includes(names[failure.name])) return wrap(failure);
    throw error;
  }
}

export function isFailed(result: object): result is Failed {
  return 'failure' in result && isChangeFailure(result.failure);
}

/** The name of the GraphQL type of a failure. */
export function failureName({ failure }: Failed | Wrapped<GatewayError>): string {
  return isChangeFailure(failure) ? names[failure.name] : 'UpstreamError';
}

/** The failure of one change in a bulk mutation, as a value. */
export function toFailed(error: AnyChangeFailure | GatewayError): Failed | Wrapped<GatewayError> {
  if (isChangeFailure(error)) return wrap(error);
  const failure = expectedFailure(error);
  return failure === null ? { failure: error } : wrap(failure);
}

/** Each kind has its own case, since TypeScript narrows `failure` only within a case. */
function wrap(failure: AnyChangeFailure): Failed {
  switch (failure.name) {
    case 'InvalidInput':
      return { failure };
    case 'RuleViolated':
      return { failure };
    case 'NotFound':
      return { failure };
    case 'PermissionDenied':
      return { failure };
    case 'Conflict':
      return { failure };
  }
}
