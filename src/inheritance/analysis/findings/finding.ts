import type { Hierarchy } from '../../graph/hierarchy.ts';
import { listed, quoted } from '../finding-text.ts';

/** The kinds of findings, in the order they are given in. */
export const findingKinds = [
  'CYCLE',
  'MISSING_PARENT',
  'REDUNDANT_PARENT',
  'DUPLICATE_ENTITLEMENT',
  'SAME_EFFECTIVE_ENTITLEMENTS',
  'TYPE_RULE_VIOLATION',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Something wrong or wasteful in the inheritance graph. */
export interface Finding {
  readonly kind: FindingKind;
  /** Plain words, for people; it quotes names as they are, so whoever shows it escapes it. */
  readonly message: string;
  /** The profiles it is about, the one to look at first in front. */
  readonly profileIds: readonly string[];
}

/** A finding about some nodes, in that order. */
export function finding({ graph }: Hierarchy, kind: FindingKind, message: string, nodes: Iterable<number>): Finding {
  return { kind, message, profileIds: Array.from(nodes, (node) => graph.idOf(node)) };
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
