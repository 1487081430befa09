import type { World } from '../../src/sandbox/server.ts';
import { completeProfile, completeType } from '../../src/sandbox/world.ts';

type ProfileRecord = ReturnType<typeof completeProfile>;
type TypeRecord = ReturnType<typeof completeType>;

/** What is true of a profile, read off the raw records by plain loops and without a line of the gateway. */
export interface Fact {
  readonly record: ProfileRecord;
  readonly version: ProfileRecord['versions'][number] | null;
  readonly parents: readonly string[];
  readonly integrations: readonly string[];
  readonly providerIds: readonly string[];
  readonly providerExternalIds: readonly string[];
  readonly datasourceIds: readonly string[];
}

export interface Facts {
  readonly all: readonly Fact[];
  readonly types: readonly TypeRecord[];
  readonly world: World;
  /** Throws where there is none: a case that names it would be wrong. */
  profile(id: string): Fact;
  has(id: string): boolean;
  childrenOf(id: string): readonly string[];
  /** Every profile above (or below) one, in the order of the world; itself only if it stands in a circle. */
  above(id: string): readonly string[];
  below(id: string): readonly string[];
  identityName(id: string): string | null;
}

export function factsOf(world: World): Facts {
  const all = world.profiles.map((profile) => factOf(completeProfile(profile), world));
  const byId = new Map(all.map((fact) => [fact.record.id, fact]));
  const childrenOf = (id: string) => all.filter(({ parents }) => parents.includes(id)).map(({ record }) => record.id);
  const reach = (id: string, next: (id: string) => readonly string[]) => {
    const reached = new Set<string>();
    const pending = [...next(id)];
    for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
      if (reached.has(each)) continue;
      reached.add(each);
      pending.push(...next(each));
    }
    return [...byId.keys()].filter((each) => reached.has(each));
  };
  return {
    all,
    types: world.types.map(completeType),
    world,
    profile(id) {
      const fact = byId.get(id);
      if (fact === undefined) throw new RangeError(`the world has no profile ${id}`);
      return fact;
    },
    has: (id) => byId.has(id),
    childrenOf,
    above: (id) => reach(id, (each) => byId.get(each)?.parents ?? []),
    below: (id) => reach(id, childrenOf),
    identityName: (id) => world.identities?.find((identity) => identity.id === id)?.name ?? null,
  };
}

function factOf(record: ProfileRecord, world: World): Fact {
  const version =
    record.versions.find(({ version_number }) => version_number === record.current_version_number) ?? null;
  const datasourceIds = distinct([
    ...record.datasource_ids,
    ...(version?.entities_to_create_relationships_to ?? []).map(({ datasource_id }) => datasource_id),
    ...(version?.application_datasource_id ? [version.application_datasource_id] : []),
  ]);
  const sources = datasourceIds.flatMap((id) => (world.datasources ?? []).filter((source) => source.id === id));
  return {
    record,
    version,
    parents: distinct(version?.inherit_entities_from_access_profiles ?? []),
    datasourceIds,
    integrations: distinct(sources.map(({ integration }) => integration)),
    providerIds: distinct(sources.map(({ provider_id }) => provider_id)),
    providerExternalIds: distinct(sources.map(({ provider_external_id }) => provider_external_id)),
  };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** Nanoseconds since 1970: for instants with at most nine digits and no leap second. */
export function nanoseconds(instant: string): bigint {
  const [, seconds = '', fraction = '', zone = ''] = /^(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(instant) ?? [];
  return BigInt(Date.parse(`${seconds}${zone}`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
