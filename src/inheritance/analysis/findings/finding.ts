import type { Entitlement } from '../../../model/entitlement.ts';
import type { Datasource, LifecyclePolicy } from '../../../model/neighbours.ts';
import type { SeparationRule } from '../../../model/separation-rule.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { ProfileMember } from '../affected-members.ts';

/** The kinds of findings, in the order they are given in. */
export const findingKinds = [
  'CYCLE',
  'MISSING_PARENT',
  'REDUNDANT_PARENT',
  'DUPLICATE_ENTITLEMENT',
  'SAME_EFFECTIVE_ENTITLEMENTS',
  'TYPE_RULE_VIOLATION',
  'SEPARATION_VIOLATION',
  'DANGLING_REFERENCE',
  'UNUSED_PROFILE',
  'INACTIVE_PARENT',
  'GRANTS_NOTHING',
  'DISABLED_DATASOURCE',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** The kinds that are looked for unless others are asked for: all but the one that takes a call for each of many profiles. */
export const defaultKinds: readonly FindingKind[] = findingKinds.filter((kind) => kind !== 'UNUSED_PROFILE');

/** Something wrong or wasteful in the inheritance graph. */
export interface Finding {
  readonly kind: FindingKind;
  /** Plain words, for people; it quotes names as they are, so whoever shows it escapes it. */
  readonly message: string;
  /** The profiles it is about, the one to look at first in front. */
  readonly profileIds: readonly string[];
  /** The entitlements it is about, if any. */
  readonly entitlements: readonly Entitlement[];
  /** Tells findings of one kind about the same profiles apart: the rule that is broken, or the id of a missing parent. */
  readonly about: string | null;
  /** The rule that is broken, if it is one of separation. */
  readonly separationRule: SeparationRule | null;
  /** The person who breaks it; null: the finding is about profiles alone. */
  readonly member: ProfileMember | null;
}

/** A finding about some nodes, in that order. */
export function finding(
  { graph }: Hierarchy,
  kind: FindingKind,
  message: string,
  nodes: Iterable<number>,
  { entitlements = [], about = null }: Partial<Pick<Finding, 'entitlements' | 'about'>> = {},
): Finding {
  const profileIds = Array.from(nodes, (node) => graph.idOf(node));
  return { kind, message, profileIds, entitlements, about, separationRule: null, member: null };
}

export function describeEntitlement({ entityType, entityName, entityId, datasourceId }: Entitlement): string {
  return `${shorten(entityType)} "${shorten(entityName || entityId)}" of data source ${shorten(datasourceId)}`;
}

/** A node's name in quotes. */
export function named(hierarchy: Hierarchy, node: number): string {
  const { name, profileId } = hierarchy.profileOf(node);
  return quoted(name, profileId);
}

/** `"A", "B" and 3 more`. */
export function namedAll(hierarchy: Hierarchy, nodes: Iterable<number>): string {
  return listed(Array.from(nodes, (node) => named(hierarchy, node)));
}

const longestName = 80;
const namesShown = 5;

/** The first 80 characters of a text, with an ellipsis for the rest; never half a surrogate pair. */
export function shorten(text: string): string {
  if (text.length <= longestName) return text;
  const characters = Array.from(text);
  return characters.length <= longestName ? text : `${characters.slice(0, longestName - 1).join('')}…`;
}

/** A profile's or type's name in quotes, shortened; its id if it has no name. */
export function quoted(name: string, id: string): string {
  return `"${shorten(name.trim() === '' ? id : name)}"`;
}

/** `a`, `a and b`, `a, b and 3 more`: at most five words, then how many are left. */
export function listed(words: readonly string[]): string {
  const left = words.length - namesShown;
  const shown = left > 0 ? [...words.slice(0, namesShown), `${left} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 grant`, `2 grants`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The facts that findings need besides the profiles and their types. */
export interface FindingFacts {
  readonly separationRules: readonly SeparationRule[];
  /** Every data source that the API returns; null: not read, so that nothing can be said of them. */
  readonly datasources: readonly Datasource[] | null;
  /** Every lifecycle policy, likewise. */
  readonly policies: readonly LifecyclePolicy[] | null;
  /** Profiles, by id, of which it is proven that they have no members; null: members were not read. */
  readonly memberless: ReadonlySet<string> | null;
}

/** The facts if nothing else was read. */
export const noFacts: FindingFacts = { separationRules: [], datasources: null, policies: null, memberless: null };
