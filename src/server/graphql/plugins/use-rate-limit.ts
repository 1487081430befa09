import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RateLimit } from '../../../config.ts';
import { GatewayError } from '../../../errors.ts';
import type { FilterSupport } from '../../../filter/support.ts';
import { type AmbientKey, callerOf } from '../../auth/caller.ts';
import { costOf } from '../../limits/cost.ts';
import type { Charge, RateLimiter } from '../../limits/rate-limiter.ts';
import type { ServerContext } from '../context.ts';
import { asksOnlyForSchema } from '../operation/asks-only-for-schema.ts';

export interface RateLimitOptions {
  readonly limit: RateLimit;
  readonly limiter: RateLimiter;
  readonly ambientKey: AmbientKey | null;
  readonly onRefused: () => void;
  readonly support: FilterSupport;
}

/**
 * Charges a caller for the estimated cost of an operation before the first call, and refuses the operation if the caller has
 * fewer calls left. Afterwards charges the calls beyond the estimate. Introspection and operations that another limit refuses
 * are free.
 */
export function useRateLimit({
  limit,
  limiter,
  ambientKey,
  onRefused,
  support,
}: RateLimitOptions): Plugin<ServerContext> {
  const charges = new WeakMap<Request, Charge>();
  /** Undefined if the request has no caller, or the caller has too few calls left. */
  const charge = async (
    args: ExecutionArgs,
    { request }: ServerContext,
    setResultAndStopExecution: (result: ExecutionResult) => void,
  ): Promise<{ readonly caller: string; readonly cost: number } | undefined> => {
    if (asksOnlyForSchema(args)) return undefined;
    const caller = callerIfKnown(request, ambientKey);
    if (caller === null) return undefined;
    const cost = Math.max(1, costOf(args, support));
    const charged = await limiter.charge(caller, cost);
    charges.set(request, charged);
    if (charged.isGranted) return { caller, cost };
    onRefused();
    setResultAndStopExecution({ errors: [refusal(limit, cost, charged)] });
    return undefined;
  };
  return {
    onExecute: async ({ args, setResultAndStopExecution }) => {
      const { contextValue } = args;
      const charged = await charge(args, contextValue, setResultAndStopExecution);
      if (charged === undefined) return undefined;
      return {
        onExecuteDone: async () => {
          const rest = (contextValue.operation?.upstreamCalls ?? 0) - charged.cost;
          if (rest > 0) charges.set(contextValue.request, await limiter.charge(charged.caller, rest, true));
        },
      };
    },
    onSubscribe: async ({ args, setResultAndStopExecution }) => {
      await charge(args, args.contextValue, setResultAndStopExecution);
    },
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    onResponse({ request, response }) {
      const charge = charges.get(request);
      if (charge === undefined) return;
      response.headers.set('ratelimit-policy', `"caller";q=${limit.units};w=${limit.windowSeconds}`);
      response.headers.set('ratelimit', `"caller";r=${charge.remaining};t=${secondsLeft(charge)}`);
    },
  };
}

/** Null if the request has no caller: then the operation fails before any call. */
function callerIfKnown(request: Request, ambientKey: AmbientKey | null): string | null {
  try {
    return callerOf(request, ambientKey);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}

function refusal({ units, windowSeconds }: RateLimit, cost: number, charge: Charge): GraphQLError {
  const retryAfter = secondsLeft(charge);
  const message = `The operation would cost ${cost} calls to the Veza API, but you have ${charge.remaining} of ${units} calls per ${windowSeconds} seconds left (RATE_LIMIT). Try again in ${retryAfter} seconds.`;
  return new GraphQLError(message, {
    extensions: { code: 'RATE_LIMITED', limit: 'RATE_LIMIT', retryAfter, http: { status: 429 } },
  });
}

/** At least 1, since 0 would say that there is no wait. Rounds milliseconds first, so that a fraction adds no second. */
function secondsLeft({ resetMs }: Charge): number {
  return Math.max(1, Math.ceil(Math.round(resetMs) / 1000));
}
