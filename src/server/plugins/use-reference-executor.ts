import { execute } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';

/**
 * Executes with graphql itself. The executor that Yoga brings puts the fields of an answer in the order in which they were
 * ready, where the specification has them in the order of the document (September 2025, §7.2.2).
 */
export function useReferenceExecutor(): Plugin<ServerContext> {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn(execute);
    },
  };
}
