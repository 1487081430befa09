import { randomUUID } from 'node:crypto';
import { GatewayError, valueOrError } from '../errors.ts';
import { eventLoop } from '../event-loop.ts';
import { changedFieldsOf } from '../inheritance/analysis/profile-changes.ts';
import type { Profile } from '../model/profile.ts';
import type { Snapshot } from './snapshot.ts';

/** A profile that two readings of everything show differently; null: it is not in that reading. */
export interface NoticedChange {
  /** Names the change for a client that connects again. */
  readonly id: string;
  readonly before: Profile | null;
  readonly after: Profile | null;
  readonly changedFields: readonly string[];
  /** When it was noticed, in milliseconds since 1970. */
  readonly at: number;
}

export interface ChangeFeedOptions {
  /** Reads everything that the caller sees, not before `readSince` (`performance.now()`). */
  readonly scan: (request: { readonly extraInfo: boolean; readonly readSince: number }) => Promise<Snapshot>;
  readonly intervalMs: number;
  /** Nobody has watched for a while. */
  readonly onForgotten: () => void;
}

export interface WatchRequest {
  readonly extraInfo: boolean;
  /** The id of the last change that the client knows; null: it asks for what changes from now on. */
  readonly after: string | null;
  /** Ends the watching. */
  readonly signal: AbortSignal;
}

export interface Watching {
  /** The changes after this id follow. */
  readonly startsAfter: string;
  /** Whether changes after the one the client named are lost, so that the client must read everything again. */
  readonly isLost: boolean;
  /** Throws GatewayError once the readings fail, or the client reads too slowly. Ends when the gateway shuts down. */
  readonly changes: AsyncIterable<NoticedChange>;
}

interface Watcher {
  readonly extraInfo: boolean;
  /** The number of the change that it gets next. */
  next: number;
  isClosed: boolean;
  wake: () => void;
}

/** Changes that are kept for slow clients and for those that connect again. */
const maxKept = 10_000;
const keptMs = 5 * 60 * 1000;
/** Between two readings that writes ask for. */
const leastGapMs = 500;
/** Failed readings in a row after which clients are told. */
const maxFailures = 5;

/** The changes that one caller sees, told from one reading of everything after the other, for all watchers of this caller. */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #name = randomUUID().slice(0, 8);
  readonly #watchers = new Set<Watcher>();
  /** The oldest first; `#first` is the number of the first one. */
  readonly #kept: NoticedChange[] = [];
  #first = 1;
  #last: Snapshot | null = null;
  /** When the last reading was complete: what began before that may be older. */
  #lastDoneAt = 0;
  #reading: Promise<void> | null = null;
  #isStale = false;
  #failures = 0;
  #end: GatewayError | 'over' | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ChangeFeedOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#end !== null;
  }

  /** Begins to watch. Throws what the first reading throws. */
  async watch({ extraInfo, after, signal }: WatchRequest): Promise<Watching> {
    const watcher: Watcher = { extraInfo, next: 0, isClosed: false, wake: () => undefined };
    const close = () => {
      watcher.isClosed = true;
      watcher.wake();
      if (this.#watchers.delete(watcher) && this.#watchers.size === 0) this.#schedule(keptMs);
    };
    const wasIdle = this.#watchers.size === 0;
    this.#watchers.add(watcher);
    signal.addEventListener('abort', close, { once: true });
    try {
      signal.throwIfAborted();
      // Changes made while nobody watched are noticed before new watchers come.
      if (wasIdle || this.#last === null) await this.#readOnce();
      if (this.#last === null) throw this.#end instanceof GatewayError ? this.#end : gone();
    } catch (error) {
      close();
      throw error;
    }
    const known = after === null ? null : this.#numberOf(after);
    const isLost = after !== null && (known === null || known + 1 < this.#first || known >= this.#nextNumber);
    watcher.next = known === null || isLost ? this.#nextNumber : known + 1;
    const startsAfter = `${this.#name}.${watcher.next - 1}`;
    return { startsAfter, isLost, changes: this.#follow(watcher, close) };
  }

  /** Somebody has written: what changed is looked for at once. */
  noteWrite(): void {
    this.#isStale = true;
    if (this.#watchers.size > 0 && this.#reading === null) this.#schedule(0);
  }

  /** Ends all watching, with an error if one is given. */
  end(reason: GatewayError | 'over' = 'over'): void {
    this.#end ??= reason;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#kept.length = 0;
    this.#wakeAll();
    this.#options.onForgotten();
  }

  async *#follow(watcher: Watcher, close: () => void): AsyncGenerator<NoticedChange, void, undefined> {
    try {
      while (!watcher.isClosed) {
        if (this.#end instanceof GatewayError) throw this.#end;
        if (this.#end !== null) return;
        if (watcher.next < this.#first) throw tooSlow();
        const change = this.#kept[watcher.next - this.#first];
        if (change === undefined) {
          await new Promise<void>((resolve) => {
            watcher.wake = resolve;
          });
        } else {
          watcher.next++;
          yield change;
        }
      }
    } finally {
      close();
    }
  }

  get #nextNumber(): number {
    return this.#first + this.#kept.length;
  }

  #numberOf(id: string): number | null {
    const [name, number = ''] = id.split('.');
    return name === this.#name && /^\d{1,15}$/.test(number) ? Number(number) : null;
  }

  #schedule(delayMs: number): void {
    if (this.#end !== null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const least = this.#lastDoneAt + leastGapMs - performance.now();
    this.#timer = setTimeout(() => this.#tick(), Math.max(delayMs, least)).unref();
  }

  #tick(): void {
    if (this.#watchers.size === 0) this.end();
    else void this.#readOnce().catch((error: unknown) => this.#failed(error));
  }

  /** One reading at a time; whoever asks meanwhile waits for it. */
  #readOnce(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      if (this.#watchers.size > 0) this.#schedule(this.#isStale ? 0 : this.#options.intervalMs);
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    this.#isStale = false;
    const extraInfo = [...this.#watchers].some((watcher) => watcher.extraInfo);
    // A reading that another operation made half an interval ago will do.
    const readSince = Math.max(this.#lastDoneAt, performance.now() - this.#options.intervalMs / 2);
    const snapshot = await (await this.#options.scan({ extraInfo, readSince })).prepared();
    this.#lastDoneAt = performance.now();
    this.#failures = 0;
    const before = this.#last;
    if (before !== null) await this.#compare(before, snapshot);
    this.#last = snapshot;
    this.#forgetOld();
    this.#wakeAll();
  }

  async #compare({ hierarchy: before }: Snapshot, { hierarchy: after }: Snapshot): Promise<void> {
    const found: Omit<NoticedChange, 'id' | 'at'>[] = [];
    for (const profile of after.profiles) {
      const known = before.profiles[before.indexOf(profile.profileId)] ?? null;
      const changedFields = known === null ? [] : changedFieldsOf(known, profile);
      if (known === null || changedFields.length > 0) found.push({ before: known, after: profile, changedFields });
      if (eventLoop.isHeld) await eventLoop.yield();
    }
    for (const profile of before.profiles) {
      if (after.indexOf(profile.profileId) < 0) found.push({ before: profile, after: null, changedFields: [] });
    }
    const at = Date.now();
    for (const change of found) this.#kept.push({ ...change, id: `${this.#name}.${this.#nextNumber}`, at });
  }

  #forgetOld(): void {
    const oldest = Date.now() - keptMs;
    const unread = Math.min(...[...this.#watchers].map(({ next }) => next || this.#nextNumber), this.#nextNumber);
    let count = Math.max(0, this.#kept.length - maxKept);
    for (let change = this.#kept[count]; change !== undefined; change = this.#kept[++count]) {
      if (change.at >= oldest || this.#first + count >= unread) break;
    }
    this.#kept.splice(0, count);
    this.#first += count;
  }

  /** A reading that failed shows no change. Only a key that is refused ends the watching at once. */
  #failed(error: unknown): void {
    this.#lastDoneAt = performance.now();
    const failure = error instanceof GatewayError ? error : null;
    const isRefused = failure?.code === 'UNAUTHENTICATED' || failure?.code === 'FORBIDDEN';
    if (isRefused || ++this.#failures >= maxFailures) this.end(failure ?? gone());
  }

  #wakeAll(): void {
    for (const watcher of this.#watchers) watcher.wake();
  }
}

/** A change between two readings, as a change of the list of profiles that a filter matches. */
export function changeWithin(
  { before, after }: NoticedChange,
  matches: (profile: Profile) => boolean,
): 'CREATED' | 'UPDATED' | 'DELETED' | null {
  // A profile that can't be read may match: those who select it get the error.
  const isIn = (profile: Profile | null) => profile !== null && valueOrError(() => matches(profile)) !== false;
  if (!isIn(before)) return isIn(after) ? 'CREATED' : null;
  return isIn(after) ? 'UPDATED' : 'DELETED';
}

function tooSlow(): GatewayError {
  return new GatewayError(
    'EVENTS_LOST',
    'The client reads changes more slowly than they happen, so that some are lost. Read the profiles again, and then subscribe again.',
  );
}

function gone(): GatewayError {
  return new GatewayError('UPSTREAM_UNAVAILABLE', 'The profiles can not be watched any more. Subscribe again later.');
}
