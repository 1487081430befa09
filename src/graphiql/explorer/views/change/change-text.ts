import type { Change } from '../../graph/change.ts';
import { entitlementName } from '../../text/entitlement-name.ts';

/** A change in words: `All Employees without Workforce Identity`. */
export function changeText(change: Change, nameOf: (id: string) => string): string {
  const child = nameOf(change.child);
  switch (change.kind) {
    case 'drop':
      return `${child} without ${nameOf(change.parent)}`;
    case 'add':
      return `${child} with ${nameOf(change.parent)}`;
    case 'revoke':
      return `${child} no longer grants ${entityText(change)}`;
    case 'grant':
      return `${child} grants ${entityText(change)} too`;
  }
}

function entityText({ entity }: Extract<Change, { entity: unknown }>): string {
  return entitlementName({ ...entity, entityName: undefined, datasourceName: undefined });
}
