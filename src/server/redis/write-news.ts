import { randomUUID } from 'node:crypto';
import type { Logger } from '../observability/log.ts';
import type { RedisCommands } from './new-client.ts';
import type { RedisLink } from './redis-link.ts';

/** Gateways that write to the same API. */
export interface WriteNews {
  /**
   * Asks whether another gateway has written, and drops what was read before if so. False: that cannot be found out, and
   * what was read before must not be used.
   */
  hear(): Promise<boolean>;
  /** Tells the others of a write, right before it and right after it; later if Redis is away. Never rejects. */
  announce(): Promise<void>;
}

/** Returns the name of the last write. A Redis without one gets a new one: it may have lost the last. */
const readScript = `
local last = redis.call('GET', KEYS[1])
if last then return last end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
`;

/** Puts down a write and returns the one before it. */
const writeScript = `
local last = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return last
`;

/** Longer than anything that was read is kept. */
const lifetimeMs = 2 * 86_400_000;

export interface SharedWriteNewsOptions {
  readonly link: Pick<RedisLink, 'run'>;
  readonly key: string;
  /** Another gateway has written, or may have. */
  readonly onWrite: () => void;
  readonly log: Logger;
}

/**
 * News of writes as one value in Redis: the random name of the last write. A gateway compares it with the one it knows
 * when an operation begins. A subscription would be one message late at best, and silent about what it missed.
 */
export class SharedWriteNews implements WriteNews {
  readonly #options: SharedWriteNewsOptions;
  #known: string | null = null;
  // Writes of this gateway by their order: the last one, the last that the others can know of, the last that failed to be told.
  #last = 0;
  #told = 0;
  #owed = 0;

  constructor(options: SharedWriteNewsOptions) {
    this.#options = options;
  }

  async hear(): Promise<boolean> {
    try {
      await this.#options.link.run((redis) => this.read(redis));
      return true;
    } catch {
      return false;
    }
  }

  async read(redis: RedisCommands): Promise<void> {
    const name = await this.#eval(redis, readScript, randomUUID());
    if (name !== this.#known) this.#options.onWrite();
    this.#known = name;
  }

  async announce(): Promise<void> {
    const write = ++this.#last;
    const name = randomUUID();
    try {
      const before = await this.#options.link.run((redis) => this.#eval(redis, writeScript, name));
      // Another gateway has written since this one last looked.
      if (before !== this.#known) this.#options.onWrite();
      this.#known = name;
      this.#told = Math.max(this.#told, write);
    } catch {
      if (this.#owed <= this.#told) {
        this.#options.log.warn('other gateways learn of a write only when Redis (REDIS_URL) is back');
      }
      this.#owed = Math.max(this.#owed, write);
    }
  }

  /** Tells now what could not be told before. */
  async catchUp(): Promise<void> {
    if (this.#owed > this.#told) await this.announce();
  }

  async #eval(redis: RedisCommands, script: string, name: string): Promise<string | null> {
    const reply = await redis.eval(script, { keys: [this.#options.key], arguments: [name, String(lifetimeMs)] });
    return typeof reply === 'string' ? reply : null;
  }
}
