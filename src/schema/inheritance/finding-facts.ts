import { GatewayError } from '../../errors.ts';
import { all, type Condition, everything, memberTest } from '../../filter/condition.ts';
import { unknownReferences } from '../../inheritance/analysis/findings/dangling-references.ts';
import { type FindingFacts, type FindingKind, noFacts } from '../../inheritance/analysis/findings/finding.ts';
import { unusedUnlessMembers } from '../../inheritance/analysis/findings/unused-profiles.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { ReferenceList } from '../../loaders/reference-list.ts';
import type { LifecyclePolicy } from '../../model/neighbours.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../snapshot.ts';

/** A question for findings. */
export interface FactsRequest {
  readonly kinds: readonly FindingKind[];
  /** Whether the caller named the kinds, so that none of them must be left out. */
  readonly isNamed: boolean;
  /** The condition that a profile of each finding must satisfy; null: none. */
  readonly condition: Condition | null;
}

/** Kinds that depend on more than the hierarchy and the rules. */
export const factKinds: ReadonlySet<FindingKind> = new Set([
  'DANGLING_REFERENCE',
  'DISABLED_DATASOURCE',
  'UNUSED_PROFILE',
]);

/**
 * Reads what findings are checked against besides the hierarchy: data sources, policies, members. If the caller did not name the
 * kinds of findings, a list that the tenant lacks or the key may not read is null: it costs its own findings, and no others.
 * Throws GatewayError.
 */
export async function factsFor(hierarchy: Hierarchy, context: Context, request: FactsRequest): Promise<FindingFacts> {
  const { separationRules } = context;
  const asksFor = (kind: FindingKind) => request.kinds.includes(kind);
  const needsPolicies = asksFor('DANGLING_REFERENCE');
  const references =
    needsPolicies || asksFor('DISABLED_DATASOURCE')
      ? await referenceFacts(hierarchy, context, request.isNamed ? required : unlessRefused, needsPolicies)
      : {};
  const usage = asksFor('UNUSED_PROFILE') ? await usageFacts(hierarchy, context, request.condition) : {};
  return { ...noFacts, separationRules, ...references, ...usage };
}

async function referenceFacts(
  hierarchy: Hierarchy,
  context: Context,
  unlessFailed: <T>(reading: T | Promise<T>) => Promise<T | null>,
  needsPolicies: boolean,
): Promise<Pick<FindingFacts, 'datasources' | 'policies'>> {
  const { datasources, policies } = context.loaders;
  const [listed, knownPolicies] = await Promise.all([
    unlessFailed(datasources.references()),
    needsPolicies ? unlessFailed(policies.references()) : null,
  ]);
  const lacking = await inSlices(
    context,
    unknownReferences(hierarchy, { datasources: listed, policies: knownPolicies }),
  );
  return {
    datasources: listed && (await unlessFailed(proven(datasources, lacking['data source'].keys()))),
    policies: knownPolicies && (await unlessFailed(proven(policies, lacking.policy.keys()))),
  };
}

async function usageFacts(
  hierarchy: Hierarchy,
  context: Context,
  condition: Condition | null,
): Promise<Pick<FindingFacts, 'policies' | 'memberless'>> {
  // Read now: what was read before may lack a policy that is new.
  const policies = await context.loaders.policies.all();
  return { policies, memberless: await withoutMembers(hierarchy, context, policies, condition) };
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
