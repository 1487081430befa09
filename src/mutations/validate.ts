import type { EntitlementInput, Maybe } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import { idOf, type NodeKind } from '../model/node-id.ts';
import { type FieldViolation, InvalidInput, refuseIf } from './failure.ts';

const empty = 'must not be empty.';

/** The API's own id. Throws InvalidInput, or UserInputError for the id of something else. */
export function apiId(kind: NodeKind, text: string, field: string): string {
  const id = idOf(kind, text, field);
  // Dots would climb the path of a URL.
  if (id.trim() === '' || id === '.' || id === '..') throw new InvalidInput([{ field, description: 'is not an id.' }]);
  return id;
}

/** The API's own ids, each named once. Throws as `apiId` does. */
export function apiIds(kind: NodeKind, values: readonly string[], field: string): readonly string[] {
  const ids = values.map((value, i) => apiId(kind, value, `${field}.${i}`));
  refuseIf(checkTexts(ids, field));
  return ids;
}

/** Complaints about a list of texts that must not be empty or stand in it twice. */
export function checkTexts(values: Maybe<readonly string[]>, field: string): readonly FieldViolation[] {
  const first = new Map<string, number>();
  return (values ?? []).flatMap((value, i) => {
    if (value.trim() === '') return [{ field: `${field}.${i}`, description: empty }];
    const before = first.get(value);
    if (before !== undefined) return [{ field: `${field}.${i}`, description: `is the same as ${field}.${before}.` }];
    first.set(value, i);
    return [];
  });
}

/** Complaints about labels: none may be empty. The same one twice counts once. */
export function checkLabels(labels: Maybe<readonly string[]>, field: string): readonly FieldViolation[] {
  return (labels ?? []).flatMap((label, i) =>
    label.trim() === '' ? [{ field: `${field}.${i}`, description: empty }] : [],
  );
}

/** Complaints about grants: each names an entity, and no grant stands there twice. */
export function checkEntitlements(
  entitlements: Maybe<readonly EntitlementInput[]>,
  field: string,
): readonly FieldViolation[] {
  const first = new Map<string, number>();
  return (entitlements ?? []).flatMap((entitlement, i) => {
    const blank = (['entityType', 'datasourceId', 'entityId'] as const)
      .filter((name) => entitlement[name].trim() === '')
      .map((name) => ({ field: `${field}.${i}.${name}`, description: empty }));
    if (blank.length > 0) return blank;
    const { assignedToEntityType = null, assignedToEntityId = null } = entitlement;
    const key = entitlementKey({ ...entitlement, assignedToEntityType, assignedToEntityId });
    const before = first.get(key);
    if (before !== undefined)
      return [{ field: `${field}.${i}`, description: `is the same grant as ${field}.${before}.` }];
    first.set(key, i);
    return [];
  });
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
    value === null ? [{ field: `input.${name}`, description: 'can not be null; leave it out to keep it.' }] : [],
  );
}
