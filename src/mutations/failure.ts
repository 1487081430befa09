import type { RuleViolation } from '../inheritance/analysis/type-rules.ts';

/** A complaint about one field of a mutation's input, by its path: `input.entitlements.0.entityId`. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** A failure that a caller of a mutation can expect and gets as a result, not as an error. `name` is that of its GraphQL type. */
abstract class ChangeFailure extends Error {}

export function isChangeFailure(error: unknown): error is AnyChangeFailure {
  return error instanceof ChangeFailure;
}

/** The input can't be used, by what this gateway checks or by what the API says. */
export class InvalidInput extends ChangeFailure {
  override readonly name = 'InvalidInputError';
  readonly fields: readonly FieldViolation[];
  /** The API speaks of a mask in its refusal. */
  readonly namesMask: boolean;

  constructor(fields: readonly FieldViolation[], message?: string, { namesMask = false } = {}) {
    super(message ?? fields.map(({ field, description }) => `${field}: ${description}`).join(' '));
    this.fields = fields;
    this.namesMask = namesMask;
  }
}

/** The change would break a rule of the profile's type, or close a cycle; nothing was written. */
export class RuleViolated extends ChangeFailure {
  override readonly name = 'RuleViolationError';
  readonly violations: readonly RuleViolation[];

  constructor(violations: readonly RuleViolation[]) {
    super(`Nothing was changed: ${violations.map(({ description }) => description).join('; ')}.`);
    this.violations = violations;
  }
}

export class NotFound extends ChangeFailure {
  override readonly name = 'NotFoundError';
  /** The input that names it, where there are several; null: the only one. */
  readonly field: string | null;

  constructor(message: string, field: string | null = null) {
    super(message);
    this.field = field;
  }
}

export class PermissionDenied extends ChangeFailure {
  override readonly name = 'PermissionDeniedError';
}

/** Somebody else changed the profile meanwhile. */
export class Conflict extends ChangeFailure {
  override readonly name = 'ConflictError';
  readonly currentUpdatedAt: string | null;

  constructor(message: string, currentUpdatedAt: string | null = null) {
    super(message);
    this.currentUpdatedAt = currentUpdatedAt;
  }
}

/** Every kind there is. */
export type AnyChangeFailure = InvalidInput | RuleViolated | NotFound | PermissionDenied | Conflict;

/** Throws InvalidInput if there is anything to complain of. */
export function refuseIf(violations: readonly FieldViolation[]): void {
  if (violations.length > 0) throw new InvalidInput(violations);
}

/** Says that the API returns no such thing; a key sees only a part of them. `name`: "profile 3a23…". */
export function notThere(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} does not exist or is not visible to your key.`;
}
