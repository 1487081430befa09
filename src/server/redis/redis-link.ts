import { setTimeout as delay } from 'node:timers/promises';
import type { RedisClientType } from '@redis/client';
import type { Logger } from '../observability/log.ts';
import { newClient } from './new-client.ts';
import { reasonOf } from './reason.ts';
import { within } from './within.ts';

/** What commands are given to. */
export type RedisClient = Pick<RedisClientType, 'eval' | 'publish' | 'hGet'>;

export interface RedisLinkOptions {
  readonly url: string;
  /** What is listened to as long as there is a connection. */
  readonly channel: string;
  readonly onMessage: (message: string) => void;
  /** There is a connection, and messages are heard from now on; or there is none any more. */
  readonly onChange: (isUp: boolean) => void;
  readonly log: Logger;
}

/** Milliseconds that an operation waits for the store, each time that it asks. */
const commandTimeoutMs = 250;
const connectTimeoutMs = 2000;
/** From the end of a connection to the next try. */
const retryMs = 500;
/** How often a quiet connection is asked whether it still is one. */
const heartbeatMs = 1000;
/** Without a sign of life for so long it is none, whatever it looks like: this process may have been stopped meanwhile. */
const silenceMs = 2 * heartbeatMs;

/**
 * One connection to Redis at a time, for commands and messages, made anew whenever it is lost. Nobody waits for it to come
 * back: without it, commands fail at once. The client library is loaded with the first of them.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #closing = new AbortController();
  readonly #loop: Promise<void>;
  #live: { readonly client: RedisClientType; readonly lost: AbortController } | null = null;
  #heardAt = 0;
  /** Whether it was said that there is no connection. */
  #isMissed = false;
  /** Complaints of the server that were logged. */
  readonly #complaints = new Set<string>();

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#loop = this.#keepConnected();
  }

  /** Whether messages are being heard, as far as can be known. */
  get isListening(): boolean {
    return this.#live !== null && performance.now() - this.#heardAt < silenceMs;
  }

  /** Rejects where there is no connection, no reply in time, or a complaint instead of one. */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    const live = this.#live;
    if (live === null) throw new Error('There is no connection to Redis.');
    try {
      return await within(commandTimeoutMs, command(live.client));
    } catch (error) {
      if (reasonOf(error) === 'TIMEOUT') this.#lose(live.lost, error);
      else if (this.#live === live) this.#complain(reasonOf(error));
      throw error;
    }
  }

  /** Ends the connection, and tries no more. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#live !== null) this.#lose(this.#live.lost, null);
    await this.#loop;
  }

  async #keepConnected(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#connection();
      } catch (error) {
        if (!signal.aborted) this.#miss(reasonOf(error));
      }
      await delay(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Rejects when it is lost. */
  async #connection(): Promise<never> {
    const { url, channel, onMessage, onChange } = this.#options;
    const lost = new AbortController();
    const client = await newClient(url, connectTimeoutMs);
    client.on('error', (error: unknown) => this.#lose(lost, error));
    client.on('end', () => this.#lose(lost, null));
    const connecting = client.connect();
    // Destroyed before it has a socket, it would leave that one behind.
    const mayBeDestroyed = Promise.race([connecting, delay(connectTimeoutMs, undefined, { ref: false })]);
    try {
      await within(connectTimeoutMs + commandTimeoutMs, connecting, this.#closing.signal);
      await within(commandTimeoutMs, client.subscribe(channel, onMessage), this.#closing.signal);
      lost.signal.throwIfAborted();
      this.#closing.signal.throwIfAborted();
      this.#heardAt = performance.now();
      this.#live = { client, lost };
      this.#find();
      onChange(true);
      for (;;) {
        await delay(heartbeatMs, undefined, { signal: lost.signal });
        const askedAt = performance.now();
        await within(commandTimeoutMs, client.ping());
        this.#heardAt = askedAt;
      }
    } catch (error) {
      this.#lose(lost, error);
      throw lost.signal.reason;
    } finally {
      const destroy = () => {
        if (client.isOpen) client.destroy();
      };
      void mayBeDestroyed.then(destroy, destroy);
    }
  }

  #lose(lost: AbortController, reason: unknown): void {
    lost.abort(reason);
    if (this.#live?.lost !== lost) return;
    this.#live = null;
    this.#options.onChange(false);
  }

  #miss(reason: string): void {
    if (this.#isMissed) return;
    this.#isMissed = true;
    this.#options.log.warn({ reason }, 'Redis (REDIS_URL) can not be used: this process goes on alone');
  }

  #find(): void {
    this.#complaints.clear();
    if (this.#isMissed) this.#options.log.warn('Redis (REDIS_URL) is back');
    else this.#options.log.info('connected to Redis (REDIS_URL)');
    this.#isMissed = false;
  }

  #complain(reason: string): void {
    if (this.#complaints.has(reason)) return;
    this.#complaints.add(reason);
    this.#options.log.warn({ reason }, 'Redis (REDIS_URL) refuses a command');
  }
}
