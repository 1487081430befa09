import { GraphQLError } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Limits, ServiceMode } from '../../config.ts';
import { toGraphQLError } from '../../schema/errors.ts';
import { buildSchema, schema } from '../../schema/index.ts';
import { createTokenReader } from '../auth/token.ts';
import { corsFor } from '../http/cors.ts';
import type { Logger } from '../observability/log.ts';
import type { Tracing } from '../observability/tracing.ts';
import type { SharedQueries } from '../redis/shared-documents.ts';
import type { ServerContext } from './context.ts';
import { documentCache } from './documents/document-cache.ts';
import type { PersistedDocuments } from './documents/persisted-documents.ts';
import { countValues } from './execution/counted-schema.ts';
import { traceIdIn } from './operation/propagated-headers.ts';
import { useArgumentPaths } from './plugins/use-argument-paths.ts';
import { useClosedCodes } from './plugins/use-closed-codes.ts';
import { useCost } from './plugins/use-cost.ts';
import { useCrossSiteGuard } from './plugins/use-cross-site-guard.ts';
import { useEventStream } from './plugins/use-event-stream.ts';
import { useIntrospectionSwitch } from './plugins/use-introspection-switch.ts';
import { useLargeAnswers } from './plugins/use-large-answers.ts';
import { useLimits } from './plugins/use-limits.ts';
import { type UseOperationsOptions, useOperations } from './plugins/use-operations.ts';
import { type NodeContext, useParameters } from './plugins/use-parameters.ts';
import { usePersistedDocuments } from './plugins/use-persisted-documents.ts';
import { type RateLimitOptions, useRateLimit } from './plugins/use-rate-limit.ts';
import { type RequestEnd, useRequestEnd } from './plugins/use-request-end.ts';
import { useTokens } from './plugins/use-tokens.ts';
import { useTracing } from './plugins/use-tracing.ts';

export interface GraphQLOptions extends Omit<UseOperationsOptions, 'onUnexpected'> {
  readonly limits: Limits;
  /** The rate limit of each caller; null: none. */
  readonly callerLimit: Omit<RateLimitOptions, 'ambientKey' | 'support'> | null;
  readonly service: ServiceMode | null;
  readonly corsOrigins: readonly string[];
  readonly corsHeaders: readonly string[];
  readonly introspection: boolean;
  readonly persistedDocuments: PersistedDocuments | null;
  readonly persistedDocumentsOnly: boolean;
  readonly automaticPersistedQueries: boolean;
  readonly sharedQueries: SharedQueries | null;
  readonly log: Logger;
  readonly onRequestEnd: (end: RequestEnd) => void;
  /** Off without. */
  readonly spans: Tracing | null;
}

/** GraphQL over HTTP at `/graphql`. Its plugins stand in the order in which a request meets them. */
export function createGraphQL(options: GraphQLOptions) {
  const { limits, callerLimit, service, corsOrigins, corsHeaders, introspection, ambientKey, log, onRequestEnd } =
    options;
  const { persistedDocuments, persistedDocumentsOnly, automaticPersistedQueries, support } = options;
  const onUnexpected = (error: unknown) => log.error({ err: error }, 'unexpected error');
  const traced = options.spans === null ? null : useTracing(options.spans);
  const plugins: Plugin<ServerContext, NodeContext>[] = [
    useLargeAnswers(),
    useClosedCodes(),
    ...(traced === null ? [] : [traced.plugin]),
    useRequestEnd((end, request) => {
      onRequestEnd({ ...end, traceId: traced === null ? traceIdIn(request) : traced.traceIdOf(request) });
      traced?.onRequestEnd(end, request);
    }),
    useCrossSiteGuard(corsOrigins),
    ...(service === null ? [] : [useTokens(createTokenReader(service, log), log)]),
    useParameters(limits),
    usePersistedDocuments({
      documents: persistedDocuments,
      only: persistedDocumentsOnly,
      automatic: automaticPersistedQueries,
      shared: options.sharedQueries,
    }),
    useLimits(limits),
    useArgumentPaths(),
    useIntrospectionSwitch(introspection),
    useCost(limits, support),
    ...(callerLimit === null ? [] : [useRateLimit({ ...callerLimit, ambientKey, support })]),
    useOperations({ ...options, onUnexpected }),
    useEventStream(),
  ];
  return createYoga<NodeContext, ServerContext>({
    schema: options.preparedExecution ? schema : countValues(buildSchema()),
    graphqlEndpoint: '/graphql',
    plugins,
    // The page is served from local files beside this endpoint, not by Yoga from a foreign host.
    graphiql: false,
    landingPage: false,
    // Answered before it comes here (`http`); without it, Yoga would have one of its own at /health.
    healthCheckEndpoint: '/health/live',
    extraParamNames: ['documentId'],
    parserAndValidationCache: { documentCache: documentCache(), errorCache: documentCache() },
    batching: false,
    multipart: false,
    // Bodies are measured as they are read.
    maxRequestBodySize: false,
    cors: corsFor(corsOrigins, corsHeaders),
    logging: {
      debug: () => undefined,
      info: () => undefined,
      warn: (...details) => log.warn({ details: details.map(String) }, 'graphql server'),
      // Yoga logs each error that the masking rule rewrites. The line of the request and `onUnexpected` have them already.
      error: (...details) => {
        if (!(details[0] instanceof GraphQLError)) log.error({ err: details[0] }, 'graphql server');
      },
    },
    maskedErrors: { maskError: (error) => toGraphQLError(error, onUnexpected) },
  });
}
