import { isRecord, records, text } from '../../json.ts';
import type { TypeInfo } from '../look/colours.ts';
import { type Ask, rootField } from './ask.ts';

const document = `query ExplorerTypes($after: String) {
  accessProfileTypes(first: 500, after: $after) {
    nodes { typeId name createdAt profilesCount }
    pageInfo { hasNextPage endCursor }
  }
}`;

const smallDocument = `query ExplorerSize {
  accessProfiles(first: 500) { nodes { profileId } pageInfo { hasNextPage } }
}`;

export interface Tenant {
  readonly types: readonly TypeInfo[];
  /** How many profiles there are; undefined where the API doesn't count them and there are more than one page. */
  readonly profileCount: number | undefined;
}

/** All types, and by their counts the size of the tenant. Where a count is missing, the first page of profiles is read. */
export async function askTenant(ask: Ask): Promise<Tenant> {
  const types: TypeInfo[] = [];
  let count: number | undefined = 0;
  let after: string | undefined;
  do {
    const connection = rootField(await ask(document, { after }), 'accessProfileTypes');
    if (!isRecord(connection)) break;
    for (const node of records(connection['nodes'])) {
      const id = text(node['typeId']);
      if (id === undefined) continue;
      types.push({ id, name: text(node['name']) ?? '', createdAt: text(node['createdAt']) });
      const profiles = node['profilesCount'];
      count = typeof profiles === 'number' && count !== undefined ? count + profiles : undefined;
    }
    const page = connection['pageInfo'];
    after = isRecord(page) && page['hasNextPage'] === true ? text(page['endCursor']) : undefined;
  } while (after !== undefined);
  // Profiles without a type are counted nowhere, so that none counted is no proof of none.
  if (count === undefined || count === 0) count = await countSmall(ask);
  return { types, profileCount: count };
}

async function countSmall(ask: Ask): Promise<number | undefined> {
  const connection = rootField(await ask(smallDocument), 'accessProfiles');
  if (!isRecord(connection)) return undefined;
  const page = connection['pageInfo'];
  return isRecord(page) && page['hasNextPage'] === true ? undefined : records(connection['nodes']).length;
}
