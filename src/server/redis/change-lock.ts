import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, UpstreamError } from '../../errors.ts';
import type { ChangeLock, Lease } from '../../mutations/queue.ts';
import { lockKeys } from './keys.ts';
import type { RedisCommands } from './new-client.ts';
import type { RedisLink } from './redis-link.ts';

export interface SharedLockOptions {
  readonly link: Pick<RedisLink, 'run'>;
  readonly prefix: string;
  /** Milliseconds that a write to the API may take. */
  readonly writeTimeoutMs: number;
  /** Drops what was read before another gateway's last write. */
  readonly hear: (redis: RedisCommands) => Promise<void>;
  /** Milliseconds for which a lock lasts without renewal. */
  readonly leaseMs?: number;
}

/**
 * Takes all locks or none. A gateway that must wait becomes the next one on all of them, if nobody else is: otherwise one
 * with many changes in its queue would take the lock again and again. ARGV: token, lease, milliseconds for which it stays next.
 */
const takeScript = `
local count = #KEYS / 2
local free = true
for i = 1, count do
  local holder = redis.call('GET', KEYS[i])
  local following = redis.call('GET', KEYS[count + i])
  if following and following ~= ARGV[1] then return 0 end
  if holder and holder ~= ARGV[1] then free = false end
end
for i = 1, count do
  if free then
    redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
    redis.call('DEL', KEYS[count + i])
  else
    redis.call('SET', KEYS[count + i], ARGV[1], 'PX', ARGV[3])
  end
end
return free and 1 or 0
`;

/** Makes locks last at least so long from now, if all are still held. ARGV: token, lease. */
const extendScript = `
for i = 1, #KEYS do
  if redis.call('GET', KEYS[i]) ~= ARGV[1] then return 0 end
end
for i = 1, #KEYS do
  if redis.call('PTTL', KEYS[i]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
end
return 1
`;

/** Gives back what the token holds or waits for. */
const releaseScript = `
for i = 1, #KEYS do
  if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call('DEL', KEYS[i]) end
end
return 1
`;

const defaultLeaseMs = 10_000;
/** Milliseconds for which a waiting gateway stays next without asking again: its process may have ended. */
const nextMs = 2000;
/** The longest wait from one try to the next. */
const pollMs = 40;
/** Milliseconds for which a change waits for a Redis that is away. */
const patienceMs = 5000;
const commandTimeoutMs = 2000;
/** Milliseconds that a lock must last beyond the write that it is confirmed for. */
const marginMs = 5000;

/** The lock of changes for all gateways with one Redis. */
export class SharedChangeLock implements ChangeLock {
  readonly #options: SharedLockOptions;

  constructor(options: SharedLockOptions) {
    this.#options = options;
  }

  async take(changeKeys: readonly string[], signal: AbortSignal): Promise<Lease> {
    const { prefix, leaseMs = defaultLeaseMs, hear } = this.#options;
    const names = [...changeKeys].sort().map((key) => lockKeys(prefix, key));
    const locks = names.map(({ lock }) => lock);
    const keys = [...locks, ...names.map(({ next }) => next)];
    const token = randomUUID();
    const release = async () => {
      await this.#options.link.run(evaluate(releaseScript, keys, [token]), commandTimeoutMs).catch(() => undefined);
    };
    try {
      for (;;) {
        const isTaken = await this.#insist(signal, evaluate(takeScript, keys, [token, leaseMs, nextMs]));
        if (isTaken) break;
        // Gateways that ask at the same time should not go on doing so.
        await delay(pollMs * (0.5 + Math.random() / 2), undefined, { signal });
      }
      // A row that this gateway read before it had the lock may be older than another one's write.
      await this.#insist(signal, hear);
    } catch (error) {
      await release();
      throw error;
    }
    return new SharedLease({
      leaseMs,
      writeTimeoutMs: this.#options.writeTimeoutMs,
      extend: (milliseconds) => this.#insist(null, evaluate(extendScript, locks, [token, milliseconds])),
      release,
    });
  }

  /** Sends a command until it is answered. All of them may be sent again: the token says whose they are. */
  async #insist<T>(signal: AbortSignal | null, command: (redis: RedisCommands) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await this.#options.link.run(command, commandTimeoutMs);
      } catch (error) {
        if (performance.now() - startedAt > patienceMs) throw lockUnavailable(error);
        await delay(100);
      }
    }
  }
}

interface LeaseOptions {
  readonly leaseMs: number;
  readonly writeTimeoutMs: number;
  /** Whether the lock is still held; if so it lasts at least so long from now. Rejects where that cannot be found out. */
  readonly extend: (milliseconds: number) => Promise<boolean>;
  readonly release: () => Promise<void>;
}

/** A lock that is held, and renewed until it is released. */
class SharedLease implements Lease {
  readonly #options: LeaseOptions;
  readonly #renewal: NodeJS.Timeout;
  #isHeld = true;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#renewal = setInterval(() => void this.#renew(), options.leaseMs / 3);
  }

  async confirm(): Promise<void> {
    const { extend, writeTimeoutMs } = this.#options;
    const askedAt = performance.now();
    const isExtended = this.#isHeld && (await extend(writeTimeoutMs + marginMs).catch(() => false));
    // A process that was stopped after it asked has less time left than the write may take.
    if (this.#isHeld && isExtended && performance.now() - askedAt < marginMs) return;
    this.#lose();
    const message =
      'The lock of this change was lost before the write (Redis, REDIS_URL), so another gateway may have changed the profile. The write was not sent. Try again.';
    throw new GatewayError('CONFLICT', message);
  }

  async release(): Promise<void> {
    this.#lose();
    await this.#options.release();
  }

  async #renew(): Promise<void> {
    // Whether a renewal that fails was needed is found out before the next write.
    if ((await this.#options.extend(this.#options.leaseMs).catch(() => null)) === false) this.#lose();
  }

  #lose(): void {
    this.#isHeld = false;
    clearInterval(this.#renewal);
  }
}

function evaluate(script: string, keys: readonly string[], values: readonly (string | number)[]) {
  return async (redis: RedisCommands): Promise<boolean> =>
    (await redis.eval(script, { keys: [...keys], arguments: values.map(String) })) === 1;
}

function lockUnavailable(cause: unknown): UpstreamError {
  const message =
    'The lock of this change cannot be taken, because Redis (REDIS_URL) does not answer. Nothing was written. Try again.';
  return new UpstreamError('UPSTREAM_UNAVAILABLE', message, { retryAfterSeconds: 1 }, { cause });
}
