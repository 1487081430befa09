import type { Profile } from '../../model/profile.ts';
import { type Adjacency, adjacencyOf } from '../graph/adjacency.ts';
import { breadthFirst } from '../graph/breadth-first.ts';
import type { Graph } from '../graph/graph.ts';

/** Whether a profile gives its entitlements to its members: it is running, and its current version is published. */
export function isLive({ state, currentVersion, currentVersionNumber }: Profile): boolean {
  return state === 'RUNNING' && currentVersionNumber !== null && currentVersion?.state === 'PUBLISHED';
}

/** A profile whose members get what a profile that was asked about grants. */
export interface MembershipWay {
  readonly node: number;
  /**
   * A shortest way from it up to one that was asked about, both included. Ties go by node order. Made on demand, since on a
   * chain of n profiles the paths together have n²/2 steps.
   */
  path(): readonly number[];
  /** Whether any way, shortest or not, is live: each profile on it, both ends included. */
  readonly provisioned: boolean;
}

/**
 * The profiles whose members get what any of `targets` grants: these and all that inherit from them, nearest first, each once.
 * A profile on a cycle has the ways of the cycle, and reaches itself by itself. O(nodes + edges).
 */
export function membershipWays(
  graph: Graph,
  targets: Iterable<number>,
  liveAt: (node: number) => boolean,
): MembershipWay[] {
  const asked = [...new Set(targets)];
  const search = breadthFirst(graph.down, asked);
  const live = liveReach(graph.down, asked, liveAt);
  return Array.from(search.order, (node) => ({
    node,
    path: () => (search.pathTo(node) ?? [node]).reverse(),
    provisioned: live.has(node),
  }));
}

/** The nodes that are reached through live nodes alone, the live starts included. */
export function liveReach(
  adjacency: Adjacency,
  starts: readonly number[],
  liveAt: (node: number) => boolean,
): ReadonlySet<number> {
  const live = Uint8Array.from({ length: adjacency.size }, (_, node) => Number(liveAt(node)));
  const lists = Array.from(live, (isLiveNode, node) =>
    isLiveNode === 1 ? adjacency.of(node).filter((target) => live[target] === 1) : [],
  );
  const from = starts.filter((node) => live[node] === 1);
  return new Set(breadthFirst(adjacencyOf(lists), from).order);
}

/** A membership: somebody in the list of a profile's members. */
export interface Membership<Way> {
  readonly identityId: string;
  readonly identityName: string | null;
  readonly way: Way;
}

/** Somebody with all the memberships that are theirs. */
export interface Person<Way> {
  /** Of their first membership. */
  readonly identityId: string;
  readonly identityName: string | null;
  /** Each profile once, in the order of the memberships. */
  readonly ways: readonly Way[];
}

/**
 * Puts memberships together by person, in the order of their first one. `personOf` tells which identities are one person;
 * null: nothing is known of the identity beyond its id.
 */
export function people<Way>(
  memberships: Iterable<Membership<Way>>,
  personOf: (identityId: string) => string | null = () => null,
): Person<Way>[] {
  const found = new Map<string, { identityId: string; identityName: string | null; ways: Set<Way> }>();
  for (const { identityId, identityName, way } of memberships) {
    const person = personOf(identityId);
    const key = person === null ? `identity ${identityId}` : `person ${person}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { identityId, identityName, ways: new Set([way]) });
    else known.ways.add(way);
  }
  return Array.from(found.values(), ({ ways, ...person }) => ({ ...person, ways: [...ways] }));
}
