import { hasWords, wordsOf } from '../../filter/search.ts';
import type { GrantedEntity } from '../../inheritance/analysis/granting.ts';
import { entityGlobalId, idOf } from '../../model/node-id.ts';
import { codePointKey, foldCase } from '../../scim/fold-case.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { type Connection, type Edge, PageInfoRef, sliceSize } from '../connection.ts';
import type { Context } from '../context.ts';
import { decodeCursor, encodeCursor, fingerprint, malformedCursor } from '../cursor.ts';
import { connectionRows, free, requestedRows } from '../field-cost.ts';
import { allEntities } from '../granted-entity.ts';
import { filterInSlices } from '../in-slices.ts';
import { EntityRef } from '../refs.ts';

interface EntityConnection extends Connection<GrantedEntity> {
  readonly totalCount: number;
}

interface EntityListArguments {
  readonly search?: string | null | undefined;
  readonly datasource?: string | null | undefined;
  readonly entityType?: string | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The texts of an entity that a search looks into. */
const searchedTexts: readonly ((entity: GrantedEntity) => readonly (string | null)[])[] = [
  ({ entityName }) => [entityName],
  ({ entityId }) => [entityId],
];

/** The place of an entity in the list: by its name in folded case, or its id where it has no name, then by its global id. */
type Place = readonly [name: string, id: string];

function placeOf(entity: GrantedEntity): Place {
  return [codePointKey(foldCase(entity.entityName ?? entity.entityId)), codePointKey(entityGlobalId(entity))];
}

function comparePlaces([nameA, idA]: Place, [nameB, idB]: Place): number {
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  return idA === idB ? 0 : idA < idB ? -1 : 1;
}

interface Placed {
  readonly entity: GrantedEntity;
  readonly place: Place;
}

/** Sorted once for all operations that share a snapshot. */
const sorted = new WeakMap<readonly GrantedEntity[], readonly Placed[]>();

async function sortedEntities(context: Context): Promise<readonly Placed[]> {
  const entities = await allEntities(context);
  const known = sorted.get(entities);
  if (known !== undefined) return known;
  const placed: Placed[] = [];
  for (const entity of entities) {
    placed.push({ entity, place: placeOf(entity) });
    if (context.resultLimit.mustPause) await context.resultLimit.pause();
  }
  placed.sort((a, b) => comparePlaces(a.place, b.place));
  sorted.set(entities, placed);
  return placed;
}

/** Reads a page of the entities that profiles grant. Throws UserInputError for invalid arguments, and UpstreamError. */
async function entityConnection(
  context: Context,
  { search, datasource, entityType, first, after }: EntityListArguments,
): Promise<EntityConnection> {
  const size = sliceSize(first);
  const words = wordsOf(search ?? '');
  const datasourceId =
    datasource === null || datasource === undefined ? null : idOf('Datasource', datasource, 'datasource');
  const mark = fingerprint(['entities', words, datasourceId, entityType ?? null]);
  const last = after === null || after === undefined ? null : lastPlaceOf(mark, after);
  const found = await filterInSlices(
    context,
    await sortedEntities(context),
    ({ entity }) =>
      (datasourceId === null || entity.datasourceId === datasourceId) &&
      (entityType === null || entityType === undefined || entity.entityType === entityType) &&
      (words.length === 0 || hasWords(words, entity, searchedTexts)),
  );
  // By place and not by number: entities can be granted for the first or the last time between two pages.
  const rest = last === null ? found : found.filter(({ place }) => comparePlaces(place, last) > 0);
  return {
    edges: rest.slice(0, size).map(({ entity, place }) => ({ node: entity, cursor: encodeCursor(mark, place) })),
    isContinued: last !== null,
    hasNextPage: () => rest.length > size,
    totalCount: found.length,
  };
}

function lastPlaceOf(mark: string, cursor: string): Place {
  const [name, id, ...more] = decodeCursor(mark, cursor);
  if (typeof name !== 'string' || typeof id !== 'string' || more.length > 0) throw malformedCursor();
  return [name, id];
}

const EntityEdgeRef = builder.objectRef<Edge<GrantedEntity>>('EntityEdge').implement({
  description: 'Entity with its cursor in a list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Cursor of this entity. Pass it as `after` to get the entities that follow.',
    }),
    node: t.expose('node', { type: EntityRef, description: 'Entity at this position.' }),
  }),
});

const EntityConnectionRef = builder.objectRef<EntityConnection>('EntityConnection').implement({
  description: 'Page of the list of entities that access profiles grant.',
  fields: (t) => ({
    edges: t.expose('edges', {
      type: [EntityEdgeRef],
      cost: connectionRows,
      description: 'Entities of the page with their cursors.',
    }),
    nodes: t.field({
      type: [EntityRef],
      cost: connectionRows,
      description: 'Entities of the page without cursors.',
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: PageInfoRef,
      description: 'Position of the page in the list.',
      resolve: (connection) => ({ connection }),
    }),
    totalCount: t.exposeInt('totalCount', {
      ...nullOnlyOnError,
      cost: free,
      description: 'Number of all matching entities. Costs no extra request to the Veza API.',
    }),
  }),
});

builder.queryField('entities', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: EntityConnectionRef,
    cost: { once: 'scan', rows: requestedRows },
    needs: ['wantsWhole', 'extraInfo'],
    description:
      'Entities that current versions of access profiles grant, each once, for pickers. Sorted by name without regard to letter case, in the order of Unicode code points; an entity without a name is sorted by its id. Entities of the same name are sorted by global id. Pages stay right while profiles change: no entity comes twice. Requires one scan of all profiles, with the names of entities.',
    args: {
      search: t.arg.string({
        required: false,
        description:
          'Words that must all occur in the name or in the id of the entity. Letter case, accents and width are ignored.',
      }),
      datasource: t.arg.id({
        required: false,
        description: 'Global id of the data source that holds the entity, or its id in the Veza API.',
      }),
      entityType: t.arg.string({
        required: false,
        description: 'Type of the entity, such as "ActiveDirectoryGroup", compared exactly.',
      }),
      first: t.arg.int({ required: false, description: 'Maximum number of entities: 0 to 500, by default 50.' }),
      after: t.arg.string({
        required: false,
        description:
          'Cursor after which the page starts. The other arguments must be the same as for the previous page.',
      }),
    },
    resolve: (_root, args, context) => entityConnection(context, args),
  }),
);
