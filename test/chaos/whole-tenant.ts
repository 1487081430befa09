import type { ProfileRecord } from '../../src/sandbox/record.ts';
import { parentsOf } from '../../src/sandbox/store.ts';
import type { State } from './history.ts';
import { type Ask, childrenOf, effectiveOf, entitiesOf, pick, reached } from './questions.ts';

const idsOf = (ids: Iterable<string>) => [...ids].map((profileId) => ({ profileId }));
const finding = (...ids: readonly string[]) => ({ profiles: idsOf(ids) });
const parentsIn = ({ profiles }: State, profile: ProfileRecord) =>
  [...new Set(parentsOf(profile))].filter((id) => profiles.has(id));

const findings: Ask = () => ({
  query: `query Findings {
    missing: inheritanceFindings(kinds: [MISSING_PARENT]) { profiles { profileId } }
    same: inheritanceFindings(kinds: [SAME_EFFECTIVE_ENTITLEMENTS]) { profiles { profileId } }
    redundant: inheritanceFindings(kinds: [REDUNDANT_PARENT]) { profiles { profileId } }
  }`,
  variables: {},
  isWhole: true,
  truth: (state) => {
    const { profiles } = state;
    const missing = new Map<string, string[]>();
    const same = new Map<string, string[]>();
    const redundant: ReturnType<typeof finding>[] = [];
    for (const profile of profiles.values()) {
      const { id } = profile;
      for (const parent of new Set(parentsOf(profile))) {
        if (!profiles.has(parent)) missing.set(parent, [...(missing.get(parent) ?? []), id]);
      }
      const grants = [...effectiveOf(state, id).keys()].sort().join('\n');
      if (grants !== '') same.set(grants, [...(same.get(grants) ?? []), id]);
      const parents = parentsIn(state, profile);
      for (const parent of parents) {
        const others = parents.filter((each) => each !== parent);
        if (reached(state, others, parentsOf).has(parent)) redundant.push(finding(id, parent));
      }
    }
    return {
      missing: [...missing.values()].map((ids) => finding(...ids)),
      same: [...same.values()].filter(({ length }) => length > 1).map((ids) => finding(...ids)),
      redundant,
    };
  },
});

const granting: Ask = (_person, random, state) => {
  const all = [...state.profiles.values()].flatMap((profile) => entitiesOf(profile));
  const { datasource_id: datasourceId, entity_type: entityType, entity_id } = pick(random, all);
  const entityId = random() < 0.1 ? 'nobody has this' : entity_id;
  return {
    query: `query Granting($ref: EntityRefInput!) {
      entity(ref: $ref) { datasourceId entityType entityId }
      accessProfilesGranting(entity: $ref) { profileId }
    }`,
    variables: { ref: { datasourceId, entityType, entityId } },
    isWhole: true,
    truth: (now) => {
      const holding = [...now.profiles.values()].filter((profile) =>
        entitiesOf(profile).some(
          (each) =>
            each.datasource_id === datasourceId && each.entity_type === entityType && each.entity_id === entityId,
        ),
      );
      const direct = holding.map(({ id }) => id);
      const inherited = reached(now, direct, ({ id }) => childrenOf(now, id).map((child) => child.id));
      return {
        entity: direct.length === 0 ? null : { datasourceId, entityType, entityId },
        accessProfilesGranting: idsOf([...direct, ...inherited.keys()]),
      };
    },
  };
};

const graph: Ask = () => ({
  query: `query Graph {
    inheritanceGraph { nodes { profileId } edges { child { profileId } parent { profileId } } missingProfileIds }
  }`,
  variables: {},
  isWhole: true,
  truth: (state) => {
    const all = [...state.profiles.values()];
    const missing = new Set(all.flatMap((profile) => parentsOf(profile)).filter((id) => !state.profiles.has(id)));
    return {
      inheritanceGraph: {
        nodes: idsOf(state.profiles.keys()),
        edges: all.flatMap((profile) =>
          parentsIn(state, profile).map((parent) => ({
            child: { profileId: profile.id },
            parent: { profileId: parent },
          })),
        ),
        missingProfileIds: [...missing],
      },
    };
  },
});

const graphAbove: Ask = (_person, random, state) => {
  const root = pick(random, [...state.profiles.keys()]);
  return {
    query: `query GraphAbove($root: ID!) {
      inheritanceGraph(roots: [$root], direction: ANCESTORS) { around: nodes { profileId } missingProfileIds }
    }`,
    variables: { root },
    isWhole: true,
    truth: (now) => {
      const nodes = now.profiles.has(root) ? [root, ...reached(now, [root], parentsOf).keys()] : [];
      const named = nodes.flatMap((id) => {
        const profile = now.profiles.get(id);
        return profile === undefined ? [] : parentsOf(profile);
      });
      const missing = new Set([...named, root].filter((id) => !now.profiles.has(id)));
      return { inheritanceGraph: { around: idsOf(nodes), missingProfileIds: [...missing] } };
    },
  };
};

/** Asks for the types alone, which is never answered from what is kept. */
const types: Ask = () => ({
  query: 'query Types { accessProfileTypes(first: 50) { totalCount nodes { typeId name description } } }',
  variables: {},
  truth: (state) => ({
    accessProfileTypes: {
      totalCount: state.types.size,
      nodes: [...state.types.values()].map(({ id, name, description }) => ({ typeId: id, name, description })),
    },
  }),
});

/** Questions about everything that somebody sees. */
export const wholeTenant: readonly Ask[] = [findings, granting, graph, graphAbove, types];

/** Lists in whose order nothing is promised here. */
export const unordered: ReadonlySet<string> = new Set([
  'missing',
  'same',
  'redundant',
  'edges',
  'inheritedBy',
  'accessProfilesGranting',
  'missingProfileIds',
  'effectiveEntitlements',
  'grantedBy',
  'around',
]);
