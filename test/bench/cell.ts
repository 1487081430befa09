/** Mean bytes of a profile's JSON in the API's replies. */
export const rowSizes = [600, 1300, 2300, 8000] as const;
export type RowSize = (typeof rowSizes)[number];

/**
 * One request again and again; requests that differ in rows, place in the list and caller, about rows that repeat; or such
 * requests to an API that says something new in every row of every reply.
 */
export type Mix = 'identical' | 'same' | 'new';

/** One setting under which all candidates are compared. */
export interface Cell {
  readonly rowSize: RowSize;
  readonly mix: Mix;
  readonly delayMs: number;
  /** How many requests are under way at once. */
  readonly concurrency: number;
}

/** What can be measured, by what it tells: first the cost of a query, then what an API that takes its time, or repetition, changes. */
export function everyCell(): readonly Cell[] {
  const cost = (['same', 'new'] as const).flatMap((mix) =>
    rowSizes.map((rowSize): Cell => ({ rowSize, mix, delayMs: 0, concurrency: 32 })),
  );
  const small = { rowSize: 1300, delayMs: 20 } as const;
  return [
    ...cost,
    { ...small, mix: 'same', concurrency: 1 },
    { ...small, mix: 'same', concurrency: 32 },
    { ...small, mix: 'new', concurrency: 32 },
    { ...small, mix: 'identical', delayMs: 0, concurrency: 32 },
  ];
}

export function titleOf({ rowSize, mix }: Cell): string {
  return `${rowSize / 1000} KB ${mix}`;
}
