import { UserInputError } from '../../errors.ts';
import type { Condition } from '../../filter/condition.ts';
import { refuseNulls } from '../../filter/given-input.ts';
import { conditionOfFilter, type ProfileFilter } from '../../filter/typed-filter.ts';
import { defaultKinds, type FindingKind } from '../../inheritance/analysis/findings/finding.ts';
import type { Hierarchy } from '../../inheritance/graph/hierarchy.ts';
import type { Direction } from '../../inheritance/graph/neighbourhood.ts';
import { subgraphAround, wholeSubgraph } from '../../inheritance/graph/subgraph.ts';
import type { EdgeDirection } from '../../loaders/inheritance.ts';
import { idOf } from '../../model/node-id.ts';
import { directParentIds } from '../../model/profile.ts';
import { depthLimit, maxFirst, refuseLong } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import { calls, findings, graphWalk, memberReads } from '../field-cost.ts';
import type { Arguments } from '../field-options.ts';
import { findProfilesGranting } from '../granted-entity.ts';
import { AccessProfileFilterRef, EntityRefInputRef } from '../input-refs.ts';
import { AccessProfileRef } from '../refs.ts';
import { filterInSlices, typedHierarchy, wholeSnapshot } from '../snapshot.ts';
import { InheritanceFindingKindRef, InheritanceFindingRef, includePeopleArg, shown } from './finding.ts';
import { findingsIn } from './finding-search.ts';
import { type InheritanceGraph, InheritanceGraphRef, maxNodes } from './graph.ts';

const InheritanceDirectionRef = builder.enumType('InheritanceDirection', {
  description: 'Direction in which the inheritance graph is followed from its roots.',
  values: {
    ANCESTORS: { description: 'Follows the graph to the ancestors of the roots.' },
    DESCENDANTS: { description: 'Follows the graph to the descendants of the roots.' },
    BOTH: {
      description:
        'Follows the graph to ancestors and to descendants. Profiles that only share a parent with a root are left out.',
    },
  } as const satisfies Record<Direction, unknown>,
});

const edgeDirectionsOf: Readonly<Record<Direction, readonly EdgeDirection[]>> = {
  ANCESTORS: ['up'],
  DESCENDANTS: ['down'],
  BOTH: ['up', 'down'],
};

builder.queryFields((t) => ({
  inheritanceGraph: t.field({
    ...nullOnlyOnError,
    type: InheritanceGraphRef,
    cost: calls(1, { once: 'scan', onceFor: memberReads }),
    needs: ({ roots }) => (roots ? null : 'wantsWhole'),
    description: `Inheritance graph around some profiles; without \`roots\` and \`filter\`, of the whole tenant. At most ${maxNodes.toLocaleString('en')} profiles. The graph of the whole tenant requires one scan of all profiles. The graph around a few roots requires one request per level if the Veza API accepts a list of ids.`,
    args: {
      roots: t.arg.idList({
        description: `Profiles from which the graph starts, at most ${maxFirst}: global ids or ids of the Veza API. Roots that the Veza API does not return to your key are listed in \`missingProfileIds\`.`,
      }),
      filter: t.arg({
        type: AccessProfileFilterRef,
        description: 'Filter that selects the roots. It cannot be combined with `roots`.',
      }),
      direction: t.arg({
        type: InheritanceDirectionRef,
        defaultValue: 'BOTH',
        description: 'Direction in which edges are followed from the roots. Default: BOTH.',
      }),
      maxDepth: t.arg.int({
        description:
          'Maximum distance from a root in edges; 0 returns only the roots and the edges between them. Default: no limit.',
      }),
    },
    resolve: (_root, { roots, filter, direction, maxDepth }, context) => {
      const depth = depthLimit(maxDepth);
      if (roots && filter) {
        throw new UserInputError('filter', 'filter: give roots or a filter to start from, not both.');
      }
      if (roots) return graphAround(context, roots, direction ?? 'BOTH', depth);
      return filter ? graphOf(context, filter, direction ?? 'BOTH', depth) : wholeGraph(context);
    },
  }),
  accessProfilesGranting: t.field({
    ...nullOnlyOnError,
    type: [AccessProfileRef],
    cost: graphWalk(20),
    needs: 'wantsWhole',
    description:
      'Access profiles that grant an entity, each once, in every state: first those whose current version grants it directly or through another entity, in the order of the Veza API; then those that inherit it, nearest first. The list is empty if the entity does not exist: select `entity` as well, which is then null. Requires one scan of all profiles.',
    args: {
      entity: t.arg({
        type: EntityRefInputRef,
        required: true,
        description:
          'Entity to look for. Ids and type are compared exactly. Without a type, entities of any type match.',
      }),
      includeInherited: t.arg.boolean({
        defaultValue: true,
        description:
          'Whether profiles that inherit the entitlement are returned. Default: true. False returns only profiles that grant the entity directly.',
      }),
    },
    resolve: (_root, { entity, includeInherited }, context) =>
      findProfilesGranting(context, entity, 'entity', includeInherited),
  }),
  inheritanceFindings: t.field({
    ...nullOnlyOnError,
    type: [InheritanceFindingRef],
    cost: {
      ...findings(100),
      onceFor: (args) => [
        ...memberReads(args),
        ...(asksFor(args, 'UNUSED_PROFILE') ? (['members'] as const) : []),
        ...referencesOf(args),
      ],
    },
    needs: (args) => ['wantsWhole', ...referencesOf(args)],
    description:
      'Findings: problems and redundancies in the inheritance graph of the whole tenant, grouped by kind in the order of the enum. Requires one scan of all profiles and one of all types; DANGLING_REFERENCE and DISABLED_DATASOURCE also require the lists of data sources and policies.',
    args: {
      filter: t.arg({
        type: AccessProfileFilterRef,
        description:
          'Filter that at least one profile of each finding must match. The gateway still checks the whole inheritance graph.',
      }),
      kinds: t.arg({
        type: [InheritanceFindingKindRef],
        description: 'Kinds of findings to return. Default: all kinds but UNUSED_PROFILE. An empty list returns none.',
      }),
      includePeople: t.arg.boolean(includePeopleArg),
    },
    resolve: async (_root, { filter, kinds, includePeople }, context) => {
      const check = filter ? conditionIn(filter) : null;
      const hierarchy = await typedHierarchy(context);
      const condition = check?.(hierarchy) ?? null;
      const found = await findingsIn(
        hierarchy,
        {
          kinds: kinds ?? defaultKinds,
          isNamed: Boolean(kinds),
          includePeople: includePeople ?? false,
          condition,
          asItIs: (profile) => profile,
        },
        context,
      );
      const all = found.map((finding) => shown(finding, (id) => hierarchy.find(id)));
      if (condition === null) return all;
      const profiles = new Set(all.flatMap((finding) => finding.profiles));
      const matching = new Set(await context.loaders.matcher.matching(condition, profiles));
      return filterInSlices(context, all, (finding) => finding.profiles.some((profile) => matching.has(profile)));
    },
  }),
}));

/** Whether findings of a kind are asked for by name. */
function asksFor({ kinds }: Arguments, kind: FindingKind): boolean {
  return [kinds].flat().includes(kind);
}

/** The lists that findings are checked against. */
function referencesOf(args: Arguments): readonly ('datasources' | 'policies')[] {
  const isDefault = args['kinds'] === undefined || args['kinds'] === null;
  if (isDefault || asksFor(args, 'DANGLING_REFERENCE')) return ['datasources', 'policies'];
  return [
    ...(asksFor(args, 'DISABLED_DATASOURCE') ? (['datasources'] as const) : []),
    ...(asksFor(args, 'UNUSED_PROFILE') ? (['policies'] as const) : []),
  ];
}

async function wholeGraph(context: Context): Promise<InheritanceGraph> {
  const snapshot = await wholeSnapshot(context);
  return { subgraph: wholeSubgraph(snapshot.hierarchy, maxNodes), snapshot, missingRootIds: [] };
}

async function graphOf(
  context: Context,
  filter: ProfileFilter,
  direction: Direction,
  maxDepth: number,
): Promise<InheritanceGraph> {
  const check = conditionIn(filter);
  const snapshot = await wholeSnapshot(context);
  const { hierarchy } = snapshot;
  const condition = check(hierarchy);
  const matching = await context.loaders.matcher.matching(condition, hierarchy.profiles);
  const roots = matching.map(({ profileId }) => hierarchy.graph.indexOf(profileId));
  return {
    subgraph: subgraphAround(hierarchy, roots, direction, { maxDepth, maxNodes }),
    snapshot,
    missingRootIds: [],
  };
}

async function graphAround(
  { loaders }: Context,
  roots: readonly string[],
  direction: Direction,
  maxDepth: number,
): Promise<InheritanceGraph> {
  refuseLong(roots, 'roots');
  const ids = [...new Set(roots.map((root, i) => idOf('AccessProfile', root, `roots.${i}`)))];
  const snapshot = await loaders.inheritance.neighbourhood(ids, edgeDirectionsOf[direction], maxDepth);
  const { hierarchy } = snapshot;
  const nodes = ids.map((id) => hierarchy.indexOf(id)).filter((node) => node >= 0);
  return {
    subgraph: subgraphAround(hierarchy, nodes, direction, { maxDepth, maxNodes }),
    snapshot,
    missingRootIds: ids.filter((id) => !snapshot.has(id)),
  };
}

/**
 * Prepares a filter that is checked on a hierarchy, which also has the children of each profile. Throws UserInputError
 * before any request.
 */
function conditionIn(filter: ProfileFilter): (hierarchy: Hierarchy) => Condition {
  refuseNulls(filter, 'filter');
  conditionOfFilter(filter, () => [], 'filter');
  return (hierarchy) =>
    conditionOfFilter(
      filter,
      (id) => {
        const child = hierarchy.find(id);
        return child === null ? [] : directParentIds(child);
      },
      'filter',
    );
}
