import { UserInputError } from '../errors.ts';
import type { MaybePromise } from '../loaders/call.ts';
import { builder } from './builder.ts';

/** The most edges of one connection, and how many come unasked. */
export const maxFirst = 500;
export const defaultFirst = 50;

export interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

/** A slice of a list. Whether more follows may take another look at the API, so it is found out only when asked for. */
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
    'Where a slice of a list stands. Lists are read forwards only: the Access Profile API has page tokens, not offsets.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      description:
        'Whether more edges follow. Where a filter is checked in the gateway, asking for this may read further pages to find out.',
      resolve: ({ connection }) => connection.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      description: 'Whether edges come before: true as soon as `after` was given.',
      resolve: ({ connection }) => connection.isContinued,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'The cursor of the first edge; null if there is none.',
      resolve: ({ connection }) => connection.edges[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last edge, to be given as `after` for the next slice; null if there is none.',
      resolve: ({ connection }) => connection.edges.at(-1)?.cursor ?? null,
    }),
  }),
});

/** `first` as it counts. Throws UserInputError where it is out of range. */
export function sliceSize(first: number | null | undefined): number {
  const size = first ?? defaultFirst;
  if (size < 0 || size > maxFirst) {
    throw new UserInputError('first', `first: must be from 0 to ${maxFirst}; page on with \`after\` for more.`);
  }
  return size;
}
