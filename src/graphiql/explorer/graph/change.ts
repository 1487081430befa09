import type { EntityRef } from '../text/entitlement-name.ts';

/** One thing to try out: a parent dropped or added, an entitlement taken away or given. */
export type Change =
  | { readonly kind: 'drop' | 'add'; readonly child: string; readonly parent: string }
  | { readonly kind: 'revoke' | 'grant'; readonly child: string; readonly entity: EntityRef };

export function changeKey(change: Change): string {
  return 'parent' in change
    ? JSON.stringify(['parent', change.child, change.parent])
    : JSON.stringify([
        'entity',
        change.child,
        change.entity.datasourceId,
        change.entity.entityType,
        change.entity.entityId,
      ]);
}

/** Adds a change, or takes back what it undoes: a parent dropped and added again has not changed. */
export function toggleChange(changes: readonly Change[], change: Change): readonly Change[] {
  const key = changeKey(change);
  const others = changes.filter((other) => changeKey(other) !== key);
  return others.length < changes.length ? others : [...changes, change];
}

/** The changes of one profile as the input of a version's update. */
export interface VersionChange {
  readonly id: string;
  readonly addInheritsFrom?: readonly string[];
  readonly removeInheritsFrom?: readonly string[];
  readonly addEntitlements?: readonly EntityRef[];
  readonly removeEntitlements?: readonly EntityRef[];
}

/** One input for each profile that changes, in the order in which it was first changed. */
export function versionChanges(changes: readonly Change[]): readonly VersionChange[] {
  return [...new Set(changes.map(({ child }) => child))].map((id) => {
    const parents = (kind: Change['kind']) =>
      changes.flatMap((change) =>
        'parent' in change && change.child === id && change.kind === kind ? change.parent : [],
      );
    const entities = (kind: Change['kind']) =>
      changes.flatMap((change) =>
        'entity' in change && change.child === id && change.kind === kind ? change.entity : [],
      );
    const [added, dropped, granted, revoked] = [parents('add'), parents('drop'), entities('grant'), entities('revoke')];
    return {
      id,
      ...(added.length > 0 && { addInheritsFrom: added }),
      ...(dropped.length > 0 && { removeInheritsFrom: dropped }),
      ...(granted.length > 0 && { addEntitlements: granted }),
      ...(revoked.length > 0 && { removeEntitlements: revoked }),
    };
  });
}
