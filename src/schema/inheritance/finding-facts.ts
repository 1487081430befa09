import { GatewayError } from '../../errors.ts';
import { namedReferences } from '../../inheritance/analysis/findings/dangling-references.ts';
import type { FindingFacts } from '../../inheritance/analysis/findings/facts.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { ReferenceList } from '../../loaders/reference-list.ts';
import type { Context } from '../context.ts';
import { inSlices } from '../in-slices.ts';

/**
 * Reads the data sources and policies that findings are checked against. A list that cannot be read is null: it costs its own
 * findings, and no others.
 */
export async function factsFor(hierarchy: Hierarchy, context: Context): Promise<FindingFacts> {
  const { datasources, policies } = context.loaders;
  const [, knownPolicies] = await Promise.all([
    unlessFailed(datasources.references()),
    unlessFailed(policies.references()),
  ]);
  const named = await inSlices(context, namedReferences(hierarchy, knownPolicies ?? []));
  return {
    separationRules: context.separationRules,
    datasources: await proven(datasources, named['data source'].keys()),
    policies: await proven(policies, named.policy.keys()),
  };
}

/** A list that was read to its end, in which each id that it lacks is known to be missing. */
async function proven<T>(list: ReferenceList<T>, ids: Iterable<string>): Promise<readonly T[] | null> {
  return unlessFailed(
    (async () => {
      const all = new Set(await list.references());
      for (const id of ids) {
        const found = await list.reference(id);
        if (found !== null) all.add(found);
      }
      return [...all];
    })(),
  );
}

async function unlessFailed<T>(reading: T | Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GatewayError && error.code !== 'COST_LIMIT') return null;
    throw error;
  }
}
