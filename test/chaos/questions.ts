import type { ProfileRecord } from '../../src/sandbox/record.ts';
import { currentVersion, parentsOf } from '../../src/sandbox/store.ts';
import type { State } from './history.ts';
import type { Person } from './world.ts';

/** A question, and what its answer is in truth: worked out on the records, by nothing that the gateway uses. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The data of the answer in a state of the records, which holds only what the person sees. */
  readonly truth: (state: State) => unknown;
  /** Whether the answer may come from a snapshot that the gateway keeps. */
  readonly isWhole?: boolean;
  /** Whether it shows types that the gateway may keep. */
  readonly showsKeptTypes?: boolean;
}

export type Ask = (person: Person, random: () => number, state: State) => Question;

const labels = ['production', 'development', 'sensitive', 'finance', 'engineering'];

export function pick<T>(random: () => number, all: readonly T[]): T {
  const chosen = all[Math.floor(random() * all.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}

export const entitiesOf = (profile: ProfileRecord) =>
  currentVersion(profile)?.entities_to_create_relationships_to ?? [];
const show = ({ id, name }: ProfileRecord) => ({ profileId: id, name });
const shown = ({ profiles }: State, ids: readonly string[]) =>
  ids.flatMap((id) => profiles.get(id) ?? []).map((profile) => show(profile));
export const childrenOf = ({ profiles }: State, id: string): readonly ProfileRecord[] =>
  [...profiles.values()].filter((profile) => parentsOf(profile).includes(id));

/** The profiles above or below some others with their distances, nearest first; not the others themselves. */
export function reached(
  { profiles }: State,
  from: readonly string[],
  next: (profile: ProfileRecord) => readonly string[],
): Map<string, number> {
  const found = new Map(from.map((id) => [id, 0]));
  for (const [id, depth] of found) {
    const profile = profiles.get(id);
    for (const each of profile === undefined ? [] : next(profile)) {
      if (profiles.has(each) && !found.has(each)) found.set(each, depth + 1);
    }
  }
  for (const id of from) found.delete(id);
  return found;
}

export const list: Ask = (_person, random) => {
  const label = pick(random, labels);
  const first = pick(random, [5, 50, 120]);
  return {
    query: `query List($label: String!, $first: Int) {
      accessProfiles(filter: { labels: { has: $label } }, first: $first) {
        nodes { profileId name labels type { name } inheritsFrom { profileId name } missingParentIds }
        pageInfo { hasNextPage }
      }
    }`,
    variables: { label, first },
    showsKeptTypes: true,
    truth: (state) => {
      const matches = [...state.profiles.values()].filter((profile) => profile.labels.includes(label));
      return {
        accessProfiles: {
          nodes: matches.slice(0, first).map((profile) => ({
            ...show(profile),
            labels: profile.labels,
            type: { name: state.types.get(profile.profile_type)?.name },
            inheritsFrom: shown(state, parentsOf(profile)),
            missingParentIds: parentsOf(profile).filter((id) => !state.profiles.has(id)),
          })),
          pageInfo: { hasNextPage: matches.length > first },
        },
      };
    },
  };
};

/** All pages of all profiles, while profiles come and go. */
export const all: Ask = () => ({
  query: 'query All { accessProfiles(first: 500) { totalCount nodes { profileId name } } }',
  variables: {},
  truth: ({ profiles }) => ({
    accessProfiles: { totalCount: profiles.size, nodes: [...profiles.values()].map((profile) => show(profile)) },
  }),
});

export const byId: Ask = (_person, random, state) => {
  const id = pick(random, [...state.profiles.keys()]);
  return {
    query: `query ById($id: ID!) {
      accessProfile(id: $id) {
        profileId name inheritedBy { profileId name } inheritsFrom { profileId name } entitlements { entityId }
      }
    }`,
    variables: { id },
    truth: (now) => {
      const profile = now.profiles.get(id);
      if (profile === undefined) return { accessProfile: null };
      return {
        accessProfile: {
          ...show(profile),
          inheritedBy: childrenOf(now, id).map((each) => show(each)),
          inheritsFrom: shown(now, parentsOf(profile)),
          entitlements: entitiesOf(profile).map((entity) => ({ entityId: entity.entity_id })),
        },
      };
    },
  };
};

export const count: Ask = (_person, random) => {
  const prefix = pick(random, ['Global', 'EMEA', 'Nordics', 'playground', 'outside']);
  return {
    query: `query Count($prefix: String!) {
      accessProfiles(filter: { name: { startsWith: $prefix } }, first: 0) { totalCount }
    }`,
    variables: { prefix },
    truth: ({ profiles }) => ({
      accessProfiles: { totalCount: [...profiles.values()].filter(({ name }) => name.startsWith(prefix)).length },
    }),
  };
};

export const ancestors: Ask = (person, random, state) => {
  const id = random() < 0.3 ? person.playground : pick(random, [...state.profiles.keys()]);
  return {
    query: 'query Ancestors($id: ID!) { accessProfile(id: $id) { ancestors { depth profile { profileId name } } } }',
    variables: { id },
    truth: (now) => {
      if (!now.profiles.has(id)) return { accessProfile: null };
      const found = [...reached(now, [id], parentsOf)];
      return {
        accessProfile: {
          ancestors: found.map(([ancestor, depth]) => ({ depth, profile: shown(now, [ancestor])[0] })),
        },
      };
    },
  };
};

export const effective: Ask = (person, random, state) => {
  const id = random() < 0.3 ? person.playground : pick(random, [...state.profiles.keys()]);
  return {
    query: `query Effective($id: ID!) {
      accessProfile(id: $id) {
        effectiveEntitlements { direct entitlement { datasourceId entityType entityId } grantedBy { profileId } }
      }
    }`,
    variables: { id },
    truth: (now) => {
      if (!now.profiles.has(id)) return { accessProfile: null };
      return { accessProfile: { effectiveEntitlements: [...effectiveOf(now, id).values()] } };
    },
  };
};

/** What a profile grants, itself and through others, by a text that tells grants apart. */
export function effectiveOf(state: State, id: string) {
  const found = new Map<string, { direct: boolean; entitlement: object; grantedBy: { profileId: string }[] }>();
  for (const each of [id, ...reached(state, [id], parentsOf).keys()]) {
    const profile = state.profiles.get(each);
    for (const { datasource_id, entity_type, entity_id, ...entity } of profile === undefined
      ? []
      : entitiesOf(profile)) {
      const through = `${entity.assigned_to_entity_type ?? ''} ${entity.assigned_to_entity_id ?? ''}`;
      const key = `${datasource_id} ${entity_type} ${entity_id} ${through}`;
      const known = found.get(key);
      if (known !== undefined) known.grantedBy.push({ profileId: each });
      else {
        found.set(key, {
          direct: each === id,
          entitlement: { datasourceId: datasource_id, entityType: entity_type, entityId: entity_id },
          grantedBy: [{ profileId: each }],
        });
      }
    }
  }
  return found;
}
