import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../../../config.ts';
import type { FilterSupport } from '../../../filter/support.ts';
import { costOf } from '../../limits/cost.ts';
import { refusal } from '../../limits/refusal.ts';
import type { ServerContext } from '../context.ts';

/** Request header that adds `extensions.cost` to the response. */
const header = 'x-gateway-cost';

/** Refuses an operation whose estimated cost exceeds the limit, before any call. Reports the cost if the request asks for it. */
export function useCost({ MAX_COST }: Limits, support: FilterSupport): Plugin<ServerContext> {
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const estimated = costOf(args, support);
      if (estimated > MAX_COST) setResultAndStopExecution({ errors: [tooCostly(estimated, MAX_COST)] });
    },
    onExecute({ args, setResultAndStopExecution }) {
      const { contextValue } = args;
      const estimated = costOf(args, support);
      if (estimated > MAX_COST) {
        setResultAndStopExecution({ errors: [tooCostly(estimated, MAX_COST)] });
        return undefined;
      }
      if (contextValue.request.headers.get(header) === null) return undefined;
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return;
          const upstreamCalls = contextValue.operation?.upstreamCalls ?? 0;
          setResult({
            ...result,
            extensions: { ...result.extensions, cost: { estimated, limit: MAX_COST, upstreamCalls } },
          });
        },
      };
    },
  };
}

function tooCostly(estimated: number, limit: number): GraphQLError {
  return refusal('MAX_COST', `The operation would cost ${estimated} calls to the Access Profile API`, {
    code: 'COST_LIMIT',
    extensions: { cost: { estimated, limit } },
  });
}
