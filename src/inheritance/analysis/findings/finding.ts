import type { Entitlement } from '../../../model/entitlement.ts';
import type { SeparationRule } from '../../../model/separation-rule.ts';
import type { Hierarchy } from '../../graph/hierarchy.ts';
import type { ProfileMember } from '../affected-members.ts';
import { listed, quoted, shorten } from '../finding-text.ts';

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
