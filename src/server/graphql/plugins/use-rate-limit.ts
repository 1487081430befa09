import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RateLimit } from '../../../config.ts';
import { GatewayError } from '../../../errors.ts';
import type { FilterSupport } from '../../../filter/support.ts';
import { callerOf } from '../../auth/caller.ts';
import type { AmbientKey } from '../../auth/credential.ts';
import { costOf, takesIds } from '../../limits/cost.ts';
import type { Charge, RateLimiter } from '../../limits/rate-limit/limiter.ts';
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
 * Charges callers for their operations before the first call, by their estimated cost, and refuses what they can't pay.
 * Free is what makes no call: questions about the schema, and whatever was refused before.
 */
export function useRateLimit({
  limit,
  limiter,
  ambientKey,
  onRefused,
  support,
}: RateLimitOptions): Plugin<ServerContext> {
  const charges = new WeakMap<Request, Charge>();
  const charge = (
    args: ExecutionArgs,
    { request }: ServerContext,
    setResultAndStopExecution: (result: ExecutionResult) => void,
  ): Promise<undefined> | undefined => {
    if (asksOnlyForSchema(args)) return undefined;
    const { schema, document, operationName, variableValues } = args;
    const caller = callerIfKnown(request, ambientKey);
    if (caller === null) return undefined;
    const cost = Math.max(1, costOf(schema, document, operationName, variableValues ?? {}, takesIds(support)));
    const settle = (charged: Charge): undefined => {
      charges.set(request, charged);
      if (charged.isGranted) return;
      onRefused();
      setResultAndStopExecution({ errors: [refusal(limit, cost, charged)] });
    };
    const charged = limiter.charge(caller, cost);
    return charged instanceof Promise ? charged.then(settle) : settle(charged);
  };
  return {
    onExecute: ({ args, setResultAndStopExecution }) => charge(args, args.contextValue, setResultAndStopExecution),
    onSubscribe: ({ args, setResultAndStopExecution }) => charge(args, args.contextValue, setResultAndStopExecution),
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    onResponse({ request, response }) {
      const charge = charges.get(request);
      if (charge === undefined) return;
      response.headers.set('ratelimit-policy', `"caller";q=${limit.units};w=${limit.windowSeconds}`);
      response.headers.set('ratelimit', `"caller";r=${charge.remaining};t=${secondsLeft(charge)}`);
    },
  };
}

/** Null where there is nobody to charge: the operation ends before any call, with an error that says so. */
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
  const message = `The operation would cost ${cost} calls to the Access Profile API, and ${charge.remaining} are left of your ${units} for ${windowSeconds} seconds (RATE_LIMIT); come back in ${retryAfter} seconds.`;
  return new GraphQLError(message, {
    extensions: { code: 'RATE_LIMITED', limit: 'RATE_LIMIT', retryAfter, http: { status: 429 } },
  });
}

/** Never 0, which would say that there is nothing to wait for; nor more for a fraction of a millisecond. */
function secondsLeft({ resetMs }: Charge): number {
  return Math.max(1, Math.ceil(Math.round(resetMs) / 1000));
}
