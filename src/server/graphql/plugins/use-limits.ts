import { parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../../../config.ts';
import { eventLoop } from '../../../event-loop.ts';
import { checkInputShape } from '../../limits/input-shape.ts';
import { scan } from '../../limits/scan.ts';
import { checkStructure } from '../../limits/structure.ts';
import type { ServerContext } from '../context.ts';

/**
 * Refuses documents and variables by their shape, before they are validated. A document that is known was checked. Lets other requests
 * run between the phases of a request, where these take long.
 */
export function useLimits(limits: Limits): Plugin<ServerContext> {
  return {
    async onParams({ params }) {
      checkInputShape(params.variables, limits);
      checkInputShape(params.extensions, limits);
      if (eventLoop.isHeld) await eventLoop.yield();
    },
    async onContextBuilding() {
      if (eventLoop.isHeld) await eventLoop.yield();
    },
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        scan(typeof source === 'string' ? source : source.body, limits);
        const document = parse(source, options);
        checkStructure(document, limits);
        return document;
      });
    },
  };
}
