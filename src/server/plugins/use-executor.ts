import { execute } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';
import { executePrepared } from '../execution/prepared.ts';

/**
 * Executes with graphql itself, or with plans that are made once per document and give the same. The executor that Yoga
 * brings puts the fields of an answer in the order in which they were ready, where the specification has them in the order
 * of the document (GraphQL, September 2025, §7.2.2).
 */
export function useExecutor(isPrepared: boolean): Plugin<ServerContext> {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn(isPrepared ? executePrepared : execute);
    },
  };
}
