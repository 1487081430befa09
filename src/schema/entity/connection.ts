import { type ProfileOrder, SortedPage, type SortPlace } from '../../filter/order.ts';
import { hasWords, wordsOf } from '../../filter/search.ts';
import type { GrantedEntity } from '../../inheritance/analysis/granting.ts';
import { entityGlobalId, idOf } from '../../model/node-id.ts';
import { codePointKey, foldCase } from '../../scim/fold-case.ts';
import { sliceSize } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { addRows, type Connection, edgeOf } from '../connection.ts';
import type { Context } from '../context.ts';
import { decodeCursor, encodeCursor, fingerprint, malformedCursor } from '../cursor.ts';
import { free, requestedRows } from '../field-cost.ts';
import { allEntities } from '../granted-entity.ts';
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

/** Characters of a name that are compared, so that they fit into a cursor. */
const maxKeyLength = 800;

const byName: readonly ProfileOrder[] = [{ field: 'NAME', isDescending: false }];

interface Placed {
  readonly entity: GrantedEntity;
  readonly place: SortPlace;
}

/** By name in folded case, or by id where there is no name; then by global id. */
function placeOf(entity: GrantedEntity): SortPlace {
  const name = codePointKey(foldCase(entity.entityName ?? entity.entityId));
  return { keys: [name.slice(0, maxKeyLength)], id: codePointKey(entityGlobalId(entity)) };
}

/** The places of the entities of a snapshot, for all operations that share it. */
const placed = new WeakMap<readonly GrantedEntity[], readonly Placed[]>();

async function placedEntities(context: Context): Promise<readonly Placed[]> {
  const entities = await allEntities(context);
  const known = placed.get(entities);
  if (known !== undefined) return known;
  const places: Placed[] = [];
  for (const entity of entities) {
    places.push({ entity, place: placeOf(entity) });
    if (context.resultLimit.mustPause) await context.resultLimit.pause();
  }
  placed.set(entities, places);
  return places;
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
  // By place and not by number: entities can be granted for the first or the last time between two pages.
  const page = new SortedPage<GrantedEntity>(byName, size, last);
  let totalCount = 0;
  for (const { entity, place } of await placedEntities(context)) {
    if (context.resultLimit.mustPause) await context.resultLimit.pause();
    if (datasourceId !== null && entity.datasourceId !== datasourceId) continue;
    if (entityType !== null && entityType !== undefined && entity.entityType !== entityType) continue;
    if (words.length > 0 && !hasWords(words, entity, searchedTexts)) continue;
    totalCount++;
    page.add(entity, place);
  }
  return {
    edges: page.rows.map(({ row, place }) => edgeOf(row, () => encodeCursor(mark, [...place.keys, place.id]))),
    isContinued: last !== null,
    hasNextPage: () => page.hasNext,
    totalCount,
  };
}

function lastPlaceOf(mark: string, cursor: string): SortPlace {
  const [name, id, ...more] = decodeCursor(mark, cursor);
  if (typeof name !== 'string' || typeof id !== 'string' || more.length > 0) throw malformedCursor();
  return { keys: [name], id };
}

const EntityConnectionRef = builder.objectRef<EntityConnection>('EntityConnection').implement({
  description: 'Page of the list of entities that access profiles grant.',
  fields: (t) => ({
    totalCount: t.exposeInt('totalCount', {
      ...nullOnlyOnError,
      cost: free,
      description: 'Number of all matching entities. Costs no extra request to the Veza API.',
    }),
  }),
});
addRows(EntityConnectionRef, EntityRef, 'entity', 'entities');

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
        description:
          'Words that must all occur in the name or in the id of the entity. Letter case, accents and width are ignored.',
      }),
      datasource: t.arg.id({
        description: 'Global id of the data source that holds the entity, or its id in the Veza API.',
      }),
      entityType: t.arg.string({
        description: 'Type of the entity, such as "ActiveDirectoryGroup", compared exactly.',
      }),
      first: t.arg.int({ description: 'Maximum number of entities: 0 to 500, by default 50.' }),
      after: t.arg.string({
        description:
          'Cursor after which the page starts. The other arguments must be the same as for the previous page.',
      }),
    },
    resolve: (_root, args, context) => entityConnection(context, args),
  }),
);
