import type { ProfileRecord } from '../../src/sandbox/record.ts';
import { parentsOf } from '../../src/sandbox/store.ts';
import type { State } from './history.ts';
import { entitiesOf, pick } from './questions.ts';
import { hotProfiles, type Person, playgroundType } from './world.ts';

/** A change that a caller asks for. What it touches is touched by nobody else, though others change the same profile. */
export interface Change {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The profile to be changed; of a creation, its name. */
  readonly target: { readonly id: string } | { readonly name: string };
  /** Profiles that have to be there. */
  readonly needs: readonly string[];
  /** The data of an answer that says that it is done. */
  readonly truth: (state: State) => unknown;
  /** Whether the profile shows the change. */
  readonly isThere: (profile: ProfileRecord) => boolean;
}

type Make = (person: Person, random: () => number, state: State) => Change;

const errors = '... on Error { __typename message }';

const label: Make = ({ playground }, random) => {
  const name = pick(random, ['one', 'two', 'three']);
  const field = pick(random, ['addAccessProfileLabels', 'removeAccessProfileLabels']);
  return {
    query: `mutation Label($input: ChangeAccessProfileLabelsInput!) {
      change: ${field}(input: $input) {
        ... on ChangeAccessProfileLabelsPayload { __typename accessProfile { profileId labels } }
        ${errors}
      }
    }`,
    variables: { input: { id: playground, labels: [name] } },
    target: { id: playground },
    needs: [],
    truth: ({ profiles }) => ({
      change: {
        __typename: 'ChangeAccessProfileLabelsPayload',
        accessProfile: { profileId: playground, labels: profiles.get(playground)?.labels },
      },
    }),
    isThere: ({ labels }) => labels.includes(name) === (field === 'addAccessProfileLabels'),
  };
};

const versionQuery = `mutation Version($input: UpdateAccessProfileVersionInput!) {
  change: updateAccessProfileVersion(input: $input) {
    ... on UpdateAccessProfileVersionPayload {
      __typename accessProfile { profileId entitlements { entityId } inheritsFrom { profileId } }
    }
    ${errors}
  }
}`;

const versionTruth = (id: string) => (state: State) => {
  const profile = state.profiles.get(id);
  const parents = profile === undefined ? [] : parentsOf(profile).filter((parent) => state.profiles.has(parent));
  return {
    change: {
      __typename: 'UpdateAccessProfileVersionPayload',
      accessProfile: profile && {
        profileId: id,
        entitlements: entitiesOf(profile).map((entity) => ({ entityId: entity.entity_id })),
        inheritsFrom: parents.map((profileId) => ({ profileId })),
      },
    },
  };
};

/** Gives a grant of one's own to a profile that others change as well, or takes it away. */
const grant: Make = ({ index, playground }, random, { profiles }) => {
  const id = pick(random, [playground, ...hotProfiles.filter((each) => profiles.has(each))]);
  const entity = { datasourceId: 'chaos', entityType: 'Group', entityId: ownEntity(index, pick(random, ['a', 'b'])) };
  const target = profiles.get(id);
  const adds = target === undefined || !entitiesOf(target).some(({ entity_id }) => entity_id === entity.entityId);
  return {
    query: versionQuery,
    variables: { input: { id, [adds ? 'addEntitlements' : 'removeEntitlements']: [entity] } },
    target: { id },
    needs: [],
    truth: versionTruth(id),
    isThere: (profile) => entitiesOf(profile).some(({ entity_id }) => entity_id === entity.entityId) === adds,
  };
};

/** Labels all profiles of a selection that are one's own: one. */
const labelSelected: Make = ({ index, playground }, random) => {
  const name = pick(random, ['four', 'five']);
  const adds = random() < 0.5;
  const profiles = pick(random, [{ ids: [playground] }, { filter: { name: { eq: `playground ${index}` } } }]);
  return {
    query: `mutation Bulk($input: LabelAccessProfilesInput!) {
      change: labelAccessProfiles(input: $input) {
        ... on LabelAccessProfilesPayload {
          __typename matched results { profileId labels error { __typename message ... on UpstreamError { code } } }
        }
        ${errors}
      }
    }`,
    variables: { input: { profiles, maxMatches: 1, [adds ? 'add' : 'remove']: [name] } },
    target: { id: playground },
    needs: [],
    truth: (state) => ({
      change: {
        __typename: 'LabelAccessProfilesPayload',
        matched: 1,
        results: [{ profileId: playground, labels: state.profiles.get(playground)?.labels, error: null }],
      },
    }),
    isThere: ({ labels }) => labels.includes(name) === adds,
  };
};

/** Lets one's own profile inherit from another, or no more. */
const inherit: Make = ({ playground }, random, { profiles }) => {
  const own = profiles.get(playground);
  const held = own === undefined ? [] : parentsOf(own);
  const adds = held.length === 0 || (held.length < 4 && random() < 0.5);
  const others = [...profiles.keys()].filter((id) => id !== playground && !held.includes(id));
  const parent = pick(random, adds ? others : held);
  return {
    query: versionQuery,
    variables: { input: { id: playground, [adds ? 'addInheritsFrom' : 'removeInheritsFrom']: [parent] } },
    target: { id: playground },
    needs: adds ? [parent] : [],
    truth: versionTruth(playground),
    isThere: (profile) => parentsOf(profile).includes(parent) === adds,
  };
};

/** A profile that nobody else makes; its name says how often it was made. */
export function creation({ index }: Person, serial: number): Change & { readonly name: string } {
  const name = `created ${index} ${serial}`;
  return {
    query: `mutation Create($input: CreateAccessProfileInput!) {
      change: createAccessProfile(input: $input) {
        ... on CreateAccessProfilePayload { __typename accessProfile { name } }
        ${errors}
      }
    }`,
    variables: { input: { name, type: playgroundType, state: 'RUNNING' } },
    name,
    target: { name },
    needs: [],
    truth: () => ({ change: { __typename: 'CreateAccessProfilePayload', accessProfile: { name } } }),
    isThere: () => true,
  };
}

export const changes: readonly Make[] = [label, labelSelected, grant, grant, inherit];

function ownEntity(index: number, name: string): string {
  return `grant of ${index}: ${name}`;
}

/** What a profile holds besides what a caller's own changes touch: a change of theirs has to leave it alone. */
export function foreignPart(profile: ProfileRecord, { index, playground }: Person): string {
  const entities = entitiesOf(profile)
    .map(({ entity_id }) => entity_id)
    .filter((id) => !id.startsWith(ownEntity(index, '')));
  return JSON.stringify([entities.sort(), profile.id === playground ? [] : [...parentsOf(profile)].sort()]);
}
