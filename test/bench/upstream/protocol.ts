import { z } from 'zod';

/** What the benchmark tells its upstream, over the channel between the two processes. */
export const order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delay'), milliseconds: z.number() }),
  z.object({ kind: z.literal('change'), always: z.boolean() }),
  z.object({ kind: z.literal('take-calls') }),
]);
export type Order = z.infer<typeof order>;

/** What the upstream says: once when it listens, and once after each order. */
export const report = z.discriminatedUnion('kind', [
  /** An origin for each size of rows. */
  z.object({ kind: z.literal('ready'), origins: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('done') }),
  z.object({
    kind: z.literal('calls'),
    calls: z.array(z.object({ startedAt: z.number(), endedAt: z.number().nullable() })),
  }),
]);
export type Report = z.infer<typeof report>;
