import { inheritanceFindings } from '../../inheritance/analysis/findings/all.ts';
import {
  type Finding,
  type FindingFacts,
  type FindingKind,
  findingKinds,
  noFacts,
} from '../../inheritance/analysis/findings/finding.ts';
import { memberSeparationFindings, separationCheckOf } from '../../inheritance/analysis/findings/separation.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Profile } from '../../model/profile.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../snapshot.ts';
import { type FactsRequest, factKinds, factsFor } from './finding-facts.ts';

/** Findings that somebody asks for. */
export interface FindingsRequest extends FactsRequest {
  /** Whether people who break rules of separation are found as well. */
  readonly includePeople: boolean;
  /** The profile whose members are read for one of the hierarchy; null: it has none yet. */
  readonly asItIs: (profile: Profile) => Profile | null;
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

/**
 * The people who break rules of separation by all profiles together that they are a member of. Reads the members of each profile
 * that has an entitlement which rules name. Throws GatewayError.
 */
async function peopleFindings(
  hierarchy: Hierarchy,
  context: Context,
  { asItIs }: FindingsRequest,
): Promise<readonly Finding[]> {
  const { members, callsLeft } = context.loaders;
  const check = await inSlices(context, separationCheckOf(hierarchy, context.separationRules));
  const holders = check.decisive().flatMap((node) => {
    const profile = asItIs(hierarchy.profileOf(node));
    return profile === null ? [] : [{ node, profile }];
  });
  const lists = await members.ofProfiles(
    holders.map(({ profile }) => profile),
    callsLeft,
  );
  const membersAt = new Map(holders.map(({ node }, i) => [node, lists[i] ?? []]));
  const findings = await inSlices(
    context,
    memberSeparationFindings(hierarchy, check, (node) => membersAt.get(node) ?? []),
  );
  context.resultLimit.spend(findings.length);
  return findings;
}
