import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import { at, keepEdges } from '../graph/adjacency.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import { componentSets } from '../graph/component-sets.ts';
import { condense } from '../graph/components.ts';
import type { Graph } from '../graph/graph.ts';
import { componentsOf } from './effective-sets.ts';
import type { GrantTable } from './grants.ts';

/** What a profile's current version would hold instead of what it holds now. */
export interface ProposedVersion {
  readonly entitlements: readonly Entitlement[];
  readonly parentIds: readonly string[];
}

/** A profile whose effective grants a change would alter. */
export interface AffectedProfile {
  readonly profileId: string;
  /** Each as the nearest profile that then grants it holds it, nearest first. */
  readonly gained: readonly Entitlement[];
  /** Each as the nearest profile that now grants it holds it, nearest first. */
  readonly lost: readonly Entitlement[];
}

/** What a change does to direct grants, and to effective ones wherever it does. */
export interface ChangePreview {
  /** Direct grants by key: one that only changes its condition or the like is in neither list. */
  readonly added: readonly Entitlement[];
  readonly removed: readonly Entitlement[];
  /** The changed profile first, then its descendants nearest first; only those that gain or lose something. */
  readonly affected: readonly AffectedProfile[];
}

type Grants = ReadonlyMap<string, Entitlement>;

/**
 * What replacing one profile's direct grants and parents does to effective grants there and below; a profile that isn't in
 * the graph counts as new and empty. Missing parents grant nothing; a change that closes a cycle is worked out all the same.
 *
 * A descendant can only gain what the changed profile gains, and does unless it has it by a way round that profile. So one
 * closure without that profile, over the grants that change there, answers all descendants:
 * O((nodes + edges) * (1 + changed grants / 32)), and equal answers share their arrays.
 */
export function previewChange(
  graph: Graph,
  table: GrantTable,
  profileId: string,
  proposed: ProposedVersion,
): ChangePreview {
  const profile = graph.indexOf(profileId);
  const before = byKey(profile < 0 ? [] : table.entitlementsOf(profile));
  const after = byKey(proposed.entitlements);
  const parentsAfter = proposed.parentIds.map((id) => graph.indexOf(id)).filter((node) => node >= 0);
  const parentsBefore = profile < 0 ? [] : graph.parents(profile);

  const hadAll = withInherited(graph, table, before, parentsBefore, profile);
  const hasAll = withInherited(graph, table, after, parentsAfter, profile);
  const gained = without(hasAll, hadAll);
  const lost = without(hadAll, hasAll);
  const own = { profileId, gained: [...gained.values()], lost: [...lost.values()] };
  const changes = own.gained.length > 0 || own.lost.length > 0;
  return {
    added: [...without(after, before).values()],
    removed: [...without(before, after).values()],
    affected: changes ? [own, ...(profile < 0 ? [] : affectedBelow(graph, table, profile, gained, lost))] : [],
  };
}

/** Own grants, then those of the parents and above, nearest first; the profile itself is not passed through. */
function withInherited(
  graph: Graph,
  table: GrantTable,
  own: Grants,
  parents: Iterable<number>,
  profile: number,
): Grants {
  const all = new Map(own);
  for (const node of breadthFirst(graph.up, parents, { avoid: profile }).order) {
    for (let slot = table.grants.first(node); slot < table.grants.end(node); slot++) {
      const key = table.keyOf(table.grants.target(slot));
      if (!all.has(key)) all.set(key, table.entitlementAt(slot));
    }
  }
  return all;
}

function affectedBelow(
  graph: Graph,
  table: GrantTable,
  profile: number,
  gained: Grants,
  lost: Grants,
): AffectedProfile[] {
  const changed = [...gained, ...lost];
  const bitOf = new Map(changed.map(([key], bit) => [key, bit]));
  const holders: number[][] = changed.map(() => []);
  for (let grant = 0; grant < table.size; grant++) {
    const bit = bitOf.get(table.keyOf(grant));
    if (bit !== undefined) holders[bit] = [...table.holders.of(grant)];
  }
  const condensation = condense(keepEdges(graph.up, (child, parent) => child !== profile && parent !== profile));
  const elsewhere = componentSets(condensation, changed.length, (bit) =>
    componentsOf(condensation, holders[bit] ?? []),
  );

  const answers = new Map<number, Omit<AffectedProfile, 'profileId'>>();
  const affected: AffectedProfile[] = [];
  for (const node of breadthFirst(graph.down, [profile]).order.subarray(1)) {
    const component = at(condensation.componentOf, node);
    let answer = answers.get(elsewhere.classOf(component));
    if (answer === undefined) {
      const left = changed.map(([, entitlement], bit) => (elsewhere.has(component, bit) ? null : entitlement));
      answer = { gained: left.slice(0, gained.size).filter(isThere), lost: left.slice(gained.size).filter(isThere) };
      answers.set(elsewhere.classOf(component), answer);
    }
    if (answer.gained.length + answer.lost.length > 0) affected.push({ profileId: graph.idOf(node), ...answer });
  }
  return affected;
}

function isThere(entitlement: Entitlement | null): entitlement is Entitlement {
  return entitlement !== null;
}

/**
 * The shortest cycle through `child` that inheriting from `newParents` would make, child to parent, starting at the child;
 * null if there is none. Give only the parents that are added to hear only of cycles that the change closes. O(nodes + edges).
 */
export function cycleThrough(graph: Graph, child: string, newParents: readonly string[]): string[] | null {
  if (newParents.includes(child)) return [child];
  const node = graph.indexOf(child);
  if (node < 0) return null;
  const parents = newParents.map((id) => graph.indexOf(id)).filter((parent) => parent >= 0);
  const back = breadthFirst(graph.up, parents).pathTo(node);
  return back === null ? null : [child, ...back.slice(0, -1).map((step) => graph.idOf(step))];
}

function byKey(entitlements: Iterable<Entitlement>): Grants {
  const grants = new Map<string, Entitlement>();
  for (const entitlement of entitlements) {
    const key = entitlementKey(entitlement);
    if (!grants.has(key)) grants.set(key, entitlement);
  }
  return grants;
}

function without(grants: Grants, others: Grants): Grants {
  return new Map([...grants].filter(([key]) => !others.has(key)));
}
