import { UpstreamError } from '../../errors.ts';
import { eventLoop } from '../../event-loop.ts';
import type { Profile } from '../../model/profile.ts';
import { codePointKey, foldCase } from '../../scim/fold-case.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { listOf } from '../field-cost.ts';

/** A value with the number of profiles that have it. */
interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

const FacetValueRef = builder.objectRef<FacetValue>('FacetValue').implement({
  description: 'Value that some profiles of a list have, and how many of them.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'Value to filter by.' }),
    label: t.exposeString('label', { description: 'Text to show for the value.' }),
    count: t.exposeInt('count', { description: 'Number of profiles of the list that have the value.' }),
  }),
});

/** Estimated number of values of a facet. */
const facetSize = listOf(20);

export const AccessProfileFacetsRef = builder.objectRef<readonly Profile[]>('AccessProfileFacets').implement({
  description:
    'Number of profiles of a list for each value of some fields. Most frequent values first, then by label. A profile counts once for each value that it has.',
  fields: (t) => ({
    states: t.field({
      type: [FacetValueRef],
      cost: facetSize,
      description: 'Lifecycle states of the profiles.',
      resolve: async (profiles) => sorted(await count(profiles, ({ state }) => [state])),
    }),
    types: t.field({
      type: [FacetValueRef],
      cost: { once: 'types', ...facetSize },
      description:
        'Types of the profiles: the value is the id of the type in the Veza API, the label its name, or the id if the Veza API does not return the type to your key.',
      resolve: async (profiles, _args, context) => {
        const counts = await count(profiles, ({ typeId }) => (typeId === null ? [] : [typeId]));
        return sorted(counts, await typeLabels(counts.keys(), context));
      },
    }),
    labels: t.field({
      type: [FacetValueRef],
      cost: facetSize,
      description: 'Labels of the profiles.',
      resolve: async (profiles) => sorted(await count(profiles, ({ labels }) => labels)),
    }),
    integrations: t.field({
      type: [FacetValueRef],
      cost: facetSize,
      description: 'Integrations in which the profiles grant access.',
      resolve: async (profiles) => sorted(await count(profiles, ({ integrations }) => integrations)),
    }),
    datasources: t.field({
      type: [FacetValueRef],
      cost: { once: 'datasources', ...facetSize },
      description:
        'Data sources in which the profiles grant access: the value is the id of the data source, the label its name, or the id if your key cannot read the data source.',
      resolve: async (profiles, _args, context) => {
        const counts = await count(profiles, ({ datasourceIds }) => datasourceIds);
        return sorted(counts, counts.size === 0 ? undefined : await datasourceLabels(context));
      },
    }),
  }),
});

/** Counts the profiles that have each value. Throws UpstreamError for a profile whose values can't be read. */
async function count(
  profiles: readonly Profile[],
  valuesOf: (profile: Profile) => readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const profile of profiles) {
    for (const value of new Set(valuesOf(profile))) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (eventLoop.isHeld) await eventLoop.yield();
  }
  return counts;
}

async function typeLabels(ids: Iterable<string>, { loaders }: Context): Promise<ReadonlyMap<string, string>> {
  const types = await Promise.all(Array.from(ids, (id) => loaders.types.reference(id)));
  return new Map(types.flatMap((type) => (type === null ? [] : [[type.typeId, type.name]])));
}

/** Empty if the list cannot be read: many keys read profiles only, and the counts are right without names. */
async function datasourceLabels({ loaders }: Context): Promise<ReadonlyMap<string, string>> {
  try {
    const datasources = await loaders.datasources.references();
    return new Map(datasources.map(({ datasourceId, name }) => [datasourceId, name ?? datasourceId]));
  } catch (error) {
    if (error instanceof UpstreamError) return new Map();
    throw error;
  }
}

function sorted(
  counts: ReadonlyMap<string, number>,
  labels: ReadonlyMap<string, string> = new Map(),
): readonly FacetValue[] {
  return Array.from(counts, ([value, of]) => {
    const label = labels.get(value) ?? value;
    return { value, label, count: of, key: codePointKey(foldCase(label)) };
  })
    .sort((a, b) => b.count - a.count || order(a.key, b.key) || order(a.value, b.value))
    .map(({ key: _key, ...facet }) => facet);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
