import type { MaybePromise } from '../loaders/call.ts';
import { builder } from './builder.ts';
import { connectionRows } from './field-cost.ts';

interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

/** An edge whose cursor is made once it is read: most operations select none. */
class LazyEdge<T> implements Edge<T> {
  readonly node: T;
  readonly #cursor: () => string;

  constructor(node: T, cursor: () => string) {
    this.node = node;
    this.#cursor = cursor;
  }

  get cursor(): string {
    return this.#cursor();
  }
}

/** An edge whose cursor is made once it is read. */
export function edgeOf<T>(node: T, cursor: () => string): Edge<T> {
  return new LazyEdge(node, cursor);
}

/** A page of a list. `hasNextPage` can need another request to the Veza API, so it runs only if it is selected. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly isContinued: boolean;
  hasNextPage(): MaybePromise<boolean>;
}

interface PageInfo {
  readonly connection: Connection<unknown>;
}

const PageInfoRef = builder.objectRef<PageInfo>('PageInfo').implement({
  description:
    'Position of a page in a list. Lists are read forwards only, since the Veza API has page tokens but no offsets.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      description:
        'Whether more edges follow. If the gateway checks a filter itself, selecting this field can read more pages of the Veza API.',
      resolve: ({ connection }) => connection.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      description: 'Whether edges come before this page; true whenever `after` is given.',
      resolve: ({ connection }) => connection.isContinued,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first edge; null if the page is empty.',
      resolve: ({ connection }) => connection.edges[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last edge. Pass it as `after` to get the next page; null if the page is empty.',
      resolve: ({ connection }) => connection.edges.at(-1)?.cursor ?? null,
    }),
  }),
});

/** The type of connections, and of the objects in them. */
type ObjectType<Shape> = ReturnType<ReturnType<typeof builder.objectRef<Shape>>['implement']>;

/**
 * Adds `edges`, `nodes` and `pageInfo` to the type of a connection, and defines the type of its edges. `one` and `many` say what
 * its nodes are.
 */
export function addRows(
  connection: ObjectType<Connection<object>>,
  node: ObjectType<object>,
  one: string,
  many: string,
) {
  const EdgeRef = builder.objectRef<Edge<object>>(connection.name.replace(/Connection$/, 'Edge')).implement({
    description: `One ${one} of a list, with its cursor.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: `Cursor of this ${one}. Pass it as \`after\` to get the ${many} that follow.`,
      }),
      node: t.expose('node', { type: node, description: `The ${one} at this position.` }),
    }),
  });
  builder.objectFields(connection, (t) => ({
    edges: t.expose('edges', {
      type: [EdgeRef],
      cost: connectionRows,
      description: `The ${many} of the page with their cursors.`,
    }),
    nodes: t.field({
      type: [node],
      cost: connectionRows,
      description: `The ${many} of the page without cursors.`,
      resolve: ({ edges }) => edges.map((edge) => edge.node),
    }),
    pageInfo: t.field({
      type: PageInfoRef,
      description: 'Position of the page in the list.',
      resolve: (page) => ({ connection: page }),
    }),
  }));
}
