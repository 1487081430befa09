import type { EntitlementInput, Maybe } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import { idOf, type NodeKind, parseId, problemOfId } from '../model/node-id.ts';
import { type FieldViolation, refuseIf } from './failure.ts';

const empty = 'must not be empty.';

/** The API's own id. Throws InvalidInput, or UserInputError for the id of something else. */
export function apiId(kind: NodeKind, text: string, field: string): string {
  const { id } = parseId(text);
  refuseIf(checkId(id, field));
  return idOf(kind, text, field);
}

/** The API's own ids, each named once. Throws as `apiId` does. */
export function apiIds(kind: NodeKind, values: readonly string[], field: string): readonly string[] {
  const ids = values.map((value, i) => apiId(kind, value, `${field}.${i}`));
  refuseIf(checkIds(ids, field));
  return ids;
}

function checkId(id: string, field: string): readonly FieldViolation[] {
  const problem = problemOfId(id);
  return problem === null ? [] : [{ field, description: problem }];
}

/** Complaints about a list of ids: each must be one, and none may stand in it twice. */
export function checkIds(values: Maybe<readonly string[]>, field: string): readonly FieldViolation[] {
  return checkEach(values, field, checkId, (id) => id, 'is the same as');
}

/** Complaints about the values of a list, and about those that stand in it twice: they have the same key. */
function checkEach<T>(
  values: Maybe<readonly T[]>,
  field: string,
  check: (value: T, field: string) => readonly FieldViolation[],
  keyOf: (value: T) => string,
  isSame: string,
): readonly FieldViolation[] {
  const first = new Map<string, string>();
  return (values ?? []).flatMap((value, i) => {
    const at = `${field}.${i}`;
    const problems = check(value, at);
    if (problems.length > 0) return problems;
    const before = first.get(keyOf(value));
    if (before !== undefined) return [{ field: at, description: `${isSame} ${before}.` }];
    first.set(keyOf(value), at);
    return [];
  });
}

/** Complaints about what names the entity of an entitlement. Such ids may be long, but not empty or broken. */
export function checkEntity(
  entity: { readonly entityType?: Maybe<string>; readonly datasourceId: string; readonly entityId: string },
  field: string,
): readonly FieldViolation[] {
  return (['entityType', 'datasourceId', 'entityId'] as const).flatMap((name) => {
    const text = entity[name];
    if (text === undefined || text === null) return [];
    const problem = text.trim() === '' ? empty : /\p{Cs}/u.test(text) ? 'must not hold half a surrogate pair.' : null;
    return problem === null ? [] : [{ field: `${field}.${name}`, description: problem }];
  });
}

/** Complaints about labels: none may be empty. The same one twice counts once. */
export function checkLabels(labels: Maybe<readonly string[]>, field: string): readonly FieldViolation[] {
  return (labels ?? []).flatMap((label, i) =>
    label.trim() === '' ? [{ field: `${field}.${i}`, description: empty }] : [],
  );
}

/** Complaints about entitlements: each names an entity, and none stands there twice. */
export function checkEntitlements(
  entitlements: Maybe<readonly EntitlementInput[]>,
  field: string,
): readonly FieldViolation[] {
  return checkEach(entitlements, field, checkEntity, entitlementKey, 'is the same entitlement as');
}

export function checkName(name: Maybe<string>, field: string): readonly FieldViolation[] {
  return name !== undefined && (name === null || name.trim() === '') ? [{ field, description: empty }] : [];
}

/** A version's number counts from 1. */
export function checkVersion(version: Maybe<number>, field: string): readonly FieldViolation[] {
  return version !== null && version !== undefined && version < 1
    ? [{ field, description: 'must be a version number, which counts from 1.' }]
    : [];
}

/** Complaints about members that a change can leave out but not clear. */
export function checkNotNull(members: Readonly<Record<string, unknown>>): readonly FieldViolation[] {
  return Object.entries(members).flatMap(([name, value]) =>
    value === null ? [{ field: `input.${name}`, description: 'must not be null; leave it out to keep it.' }] : [],
  );
}

/** Complaints about a state that was read from the API and can't be written to it. */
export function checkState(state: Maybe<string>, field: string): readonly FieldViolation[] {
  return state === 'UNRECOGNIZED'
    ? [{ field, description: 'UNRECOGNIZED stands for states that this gateway does not know; give another state.' }]
    : [];
}
