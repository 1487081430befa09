import { GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../../../errors.ts';
import { extensionsOf } from '../../../schema/errors.ts';
import { holderOf, noteHolder } from '../../auth/caller.ts';
import type { TokenReader } from '../../auth/token.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { Logger } from '../../observability/log.ts';
import type { ServerContext } from '../context.ts';

/**
 * Service mode: lets in callers with a token of the company, before anything of their request is read, and lets those
 * change things whose token says so. Whose key the API sees is another matter (`credential`).
 */
export function useTokens(read: TokenReader, log: Logger): Plugin<ServerContext> {
  return {
    async onRequestParse({ request }) {
      try {
        noteHolder(request, await read(request.headers.get('authorization')));
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        log.info({ requestId: requestIdOf(request), ...reasonOf(error) }, 'token refused');
        throw refused(error);
      }
    },
    onExecute({ args, setResultAndStopExecution }) {
      if (getOperationAST(args.document, args.operationName)?.operation !== OperationTypeNode.MUTATION) return;
      const holder = holderOf(args.contextValue.request);
      if (holder?.mayChange) {
        log.info({ subject: holder.subject }, 'mutation');
        return;
      }
      const error = new GatewayError('FORBIDDEN', 'Your token does not allow you to change access profiles.');
      setResultAndStopExecution({ errors: [refused(error)] });
    },
  };
}

/** Why, in the words of the library, which holds no part of the token but names of its claims and headers. */
function reasonOf({ code, message, cause }: GatewayError): object {
  if (!(cause instanceof Error)) return { problem: code, reason: message };
  return { problem: 'code' in cause ? cause.code : cause.name, reason: cause.message.slice(0, 200) };
}

function refused(error: GatewayError): GraphQLError {
  const status = error.code === 'FORBIDDEN' ? 403 : error.code === 'UNAUTHENTICATED' ? 401 : 503;
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return new GraphQLError(error.message, { extensions: { ...extensionsOf(error), http: { status, headers } } });
}
