import { GatewayError } from '../../errors.ts';
import { all, type Condition, everything, memberTest } from '../../filter/condition.ts';
import { namedReferences } from '../../inheritance/analysis/findings/dangling-references.ts';
import { type FindingFacts, noFacts } from '../../inheritance/analysis/findings/facts.ts';
import type { FindingKind } from '../../inheritance/analysis/findings/finding.ts';
import { unusedUnlessMembers } from '../../inheritance/analysis/findings/unused-profiles.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { ReferenceList } from '../../loaders/reference-list.ts';
import type { LifecyclePolicy } from '../../model/policy.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../in-slices.ts';

export interface FactsRequest {
  /** Whether the caller named the kinds of findings, so that none of them must be left out. */
  readonly isNamed: boolean;
  /** What a profile of each finding must satisfy; null: nothing. */
  readonly condition: Condition | null;
}

const factKinds: ReadonlySet<FindingKind> = new Set(['DANGLING_REFERENCE', 'DISABLED_DATASOURCE', 'UNUSED_PROFILE']);

/** Whether findings of a kind depend on more than the hierarchy and the rules. */
export function hasFacts(kind: FindingKind): boolean {
  return factKinds.has(kind);
}

/**
 * Reads what findings of a kind are checked against: data sources, policies, members. If the caller did not name the kinds, a list
 * that the tenant lacks or the key may not read is null: it costs its own findings, and no others. Throws GatewayError.
 */
export async function factsFor(
  hierarchy: Hierarchy,
  context: Context,
  { isNamed, condition }: FactsRequest,
  kind: FindingKind,
): Promise<FindingFacts> {
  const { datasources, policies } = context.loaders;
  if (kind === 'UNUSED_PROFILE') {
    const known = await policies.all();
    return { ...noFacts, policies: known, memberless: await withoutMembers(hierarchy, context, known, condition) };
  }
  const unlessFailed = isNamed ? required : unlessRefused;
  const needsPolicies = kind === 'DANGLING_REFERENCE';
  const [, knownPolicies] = await Promise.all([
    unlessFailed(datasources.references()),
    needsPolicies ? unlessFailed(policies.references()) : null,
  ]);
  const named = await inSlices(context, namedReferences(hierarchy, knownPolicies ?? []));
  return {
    ...noFacts,
    datasources: await unlessFailed(proven(datasources, named['data source'].keys())),
    policies: needsPolicies ? await unlessFailed(proven(policies, named.policy.keys())) : null,
  };
}

/** Profiles that would be unused, and of which it is proven that they have no members. */
async function withoutMembers(
  hierarchy: Hierarchy,
  { loaders }: Context,
  policies: readonly LifecyclePolicy[],
  condition: Condition | null,
): Promise<ReadonlySet<string>> {
  const candidates = unusedUnlessMembers(hierarchy, policies).map((node) => hierarchy.profileOf(node));
  const isEmpty = memberTest('filter', (members) => members.size === 0);
  const matching = await loaders.matcher.matching(all([condition ?? everything, isEmpty]), candidates);
  return new Set(matching.map(({ profileId }) => profileId));
}

/** A list that was read to its end, in which each id that it lacks is known to be missing. */
async function proven<T>(list: ReferenceList<T>, ids: Iterable<string>): Promise<readonly T[]> {
  const all = new Set(await list.references());
  for (const id of ids) {
    const found = await list.reference(id);
    if (found !== null) all.add(found);
  }
  return [...all];
}

async function required<T>(reading: T | Promise<T>): Promise<T> {
  return reading;
}

async function unlessRefused<T>(reading: T | Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'FORBIDDEN' || error.code === 'NOT_SUPPORTED')) return null;
    throw error;
  }
}
