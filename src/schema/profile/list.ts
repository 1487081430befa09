import { eventLoop } from '../../event-loop.ts';
import { all, type Condition, everything } from '../../filter/condition.ts';
import { refuseNulls } from '../../filter/given-input.ts';
import type { ProfileOrder } from '../../filter/order.ts';
import { conditionOfScim } from '../../filter/raw-filter.ts';
import { searchCondition } from '../../filter/search.ts';
import { conditionOfFilter, idsToResolve, type ProfileFilter } from '../../filter/typed-filter.ts';
import type { MaybePromise } from '../../loaders/call.ts';
import type { Loaders } from '../../loaders/index.ts';
import type { Maybe } from '../../model/change-input.ts';
import { directParentIds, type Profile } from '../../model/profile.ts';
import { sliceSize } from '../arguments.ts';
import { type Connection, edgeOf } from '../connection.ts';
import { fingerprint } from '../cursor.ts';
import { cursorOf, positionOf, sortedCursorOf, sortPlaceOf } from './cursor.ts';
import { orderOf, type ProfileOrderInput } from './order-input.ts';

export interface ProfileConnection extends Connection<Profile> {
  readonly scimFilter: string | null;
  /** Every profile of the list. */
  all(): MaybePromise<readonly Profile[]>;
}

export interface ProfileListArguments {
  readonly filter?: Maybe<ProfileFilter>;
  readonly search?: Maybe<string>;
  readonly scimFilter?: Maybe<string>;
  readonly orderBy?: Maybe<readonly ProfileOrderInput[]>;
  readonly first?: Maybe<number>;
  readonly after?: Maybe<string>;
}

export interface ProfileListOptions {
  readonly within?: Condition;
  /** Tells lists of different objects apart. */
  readonly mark?: string;
  /** Whether all profiles of the list will be asked for. */
  readonly readsAll: boolean;
}

/** Reads a page of a list of profiles. Throws UserInputError for invalid arguments, and UpstreamError. */
export async function profileConnection(
  loaders: Loaders,
  args: ProfileListArguments,
  options: ProfileListOptions,
): Promise<ProfileConnection> {
  const first = sliceSize(args.first);
  await giveWay();
  const order = orderOf(args.orderBy);
  const mark = markOf(args, order, options);
  const after = args.after ?? null;
  if (order.length === 0) {
    const position = after === null ? null : positionOf(mark, after);
    const condition = await conditionOfList(loaders, args, options);
    const list = await loaders.listProfiles({ condition, first, after: position, wantsAll: options.readsAll });
    return {
      edges: list.rows.map(({ profile: node, position }) => edgeOf(node, () => cursorOf(mark, position))),
      isContinued: position !== null,
      scimFilter: list.filter,
      hasNextPage: () => list.hasNext(),
      all: () => list.all(),
    };
  }
  const place = after === null ? null : sortPlaceOf(mark, after, order);
  const condition = await conditionOfList(loaders, args, options);
  const list = await loaders.sortProfiles({ condition, order, first, after: place });
  return {
    edges: list.rows.map(({ row, place }) => edgeOf(row, () => sortedCursorOf(mark, place))),
    isContinued: place !== null,
    scimFilter: list.filter,
    hasNextPage: () => list.hasNext,
    all: () => list.profiles,
  };
}

/** Identifies a list by all that decides which profiles are in it, and where. */
function markOf(
  { filter, scimFilter, search }: ProfileListArguments,
  order: readonly ProfileOrder[],
  { mark }: ProfileListOptions,
): string {
  const list = [mark ?? null, filter ?? null, scimFilter ?? null];
  const sort = order.map(({ field, isDescending }) => `${field} ${isDescending}`).join();
  return fingerprint(sort === '' && !search ? list : [...list, search ?? null, sort]);
}

async function conditionOfList(
  loaders: Loaders,
  { filter, scimFilter, search }: ProfileListArguments,
  { within = everything }: ProfileListOptions,
): Promise<Condition> {
  const raw = scimFilter === null || scimFilter === undefined ? everything : scimConditionIn(loaders, scimFilter);
  const words = search === null || search === undefined ? everything : searchCondition(search);
  const typed = filter === null || filter === undefined ? everything : await conditionOf(filter, loaders, 'filter');
  await giveWay();
  return all([within, typed, raw, words]);
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
