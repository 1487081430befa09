import { groupBy } from '../../group-by.ts';
import { tidy } from './cut.ts';

/** An entity by its ids. */
export interface EntityRef {
  readonly datasourceId: string;
  readonly entityType: string;
  readonly entityId: string;
}

/** An entity that profiles grant, as answers describe it. */
export interface Entitlement extends EntityRef {
  readonly entityName: string | undefined;
  readonly datasourceName: string | undefined;
  /** The entity by way of which it is given, if there is one. */
  readonly assignedToId?: string | undefined;
}

/** Tells entitlements apart, as the gateway does. */
export function entitlementKey({ datasourceId, entityType, entityId, assignedToId }: Entitlement): string {
  return JSON.stringify([datasourceId, entityType, entityId, ...(assignedToId === undefined ? [] : [assignedToId])]);
}

/** What the gateway knows an entity by. */
export function entityRef({ datasourceId, entityType, entityId }: Entitlement): EntityRef {
  return { datasourceId, entityType, entityId };
}

/** Its name; without one, the readable part of its id: a CN, the end of an ARN or a path. */
export function entitlementName({ entityName, entityId }: Entitlement): string {
  const name = tidy(entityName ?? '');
  if (name !== '') return name;
  const commonName = /^CN=((?:[^,\\]|\\.)+)/i.exec(entityId)?.[1]?.replace(/\\(.)/g, '$1');
  const end = entityId
    .split(/[/:]/)
    .filter((part) => part !== '')
    .at(-1);
  return tidy(commonName ?? end ?? entityId) || '(no name)';
}

/** Words with which the kind of an entity begins; what stands before them names the system. */
const kindWords = new Set(
  'access account app application bucket database document folder group license local organization permission policy profile project repository resource role schema security server service share site space table team user vault warehouse workspace'.split(
    ' ',
  ),
);

/** `ActiveDirectoryGroup` is a group of Active Directory, `AzureADRole` a role of Azure AD. */
export function splitEntityType(entityType: string): { readonly system: string; readonly kind: string } {
  const words = entityType
    .replace(/[_.\-\s]+/g, ' ')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .trim()
    .split(' ');
  // The first word names a system even where it is one of these: "GroupWise group".
  const found = words.findIndex((word, index) => index > 0 && kindWords.has(word.toLowerCase()));
  // "Google Workspace Group": a product's name may hold such a word; the kind is then what comes behind it.
  const isProduct = found > 0 && found < words.length - 1 && words[found]?.toLowerCase() === 'workspace';
  const start = found < 0 ? Math.max(1, words.length - 1) : isProduct ? found + 1 : found;
  return {
    system: words.slice(0, start).map(asAcronym).join(' '),
    kind: words.slice(start).join(' ').toLowerCase() || 'entitlement',
  };
}

const acronyms = new Set(['aws', 'iam', 'gcp', 'sap', 'ad', 'sso', 'db']);

function asAcronym(word: string): string {
  return acronyms.has(word.toLowerCase()) ? word.toUpperCase() : word;
}

/** The system an entitlement is in: its data source's name, or the system that its type names. */
export function systemOf({ datasourceName, entityType }: Entitlement): string {
  const name = tidy(datasourceName ?? '');
  return name === '' ? splitEntityType(entityType).system : name;
}

/** `Okta group` */
export function kindInSystem(entitlement: Entitlement): string {
  const { system, kind } = splitEntityType(entitlement.entityType);
  return `${system} ${kind}`;
}

/** Entitlements by system, in the order in which the systems occur. */
export function bySystem<Item>(
  items: readonly Item[],
  entitlementOf: (item: Item) => Entitlement,
): readonly { readonly system: string; readonly items: readonly Item[] }[] {
  const groups = groupBy(items, (item) => systemOf(entitlementOf(item)));
  return [...groups].map(([system, members]) => ({ system, items: members }));
}
