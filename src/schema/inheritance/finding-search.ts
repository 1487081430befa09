import { inheritanceFindings } from '../../inheritance/analysis/findings/all.ts';
import {
  type Finding,
  type FindingFacts,
  type FindingKind,
  findingKinds,
  noFacts,
} from '../../inheritance/analysis/findings/finding.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../snapshot.ts';
import { type FactsRequest, factKinds, factsFor } from './finding-facts.ts';
import { type PeopleRequest, peopleFindings } from './people-findings.ts';

/** Findings that somebody asks for. */
export interface FindingsRequest extends FactsRequest, PeopleRequest {
  /** Whether people who break rules of separation are found as well. */
  readonly includePeople: boolean;
}

/** Findings by hierarchy, or promises of them. They never expire, since a hierarchy does not change. */
type Found = Map<FindingKind, readonly Finding[] | Promise<readonly Finding[]>>;
const found = new WeakMap<Hierarchy, Found>();

/** The findings of some kinds, in the order of the enum. Fields that share a hierarchy share one computation. */
export async function findingsIn(
  hierarchy: Hierarchy,
  request: FindingsRequest,
  context: Context,
): Promise<readonly Finding[]> {
  const facts = await factsFor(hierarchy, context, request);
  const all: Finding[] = [];
  for (const kind of findingKinds.filter((each) => request.kinds.includes(each))) {
    const findings = factKinds.has(kind)
      ? await search(kind, hierarchy, facts, context)
      : await sharedFindings(kind, hierarchy, context);
    for (const each of findings) all.push(each);
    if (kind !== 'SEPARATION_VIOLATION' || !request.includePeople) continue;
    for (const each of await peopleFindings(hierarchy, context, request)) all.push(each);
  }
  return all;
}

function search(
  kind: FindingKind,
  hierarchy: Hierarchy,
  facts: FindingFacts,
  context: Context,
): Promise<readonly Finding[]> {
  return inSlices(context, inheritanceFindings(hierarchy, [kind], facts));
}

/** Those of a kind that depends on the hierarchy and the rules alone. */
async function sharedFindings(kind: FindingKind, hierarchy: Hierarchy, context: Context): Promise<readonly Finding[]> {
  const known: Found = found.get(hierarchy) ?? new Map();
  found.set(hierarchy, known);
  // The operation that runs the computation can time out before the operations that wait for it.
  for (let under = known.get(kind); under instanceof Promise; under = known.get(kind))
    await under.catch(() => undefined);
  const before = known.get(kind);
  if (before !== undefined) return before;
  const searching = search(kind, hierarchy, { ...noFacts, separationRules: context.separationRules }, context);
  known.set(kind, searching);
  try {
    const now = await searching;
    known.set(kind, now);
    return now;
  } catch (error) {
    known.delete(kind);
    throw error;
  }
}
