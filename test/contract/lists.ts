import type { Case } from './cases.ts';
import { type Fact, type Facts, nanoseconds } from './facts.ts';

/** A text without accents, width and case; enough for the texts of the world. */
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
/** Without case alone. */
const folded = (text: string) => text.replaceAll('ß', 'ss').toLowerCase();

const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const query = `query ($search: String, $orderBy: [AccessProfileOrder!]) {
  accessProfiles(search: $search, orderBy: $orderBy, first: 500) {
    nodes { profileId } totalCount pageInfo { hasNextPage }
    facets {
      states { value count } types { value label count } labels { value count } integrations { value count } datasources { value count }
    }
  }
}`;

const texts = ({ record, integrations }: Fact) => [
  ...[record.name, record.description, record.catalog_item_info?.name ?? ''],
  ...[...record.labels, ...integrations],
];

function count(values: readonly (readonly string[])[], labelOf: (value: string) => string = (value) => value) {
  const counts = new Map<string, number>();
  for (const each of values) for (const value of new Set(each)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, number]) => ({ value, label: labelOf(value), count: number }))
    .sort(
      (a, b) => b.count - a.count || byCodePoint(folded(a.label), folded(b.label)) || byCodePoint(a.value, b.value),
    );
}

/** Searches and sorted lists, with their facets. */
export function listCases(facts: Facts): readonly Case[] {
  const typeName = (id: string) => facts.types.find((type) => type.id === id)?.name ?? null;
  const orders = {
    NAME: (a: Fact, b: Fact) => byCodePoint(folded(a.record.name), folded(b.record.name)),
    CREATED_AT: (a: Fact, b: Fact) => Number(nanoseconds(a.record.created_at) - nanoseconds(b.record.created_at)),
    TYPE: (a: Fact, b: Fact) => {
      const [left, right] = [typeName(a.record.profile_type), typeName(b.record.profile_type)];
      return left === null || right === null
        ? Number(left === null) - Number(right === null)
        : byCodePoint(folded(left), folded(right));
    },
  };
  const caseOf = (search: string, field: keyof typeof orders): Case => {
    const words = search.split(' ').map(plain);
    const found = facts.all
      .filter((fact) => words.every((word) => texts(fact).some((text) => plain(text).includes(word))))
      .sort((a, b) => orders[field](a, b) || byCodePoint(a.record.id, b.record.id));
    const withoutLabel = (values: readonly (readonly string[])[]) =>
      count(values).map(({ value, count: number }) => ({ value, count: number }));
    return {
      name: `the profiles with "${search}" by ${field}, and their facets`,
      query,
      variables: { search, orderBy: [{ field }] },
      data: {
        accessProfiles: {
          nodes: found.map(({ record }) => ({ profileId: record.id })),
          totalCount: found.length,
          pageInfo: { hasNextPage: false },
          facets: {
            states: withoutLabel(found.map(({ record }) => [record.state])),
            types: count(
              found.map(({ record }) => [record.profile_type]),
              (id) => typeName(id) ?? id,
            ),
            labels: withoutLabel(found.map(({ record }) => record.labels)),
            integrations: withoutLabel(found.map(({ integrations }) => integrations)),
            datasources: withoutLabel(found.map(({ datasourceIds }) => datasourceIds)),
          },
        },
      },
    };
  };
  return [caseOf('', 'NAME'), caseOf('E', 'TYPE'), caseOf('ETIQUETTE', 'NAME'), caseOf('filler TIER-1', 'CREATED_AT')];
}
