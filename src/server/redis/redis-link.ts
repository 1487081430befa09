import { setTimeout as delay } from 'node:timers/promises';
import type { RedisAddress } from '../../config.ts';
import type { Logger } from '../observability/log.ts';
import { reasonOf, within } from './failure.ts';
import { newClient, type RedisClient, type RedisCommands } from './new-client.ts';

export interface RedisLinkOptions {
  readonly address: RedisAddress;
  /** Milliseconds that a command waits for its answer. */
  readonly timeoutMs: number;
  /** Succeeds if Redis can do what gateways need. Runs once a second. */
  readonly check: (redis: RedisCommands) => Promise<unknown>;
  readonly onChange: (isUp: boolean) => void;
  /** A connection failed: what was written to Redis before may be lost. */
  readonly onGap: () => void;
  readonly log: Logger;
}

const connectTimeoutMs = 2000;
const reconnectMs = 500;
const checkIntervalMs = 1000;
const checkTimeoutMs = 2000;

/**
 * The client of one Redis. The client library connects, reconnects and follows failovers. The link adds one state: while
 * a check or a command gets no answer, further commands fail at once, so that only the first one waits.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  #client: RedisClient | null = null;
  #isUp = false;
  /** Whether the log says that Redis is away. */
  #isMissed = false;
  /** Errors of Redis that were logged. */
  readonly #complaints = new Set<string>();

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#watching = this.#watch();
  }

  /** Rejects where Redis is away, does not answer in time, or answers with an error. */
  async run<T>(command: (redis: RedisCommands) => Promise<T>, timeoutMs = this.#options.timeoutMs): Promise<T> {
    const client = this.#client;
    if (client === null || !this.#isUp) throw new Error('Redis is away.');
    try {
      return await within(timeoutMs, command(client));
    } catch (error) {
      const { ErrorReply } = await import('@redis/client');
      if (error instanceof ErrorReply) this.#complain(reasonOf(error));
      else this.#lose(reasonOf(error));
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    const closed = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const onError = (error: unknown) => this.#doubt(reasonOf(error));
    const client = await newClient(this.#options.address, { connectTimeoutMs, reconnectMs, onError });
    this.#client = client;
    while (!signal.aborted) {
      const check = this.#check(client);
      const outcome = within(checkTimeoutMs, check).then(
        () => this.#find(),
        (error: unknown) => this.#lose(reasonOf(error)),
      );
      await Promise.race([outcome, closed]);
      // One check at a time: the client gives up a connection only after it was silent.
      await Promise.race([check.catch(() => undefined), closed]);
      await delay(this.#isUp ? checkIntervalMs : reconnectMs, undefined, { signal }).catch(() => undefined);
    }
    this.#isUp = false;
    if (client.isOpen) await client.destroy();
  }

  async #check(client: RedisClient): Promise<void> {
    if (!client.isOpen) await client.connect();
    await this.#options.check(client);
  }

  #find(): void {
    if (this.#isUp || this.#closing.signal.aborted) return;
    this.#isUp = true;
    this.#complaints.clear();
    const { log, onChange } = this.#options;
    if (this.#isMissed) log.warn('Redis (REDIS_URL) is back');
    else log.info('connected to Redis (REDIS_URL)');
    this.#isMissed = false;
    onChange(true);
  }

  #lose(reason: string): void {
    if (this.#closing.signal.aborted) return;
    this.#miss(reason);
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#options.onGap();
    this.#options.onChange(false);
  }

  /** One connection failed. In a cluster it may be one that is not needed: the next check finds out. */
  #doubt(reason: string): void {
    this.#options.onGap();
    if (!this.#isUp) this.#miss(reason);
  }

  #miss(reason: string): void {
    if (this.#isMissed || this.#closing.signal.aborted) return;
    this.#isMissed = true;
    const message = 'The gateway cannot use Redis (REDIS_URL): limits count in this process alone, changes are refused';
    this.#options.log.warn({ reason }, message);
  }

  #complain(reason: string): void {
    if (this.#complaints.has(reason)) return;
    this.#complaints.add(reason);
    this.#options.log.warn({ reason }, 'Redis (REDIS_URL) refuses a command');
  }
}
