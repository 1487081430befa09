import type { Store } from '../../src/sandbox/store.ts';
import { currentVersion, parentsOf } from '../../src/sandbox/store.ts';
import type { Person } from './world.ts';

/** A question, and what its answer is in truth: worked out on the records, by nothing that the gateway uses. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** After the answer came, with the store as it is then. */
  readonly truth: (store: Store) => unknown;
  /** Of a change that was answered as done: whether it is there. */
  readonly isThere?: (store: Store) => boolean;
}

type Ask = (person: Person, random: () => number, store: Store) => Question;

const labels = ['production', 'development', 'sensitive', 'finance', 'engineering'];
const pick = <T>(random: () => number, all: readonly T[]): T => {
  const chosen = all[Math.floor(random() * all.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
};

const visible = (person: Person, store: Store) => [...store.profiles()].filter(person.sees);
const show = (person: Person, store: Store, id: string) => {
  const profile = store.profile(id);
  if (profile === undefined || !person.sees(profile)) return null;
  return { profileId: profile.id, name: profile.name };
};
const shown = (person: Person, store: Store, ids: readonly string[]) =>
  ids.map((id) => show(person, store, id)).filter((each) => each !== null);

const list: Ask = (person, random) => {
  const label = pick(random, labels);
  const first = pick(random, [5, 50, 120]);
  return {
    query: `query List($label: String!, $first: Int) {
      accessProfiles(filter: { labels: { has: $label } }, first: $first) {
        nodes { profileId name labels type { name } inheritsFrom { profileId name } }
        pageInfo { hasNextPage }
      }
    }`,
    variables: { label, first },
    truth: (store) => {
      const matches = visible(person, store).filter((profile) => profile.labels.includes(label));
      return {
        accessProfiles: {
          nodes: matches.slice(0, first).map((profile) => ({
            profileId: profile.id,
            name: profile.name,
            labels: profile.labels,
            type: { name: store.type(profile.profile_type)?.name },
            inheritsFrom: shown(person, store, parentsOf(profile)),
          })),
          pageInfo: { hasNextPage: matches.length > first },
        },
      };
    },
  };
};

const byId: Ask = (person, random, store) => {
  const { id } = pick(random, [...store.profiles()]);
  return {
    query: `query ById($id: ID!) {
      accessProfile(id: $id) { profileId name inheritedBy { profileId name } entitlements { entityId } }
    }`,
    variables: { id },
    truth: (now) => {
      const profile = now.profile(id);
      if (profile === undefined || !person.sees(profile)) return { accessProfile: null };
      const children = visible(person, now).filter((each) => parentsOf(each).includes(id));
      return {
        accessProfile: {
          profileId: id,
          name: profile.name,
          inheritedBy: children.map((each) => ({ profileId: each.id, name: each.name })),
          entitlements: currentVersion(profile)?.entities_to_create_relationships_to.map((entity) => ({
            entityId: entity.entity_id,
          })),
        },
      };
    },
  };
};

const count: Ask = (person, random) => {
  const prefix = pick(random, ['Global', 'EMEA', 'Nordics', 'playground']);
  return {
    query: `query Count($prefix: String!) {
      accessProfiles(filter: { name: { startsWith: $prefix } }, first: 0) { totalCount }
    }`,
    variables: { prefix },
    truth: (store) => ({
      accessProfiles: { totalCount: visible(person, store).filter(({ name }) => name.startsWith(prefix)).length },
    }),
  };
};

const ancestors: Ask = (person, random, store) => {
  const { id } = pick(random, visible(person, store));
  return {
    query: 'query Ancestors($id: ID!) { accessProfile(id: $id) { ancestors { depth profile { profileId name } } } }',
    variables: { id },
    truth: (now) => {
      const found: { depth: number; profile: unknown }[] = [];
      const seen = new Set([id]);
      let level = [id];
      for (let depth = 1; level.length > 0; depth++) {
        const next: string[] = [];
        for (const each of level) {
          const profile = now.profile(each);
          for (const parent of profile === undefined ? [] : parentsOf(profile)) {
            const known = show(person, now, parent);
            if (known === null || seen.has(parent)) continue;
            seen.add(parent);
            next.push(parent);
            found.push({ depth, profile: known });
          }
        }
        level = next;
      }
      return { accessProfile: { ancestors: found } };
    },
  };
};

const label: Ask = (person, random) => {
  const name = pick(random, ['one', 'two', 'three']);
  const field = pick(random, ['addAccessProfileLabels', 'removeAccessProfileLabels']);
  return {
    query: `mutation Label($input: ChangeAccessProfileLabelsInput!) {
      change: ${field}(input: $input) {
        ... on ChangeAccessProfileLabelsPayload { accessProfile { profileId labels } }
        ... on Error { __typename message }
      }
    }`,
    variables: { input: { id: person.playground, labels: [name] } },
    truth: (store) => ({
      change: { accessProfile: { profileId: person.playground, labels: store.profile(person.playground)?.labels } },
    }),
    isThere: (store) =>
      store.profile(person.playground)?.labels.includes(name) === (field === 'addAccessProfileLabels'),
  };
};

export const reads: readonly Ask[] = [list, list, byId, count, ancestors, label];

/** A profile that nobody else makes; `name` says how often it was made. */
export function creation(person: Person, serial: number, type: string): Question & { readonly name: string } {
  const name = `created ${person.index} ${serial}`;
  return {
    name,
    query: `mutation Create($input: CreateAccessProfileInput!) {
      createAccessProfile(input: $input) {
        ... on CreateAccessProfilePayload { accessProfile { name } }
        ... on Error { __typename message }
      }
    }`,
    variables: { input: { name, type, state: 'RUNNING' } },
    truth: () => ({ createAccessProfile: { accessProfile: { name } } }),
    isThere: (store) => [...store.profiles()].some((profile) => profile.name === name),
  };
}
