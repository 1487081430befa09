import { hasWords, wordsOf } from '../../filter/search.ts';
import { idOf } from '../../model/node-id.ts';
import type { ProfileType } from '../../model/profile-type.ts';
import { sliceSize } from '../arguments.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { addRows, type Connection, edgeOf } from '../connection.ts';
import { decodeCursor, encodeCursor, fingerprint, malformedCursor } from '../cursor.ts';
import { free, requestedRows, typesOnce } from '../field-cost.ts';
import { AccessProfileTypeRef } from '../refs.ts';

interface TypeConnection extends Connection<ProfileType> {
  readonly totalCount: number;
}

/** Identifies the list of the types that a search finds. */
const markOf = (search: string) => fingerprint(search === '' ? ['accessProfileTypes'] : ['accessProfileTypes', search]);

const searchedTexts = [({ name }: ProfileType) => [name], ({ description }: ProfileType) => [description]];

const AccessProfileTypeConnectionRef = builder.objectRef<TypeConnection>('AccessProfileTypeConnection').implement({
  description: 'Page of the list of types, in the order of the Veza API.',
  fields: (t) => ({
    totalCount: t.exposeInt('totalCount', {
      ...nullOnlyOnError,
      cost: free,
      description:
        'Number of access profile types in the whole list that the search finds. Costs no extra request to the Veza API.',
    }),
  }),
});
addRows(AccessProfileTypeConnectionRef, AccessProfileTypeRef, 'access profile type', 'access profile types');

builder.queryFields((t) => ({
  accessProfileType: t.field({
    type: AccessProfileTypeRef,
    cost: typesOnce,
    nullable: true,
    description: 'Access profile type with an id; null if the Veza API does not return it to your key.',
    args: {
      id: t.arg.id({ required: true, description: 'Global id of the type, or its id in the Veza API.' }),
    },
    resolve: (_root, { id }, { loaders }) => loaders.types.load(idOf('AccessProfileType', id, 'id')),
  }),
  accessProfileTypes: t.field({
    ...nullOnlyOnError,
    type: AccessProfileTypeConnectionRef,
    cost: { once: 'types', rows: (args) => Math.min(requestedRows(args), 20) },
    description: 'Access profile types, in the order of the Veza API.',
    args: {
      search: t.arg.string({
        description:
          'Words, separated by spaces. Each word must occur in the name or description of a type, also within a longer word. Letter case, accents and width do not count.',
      }),
      first: t.arg.int({ description: 'Maximum number of types: 0 to 500, by default 50.' }),
      after: t.arg.string({
        description: 'Cursor after which the page starts. The search must be the same as for the previous page.',
      }),
    },
    resolve: async (_root, { search, first, after }, { loaders }) => {
      const size = sliceSize(first);
      const words = wordsOf(search ?? '');
      const mark = markOf(search ?? '');
      const lastSeen = after === null || after === undefined ? null : typeIdOf(mark, after);
      const types = await loaders.types.all();
      const found = words.length === 0 ? types : types.filter((type) => hasWords(words, type, searchedTexts));
      return slice(found, size, lastSeen, mark);
    },
  }),
}));

/** Cuts a page from a list of types. The list has no page tokens, so a cursor holds the id of its type. */
function slice(types: readonly ProfileType[], size: number, lastSeen: string | null, mark: string): TypeConnection {
  const start = lastSeen === null ? 0 : types.findIndex((type) => type.typeId === lastSeen) + 1;
  if (lastSeen !== null && start === 0) throw malformedCursor();
  const nodes = types.slice(start, start + size);
  return {
    edges: nodes.map((node) => edgeOf(node, () => encodeCursor(mark, [node.typeId]))),
    isContinued: lastSeen !== null,
    hasNextPage: () => start + size < types.length,
    totalCount: types.length,
  };
}

function typeIdOf(mark: string, cursor: string): string {
  const [typeId] = decodeCursor(mark, cursor);
  if (typeof typeId !== 'string') throw malformedCursor();
  return typeId;
}
