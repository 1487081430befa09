import type { RateLimit } from '../../config.ts';
import { LocalRateLimiter, type RateLimiter } from '../limits/rate-limiter.ts';
import type { RedisLink } from './redis-link.ts';

/**
 * Checks and charges in one step, so that two processes cannot both spend the last calls. Returns whether the charge was granted,
 * the calls charged in this window, and the milliseconds until the window ends.
 */
const script = `
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local cost, units, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local granted = ARGV[4] == '1' or used + cost <= units
if granted then used = redis.call('INCRBY', KEYS[1], cost) end
local left = redis.call('PTTL', KEYS[1])
if left == -1 then
  redis.call('PEXPIRE', KEYS[1], window)
  left = window
end
return { granted and 1 or 0, used, math.max(left, 0) }
`;

/** Counts in Redis for all processes together, under `prefix` and the caller. While Redis is away, each process counts alone. */
export function sharedRateLimiter(limit: RateLimit, link: Pick<RedisLink, 'run'>, prefix: string): RateLimiter {
  const { units, windowSeconds } = limit;
  const alone = new LocalRateLimiter(limit);
  return {
    async charge(caller, calls, areMade = false) {
      const values = [calls, units, windowSeconds * 1000, areMade ? 1 : 0].map(String);
      const reply = await link
        .run((client) => client.eval(script, { keys: [`${prefix}${caller}`], arguments: values }))
        // The link logs the reason. The operation goes on.
        .catch(() => null);
      const [isGranted, used, resetMs] = Array.isArray(reply) ? reply.map(Number) : [];
      if (used === undefined || resetMs === undefined) return alone.charge(caller, calls, areMade);
      return { isGranted: isGranted === 1, remaining: Math.max(0, units - used), resetMs };
    },
  };
}
