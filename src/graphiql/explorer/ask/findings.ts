import { records, text } from '../../json.ts';
import type { Profile } from '../graph/profile-graph.ts';
import type { Entitlement } from '../text/entitlement-name.ts';
import { type Ask, rootField } from './ask.ts';
import { entitlementFields, profileFields, readEntitlement, readProfiles } from './profile-fields.ts';

const document = (entitlements: string) => `query ExplorerFindings {
  inheritanceFindings { kind message profiles { ${profileFields} } ${entitlements} }
}`;

export interface Finding {
  readonly kind: string;
  readonly message: string;
  readonly profiles: readonly Profile[];
  readonly entitlements: readonly Entitlement[];
}

/** Everything that is wrong or wasteful in the tenant. */
export async function askFindings(ask: Ask, hasEntitlements: boolean): Promise<readonly Finding[]> {
  const query = document(hasEntitlements ? `entitlements { ${entitlementFields} }` : '');
  return records(rootField(await ask(query), 'inheritanceFindings')).map(readFinding);
}

export function readFinding(value: Readonly<Record<string, unknown>>): Finding {
  return {
    kind: text(value['kind']) ?? '',
    message: text(value['message']) ?? '',
    profiles: readProfiles(records(value['profiles'])),
    entitlements: records(value['entitlements']).flatMap((item) => readEntitlement(item) ?? []),
  };
}
