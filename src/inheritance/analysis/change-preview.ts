import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import { type Graph, graphInSteps } from '../graph/graph.ts';
import type { Steps } from '../steps.ts';
import { type AffectedProfile, accessDifference, type World } from './access-difference.ts';
import { buildGrantTable } from './grants.ts';

/** The content that would replace that of a profile's current version. */
export interface ProposedVersion {
  readonly entitlements: readonly Entitlement[];
  readonly parentIds: readonly string[];
}

/** The difference that a change makes to direct and effective grants. */
export interface ChangePreview {
  /** Direct grants by key: one that only changes its condition or the like is in neither list. */
  readonly added: readonly Entitlement[];
  readonly removed: readonly Entitlement[];
  /** The changed profile first, then its descendants nearest first; only those that gain or lose something. */
  readonly affected: readonly AffectedProfile[];
}

/**
 * What replacing one profile's direct grants and parents does to effective grants there and below (`accessDifference`); a
 * profile that isn't in the graph counts as new and empty. Missing parents grant nothing; a change that closes a cycle is
 * worked out all the same.
 */
export function* previewChange(
  { graph, grants }: World,
  profileId: string,
  proposed: ProposedVersion,
): Steps<ChangePreview> {
  const profile = graph.indexOf(profileId);
  const before = profile < 0 ? [] : grants.entitlementsOf(profile);
  const after = yield* proposedWorld({ graph, grants }, profileId, proposed);
  return {
    added: without(proposed.entitlements, before),
    removed: without(before, proposed.entitlements),
    affected: yield* accessDifference({ graph, grants }, after, [profileId]),
  };
}

/** The world in which one profile holds and inherits something else. */
export function* proposedWorld({ graph, grants }: World, profileId: string, proposed: ProposedVersion): Steps<World> {
  const profile = graph.indexOf(profileId);
  const parentIdsOf = (node: number) => Array.from(graph.parents(node), (parent) => graph.idOf(parent));
  const others = graph.ids.map((id, node) => ({
    id,
    parentIds: id === profileId ? proposed.parentIds : parentIdsOf(node),
  }));
  const changed = yield* graphInSteps(
    profile < 0 ? [...others, { id: profileId, parentIds: proposed.parentIds }] : others,
  );
  return {
    graph: changed,
    grants: yield* buildGrantTable(changed, (id) =>
      id === profileId ? proposed.entitlements : grants.entitlementsOf(graph.indexOf(id)),
    ),
  };
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

function without(entitlements: readonly Entitlement[], others: readonly Entitlement[]): Entitlement[] {
  const left = new Map(entitlements.map((entitlement) => [entitlementKey(entitlement), entitlement]));
  for (const other of others) left.delete(entitlementKey(other));
  return [...left.values()];
}
