import { GatewayError } from '../errors.ts';
import { callerKey } from '../upstream/caller-key.ts';
import { ChangeFeed, type Watching, type WatchRequest } from './change-feed.ts';
import type { Snapshot } from './snapshot.ts';

export interface ChangeFeedsOptions {
  readonly intervalMs: number;
  /** Streams of one caller, and of all. */
  readonly maxPerCaller: number;
  readonly maxStreams: number;
  /** Reads everything that the holder of a key sees, not before `readSince`. */
  readonly scan: (request: {
    readonly authorization: string;
    readonly extraInfo: boolean;
    readonly readSince: number;
  }) => Promise<Snapshot>;
  /** Asks whether another gateway has written; null: there is none to be heard. */
  readonly hear: (() => Promise<unknown>) | null;
}

export interface StreamRequest extends WatchRequest {
  /** The value of the Authorization header for the API: only those with the same one share readings. */
  readonly authorization: string;
  /** Whose streams are counted together. */
  readonly owner: string;
}

/** Milliseconds between two questions to Redis while somebody watches. */
const hearEveryMs = 1000;

/** Who watches what changes: a feed for each caller, as long as somebody watches it and a while longer. */
export class ChangeFeeds {
  readonly #options: ChangeFeedsOptions;
  readonly #feeds = new Map<string, ChangeFeed>();
  readonly #streams = new Map<string, number>();
  #count = 0;
  #isOver = false;
  #hearing: NodeJS.Timeout | null = null;

  constructor(options: ChangeFeedsOptions) {
    this.#options = options;
  }

  /** Begins to watch. Throws GatewayError where there are too many streams, and what the first reading throws. */
  async watch(request: StreamRequest): Promise<Watching> {
    const { owner, signal } = request;
    this.#admit(owner);
    const leave = () => {
      this.#count--;
      const left = (this.#streams.get(owner) ?? 1) - 1;
      if (left > 0) this.#streams.set(owner, left);
      else this.#streams.delete(owner);
      if (this.#count === 0 && this.#hearing !== null) clearInterval(this.#hearing);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return this.#feedOf(request.authorization).watch(request);
  }

  /** Somebody has written. */
  noteWrite(): void {
    for (const feed of this.#feeds.values()) feed.noteWrite();
  }

  /** Ends all streams: the gateway is about to shut down. */
  end(): void {
    this.#isOver = true;
    for (const feed of this.#feeds.values()) feed.end();
  }

  #admit(owner: string): void {
    const { maxPerCaller, maxStreams, hear } = this.#options;
    const own = this.#streams.get(owner) ?? 0;
    if (this.#isOver) throw new GatewayError('OVERLOADED', 'The gateway shuts down. Subscribe again.');
    if (own >= maxPerCaller) {
      const message = `You have ${own} subscriptions open, the most that one caller may have (MAX_STREAMS_PER_CALLER). End one first.`;
      throw new GatewayError('RATE_LIMITED', message, { limit: 'MAX_STREAMS_PER_CALLER' });
    }
    if (this.#count >= maxStreams) {
      const message = 'The gateway has as many subscriptions open as it may have (MAX_STREAMS). Try again later.';
      throw new GatewayError('OVERLOADED', message, { limit: 'MAX_STREAMS' });
    }
    this.#streams.set(owner, own + 1);
    if (this.#count++ === 0 && hear !== null) this.#hearing = setInterval(() => void hear(), hearEveryMs).unref();
  }

  #feedOf(authorization: string): ChangeFeed {
    const key = callerKey(authorization);
    const known = this.#feeds.get(key);
    if (known !== undefined) return known;
    const feed: ChangeFeed = new ChangeFeed({
      intervalMs: this.#options.intervalMs,
      scan: (request) => this.#options.scan({ authorization, ...request }),
      onForgotten: () => {
        if (this.#feeds.get(key) === feed) this.#feeds.delete(key);
      },
    });
    this.#feeds.set(key, feed);
    return feed;
  }
}
