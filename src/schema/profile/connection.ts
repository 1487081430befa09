import { eventLoop } from '../../event-loop.ts';
import { all, type Condition, everything } from '../../filter/condition.ts';
import { refuseNulls } from '../../filter/given-input.ts';
import { conditionOfScim } from '../../filter/raw-filter.ts';
import { conditionOfFilter, idsToResolve, type ProfileFilter } from '../../filter/typed-filter.ts';
import type { MaybePromise } from '../../loaders/call.ts';
import type { Loaders } from '../../loaders/index.ts';
import { directParentIds, type Profile } from '../../model/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { type Connection, type Edge, PageInfoRef, sliceSize } from '../connection.ts';
import { fingerprint } from '../cursor.ts';
import { calls, connectionRows, scanCalls } from '../field-cost.ts';
import { AccessProfileRef } from '../refs.ts';
import { cursorOf, positionOf } from './cursor.ts';

export interface ProfileConnection extends Connection<Profile> {
  readonly scimFilter: string | null;
  totalCount(): MaybePromise<number>;
}

export interface ProfileListArguments {
  readonly filter?: ProfileFilter | null | undefined;
  readonly scimFilter?: string | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Reads a page of the profile list. Throws UserInputError for invalid arguments, and UpstreamError. */
export async function profileConnection(
  loaders: Loaders,
  { filter, scimFilter, first, after }: ProfileListArguments,
  options: { readonly within?: Condition; readonly mark?: string; readonly counts: boolean },
): Promise<ProfileConnection> {
  const size = sliceSize(first);
  await giveWay();
  const mark = fingerprint([options.mark ?? null, filter ?? null, scimFilter ?? null]);
  const position = after === null || after === undefined ? null : positionOf(mark, after);
  const raw = scimFilter === null || scimFilter === undefined ? everything : scimConditionIn(loaders, scimFilter);
  const typed = filter === null || filter === undefined ? everything : await conditionOf(filter, loaders, 'filter');
  const condition = all([options.within ?? everything, typed, raw]);
  await giveWay();
  const list = await loaders.listProfiles({ condition, first: size, after: position, wantsFullPages: options.counts });
  return {
    edges: list.rows.map((row) => ({ node: row.profile, cursor: cursorOf(mark, row.position) })),
    isContinued: position !== null,
    scimFilter: list.filter,
    hasNextPage: () => list.hasNext(),
    totalCount: () => list.total(),
  };
}

/** Yields to other requests: many fields can start at once, and a large filter takes milliseconds to build and to plan. */
async function giveWay(): Promise<void> {
  if (eventLoop.isHeld) await eventLoop.yield();
}

/** Conditions by SCIM text, so that fields of one operation that share a filter parse it once. */
const scimConditions = new WeakMap<Loaders, Map<string, Condition>>();

function scimConditionIn(loaders: Loaders, text: string): Condition {
  const known = scimConditions.get(loaders) ?? new Map<string, Condition>();
  scimConditions.set(loaders, known);
  const condition = known.get(text) ?? conditionOfScim(text, 'scimFilter');
  known.set(text, condition);
  return condition;
}

/** Builds a condition and loads the profiles in `inheritedBy` for it. Throws UserInputError before any request. */
export async function conditionOf(filter: ProfileFilter, loaders: Loaders, field: string): Promise<Condition> {
  refuseNulls(filter, field);
  const children = await loaders.profiles.loadMany(idsToResolve(filter, field));
  const parents = new Map(children.map((child) => [child.profileId, directParentIds(child)]));
  return conditionOfFilter(filter, (id) => parents.get(id) ?? [], field);
}

const AccessProfileEdgeRef = builder.objectRef<Edge<Profile>>('AccessProfileEdge').implement({
  description: 'Profile with its cursor in a list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Cursor of this profile. Pass it as `after` to get the profiles that follow.',
    }),
    node: t.expose('node', { type: AccessProfileRef, description: 'Profile at this position.' }),
  }),
});

export const AccessProfileConnectionRef = builder.objectRef<ProfileConnection>('AccessProfileConnection').implement({
  description: 'Page of a list of profiles, in the order of the Veza API.',
  fields: (t) => ({
    edges: t.expose('edges', {
      cost: connectionRows,
      type: [AccessProfileEdgeRef],
      description: 'Profiles of the page with their cursors.',
    }),
    nodes: t.field({
      type: [AccessProfileRef],
      cost: connectionRows,
      description: 'Profiles of the page without cursors.',
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: PageInfoRef,
      description: 'Position of the page in the list.',
      resolve: (connection) => ({ connection }),
    }),
    scimFilter: t.exposeString('scimFilter', {
      nullable: true,
      description:
        'SCIM filter that the gateway sent to the Veza API; null if it sent none. It can match more profiles than the arguments: the gateway checks the rest.',
    }),
    totalCount: t.int({
      ...nullOnlyOnError,
      cost: calls(scanCalls),
      description:
        'Number of all matching profiles. The Veza API has no count, so selecting this field reads every page of the list: select it only if you need it.',
      resolve: (connection) => connection.totalCount(),
    }),
  }),
});
