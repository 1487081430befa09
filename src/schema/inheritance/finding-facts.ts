import { GatewayError } from '../../errors.ts';
import { namedReferences } from '../../inheritance/analysis/findings/dangling-references.ts';
import type { FindingFacts } from '../../inheritance/analysis/findings/facts.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { ReferenceList } from '../../loaders/reference-list.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../in-slices.ts';

/**
 * Reads the data sources and policies that findings are checked against. If the caller did not name the kinds of findings, a
 * list that the tenant lacks or the key may not read is null: it costs its own findings, and no others. Throws GatewayError.
 */
export async function factsFor(hierarchy: Hierarchy, context: Context, isNamed: boolean): Promise<FindingFacts> {
  const unlessFailed = isNamed ? required : unlessRefused;
  const { datasources, policies } = context.loaders;
  const [, knownPolicies] = await Promise.all([
    unlessFailed(datasources.references()),
    unlessFailed(policies.references()),
  ]);
  const named = await inSlices(context, namedReferences(hierarchy, knownPolicies ?? []));
  return {
    separationRules: context.separationRules,
    datasources: await unlessFailed(proven(datasources, named['data source'].keys())),
    policies: await unlessFailed(proven(policies, named.policy.keys())),
  };
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
