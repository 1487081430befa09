import { UserInputError } from '../errors.ts';
import type { MaybePromise } from '../loaders/call.ts';
import { builder } from './builder.ts';

/** Maximum and default number of edges of one connection. */
export const maxFirst = 500;
export const defaultFirst = 50;

export interface Edge<T> {
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

export const PageInfoRef = builder.objectRef<PageInfo>('PageInfo').implement({
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

/** Converts `first` to a page size. Throws UserInputError if it is out of range. */
export function sliceSize(first: number | null | undefined): number {
  const size = first ?? defaultFirst;
  if (size < 0 || size > maxFirst) {
    throw new UserInputError('first', `first: must be from 0 to ${maxFirst}; page on with \`after\` for more.`);
  }
  return size;
}
