import { GatewayError } from '../errors.ts';
import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';
import {
  type AnyChangeFailure,
  Conflict,
  type FieldViolation,
  InvalidInput,
  isChangeFailure,
  RuleViolated,
} from '../mutations/failure.ts';
import { expectedFailure } from '../mutations/upstream-failure.ts';
import { builder } from './builder.ts';
import { listOf } from './field-cost.ts';

/** The types of failure that the result of a mutation can name. */
export type FailureName = AnyChangeFailure['name'];

/**
 * A failure as data, since graphql-js treats an Error that a resolver returns as thrown. What its type does not have is
 * empty.
 */
export interface Failed {
  readonly typeName: FailureName | 'UpstreamError';
  readonly message: string;
  readonly fields: readonly FieldViolation[];
  readonly violations: readonly RuleViolation[];
  readonly currentUpdatedAt: string | null;
  readonly code: string;
}

export const ErrorRef = builder.interfaceRef<Failed>('Error').implement({
  description:
    'Failure of a mutation, or of one profile in a bulk mutation. `... on Error { message }` selects the message of every type of failure.',
  resolveType: ({ typeName }) => typeName,
  fields: (t) => ({
    message: t.exposeString('message', { description: 'Message that says what failed, why, and what to do.' }),
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

const invalidInput = builder.objectRef<Failed>('InvalidInputError').implement({
  description: 'The gateway or the Veza API rejected the input. Nothing was changed.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    fields: t.expose('fields', {
      type: [FieldViolationRef],
      cost: listOf(5),
      description: 'Input fields that are not valid, each with the reason.',
    }),
  }),
});

const ruleViolation = builder.objectRef<Failed>('RuleViolationError').implement({
  description:
    "The change would break a rule of the profile's type or an enforced rule of separation, or close an inheritance cycle. Nothing was changed.",
  interfaces: [ErrorRef],
  fields: (t) => ({
    violations: t.expose('violations', {
      type: [RuleViolationRef],
      cost: listOf(5),
      description: 'Rules that the change would break.',
    }),
  }),
});

const notFound = builder.objectRef<Failed>('NotFoundError').implement({
  description: 'The object does not exist or is not visible to your key. Nothing was changed.',
  interfaces: [ErrorRef],
});

const permissionDenied = builder.objectRef<Failed>('PermissionDeniedError').implement({
  description: 'Your key has no permission for this change. Nothing was changed.',
  interfaces: [ErrorRef],
});

const conflict = builder.objectRef<Failed>('ConflictError').implement({
  description:
    'Another client changed the profile at the same time, or the Veza API reports a conflict. The message says whether anything was written.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    currentUpdatedAt: t.expose('currentUpdatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when the profile was last changed; null if unknown.',
    }),
  }),
});

builder.objectRef<Failed>('UpstreamError').implement({
  description:
    'The Veza API failed for one of several profiles, or did not say whether it made the change. If the whole mutation fails in this way, the response has a top-level error instead.',
  interfaces: [ErrorRef],
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'Error code, as in `extensions.code` of a top-level error, such as "WRITE_OUTCOME_UNKNOWN".',
    }),
  }),
});

/** The types of the failures that a result can name. */
export const failures = [invalidInput, ruleViolation, notFound, permissionDenied, conflict];

/** A failure as data; an error of the Veza API that a mutation can expect becomes the failure that it means. */
export function toFailed(error: AnyChangeFailure | GatewayError): Failed {
  const failure = isChangeFailure(error) ? error : (expectedFailure(error) ?? error);
  return {
    typeName: isChangeFailure(failure) ? failure.name : 'UpstreamError',
    message: failure.message,
    fields: failure instanceof InvalidInput ? failure.fields : [],
    violations: failure instanceof RuleViolated ? failure.violations : [],
    currentUpdatedAt: failure instanceof Conflict ? failure.currentUpdatedAt : null,
    code: failure instanceof GatewayError ? failure.code : '',
  };
}
