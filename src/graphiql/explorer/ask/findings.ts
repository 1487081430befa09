import { records, text } from '../../json.ts';
import type { Profile } from '../graph/profile-graph.ts';
import type { Entitlement } from '../text/entitlement-name.ts';
import { type Ask, rootField } from './ask.ts';
import { entitlementFields, profileFields, readEntitlement, readProfiles } from './profile-fields.ts';

/** What is asked of every finding. */
export const findingFields = `kind message profiles { ${profileFields} } entitlements { ${entitlementFields} }`;

const document = `query ExplorerFindings { inheritanceFindings { ${findingFields} } }`;

export interface Finding {
  readonly kind: string;
  readonly message: string;
  readonly profiles: readonly Profile[];
  readonly entitlements: readonly Entitlement[];
}

/** Everything that is wrong or wasteful in the tenant. */
export async function askFindings(ask: Ask): Promise<readonly Finding[]> {
  return records(rootField(await ask(document), 'inheritanceFindings')).map(readFinding);
}

export function readFinding(value: Readonly<Record<string, unknown>>): Finding {
  return {
    kind: text(value['kind']) ?? '',
    message: text(value['message']) ?? '',
    profiles: readProfiles(records(value['profiles'])),
    entitlements: records(value['entitlements']).flatMap((item) => readEntitlement(item) ?? []),
  };
}
