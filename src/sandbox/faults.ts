import type { SandboxCall } from './calls.ts';
import type { Random } from './random.ts';
import type { Store } from './store.ts';

/** The request as faults are chosen for it. */
export type FaultRequest = Pick<SandboxCall, 'method' | 'path' | 'query' | 'authorization' | 'body'>;

/** A fault. `delay` and `run` let the request go on, to the next fault or to its answer; the others decide the outcome. */
export type FaultEffect =
  /** An error reply instead of the operation. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number | string }
  /** The operation happens, and the reply is an error: a gateway that gave up waiting. */
  | { readonly kind: 'status-after'; readonly status: number; readonly retryAfter?: number | string }
  /** The connection is cut, and nothing happened. */
  | { readonly kind: 'reset-before' }
  /** The operation happens, and the connection is cut instead of a reply. */
  | { readonly kind: 'reset-after' }
  /** No reply, ever. */
  | { readonly kind: 'hang' }
  /** A proxy's HTML page instead of the operation; 502 unless it says otherwise. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The operation happens, and the connection is cut in the middle of its reply. */
  | { readonly kind: 'truncate' }
  /** This JSON instead of the operation; 200 unless it says otherwise. */
  | { readonly kind: 'answer'; readonly body: unknown; readonly status?: number }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Another client's work, done before the operation. */
  | { readonly kind: 'run'; readonly run: (request: FaultRequest, store: Store) => void | Promise<void> };

export type Fault = FaultEffect & {
  /** Absent: any request. A string matches the end of the path. */
  readonly match?: { readonly method?: string; readonly path?: RegExp | string };
  /** The number of matching requests that it strikes. Default: 1. */
  readonly times?: number;
  /** The number of matching requests that pass before that. Default: 0. */
  readonly skip?: number;
};

interface Queued {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** Faults that wait for their requests, oldest first. */
export class FaultQueue {
  #queue: Queued[] = [];

  add(...faults: readonly Fault[]): void {
    for (const fault of faults) this.#queue.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#queue = [];
  }

  /** The number of faults that still wait. */
  get size(): number {
    return this.#queue.length;
  }

  /** The faults that strike this request, in order; at most the last of them decides its outcome. */
  take(request: FaultRequest): readonly Fault[] {
    const struck: Fault[] = [];
    for (const queued of this.#queue) {
      if (!matches(queued.fault, request)) continue;
      if (queued.skip > 0) {
        queued.skip -= 1;
        continue;
      }
      queued.times -= 1;
      struck.push(queued.fault);
      if (queued.fault.kind !== 'delay' && queued.fault.kind !== 'run') break;
    }
    this.#queue = this.#queue.filter((queued) => queued.times > 0);
    return struck;
  }
}

function matches({ match = {} }: Fault, request: FaultRequest): boolean {
  const { method, path } = match;
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? request.path.endsWith(path) : path.test(request.path);
}

/** Now and then a fault: rate limiting, an outage, a cut connection, in equal parts. All before the operation. */
export function randomFault(rate: number, random: Random): Fault | undefined {
  if (rate <= 0 || random.next() >= rate) return undefined;
  const kinds: readonly [Fault, Fault, Fault] = [
    { kind: 'status', status: 429, retryAfter: 1 },
    { kind: 'status', status: 503 },
    { kind: 'reset-before' },
  ];
  return kinds[random.below(kinds.length)];
}
