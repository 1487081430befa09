import type { MetricValues } from '../watch/metrics.ts';

/** What a worker says to the primary process, over the channel between them, which keeps the order of messages. */
export type FromWorker =
  /** It hears what it is told from now on. */
  | { readonly kind: 'hello' }
  | ({ readonly kind: 'listening' } & Place)
  /** It can't start; `variable` names the setting that is to blame. */
  | { readonly kind: 'failed'; readonly variable: string | null; readonly problem: string }
  /** Asks for a lease that begins when this was sent, by the worker's own clock. */
  | { readonly kind: 'ping'; readonly at: number }
  /** It has written, or is about to. */
  | { readonly kind: 'wrote'; readonly write: number }
  /** It has forgotten what it read before that write. */
  | { readonly kind: 'forgot'; readonly notice: number }
  /** It waits to change what has these keys, or has done so. */
  | { readonly kind: 'change'; readonly change: number; readonly keys: readonly string[] }
  | { readonly kind: 'changed'; readonly change: number }
  /** Somebody asks it for the metrics of all workers. */
  | { readonly kind: 'scrape'; readonly scrape: number }
  | { readonly kind: 'values'; readonly request: number; readonly values: MetricValues };

/** What the primary process says to a worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly api: Api }
  | { readonly kind: 'pong'; readonly at: number }
  /** Another worker has written, or is about to. */
  | { readonly kind: 'written'; readonly notice: number }
  /** Nobody answers from readings of before that write any more. */
  | { readonly kind: 'heard'; readonly write: number }
  /** Its change may begin: all before it are over. */
  | { readonly kind: 'turn'; readonly change: number }
  | { readonly kind: 'collect'; readonly request: number }
  /** null: some worker did not say its part. */
  | { readonly kind: 'metrics'; readonly scrape: number; readonly text: string | null }
  /** Finish what runs, and end. */
  | { readonly kind: 'end' };

/** Where the API is: a tenant's, or that of a sandbox in the first process. */
export interface Api {
  readonly origin: string;
  readonly isSandbox: boolean;
}

/** Where a worker listens: the same for all. */
export interface Place {
  readonly url: string;
  readonly adminUrl: string;
  readonly hasPage: boolean;
}

/** A worker's end of its channel. */
export interface PrimaryLink {
  /** Whether the primary process can be reached at all. */
  readonly isOpen: boolean;
  send(message: FromWorker): void;
  /** From now on, `listener` hears all messages too. */
  onMessage(listener: (message: ToWorker) => void): void;
}

/** The primary's end of the channel of one worker. */
export interface WorkerLink {
  readonly id: number;
  send(message: ToWorker): void;
}

/**
 * Milliseconds for which a worker may take it that it has heard of all writes, from a ping that was answered. Each measures
 * them by its own clock, the worker from the sending of the ping and the primary from its answer, which is later.
 */
export const leaseMs = 1000;
