import type { EntitlementInput, Maybe } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import type { FieldViolation } from './failure.ts';

/** Complaints about a list of texts that must not be empty or stand in it twice. */
export function checkTexts(values: Maybe<readonly string[]>, field: string): readonly FieldViolation[] {
  const first = new Map<string, number>();
  return (values ?? []).flatMap((value, i) => {
    if (value.trim() === '') return [{ field: `${field}.${i}`, description: 'must not be empty.' }];
    const before = first.get(value);
    if (before !== undefined) return [{ field: `${field}.${i}`, description: `is the same as ${field}.${before}.` }];
    first.set(value, i);
    return [];
  });
}

/** Complaints about labels: none may be empty. The same one twice counts once. */
export function checkLabels(labels: Maybe<readonly string[]>, field: string): readonly FieldViolation[] {
  return (labels ?? []).flatMap((label, i) =>
    label.trim() === '' ? [{ field: `${field}.${i}`, description: 'must not be empty.' }] : [],
  );
}

/** Complaints about grants: each names an entity, and no grant stands there twice. */
export function checkEntitlements(
  entitlements: Maybe<readonly EntitlementInput[]>,
  field: string,
): readonly FieldViolation[] {
  const first = new Map<string, number>();
  return (entitlements ?? []).flatMap((entitlement, i) => {
    const empty = (['entityType', 'datasourceId', 'entityId'] as const)
      .filter((name) => entitlement[name].trim() === '')
      .map((name) => ({ field: `${field}.${i}.${name}`, description: 'must not be empty.' }));
    if (empty.length > 0) return empty;
    const key = entitlementKey({
      ...entitlement,
      assignedToEntityType: entitlement.assignedToEntityType ?? null,
      assignedToEntityId: entitlement.assignedToEntityId ?? null,
    });
    const before = first.get(key);
    if (before !== undefined)
      return [{ field: `${field}.${i}`, description: `is the same grant as ${field}.${before}.` }];
    first.set(key, i);
    return [];
  });
}

export function checkName(name: Maybe<string>, field: string): readonly FieldViolation[] {
  return name !== undefined && (name === null || name.trim() === '')
    ? [{ field, description: 'must not be empty.' }]
    : [];
}
