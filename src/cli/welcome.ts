import type { Place } from '../server/workers/messages.ts';

/** What the operator is told once requests are taken. */
export function welcome({ url, adminUrl, hasPage }: Place, upstreamName: string): string {
  return [
    `Access Profile Gateway on ${upstreamName}`,
    `  GraphQL   ${url}/graphql`,
    `  GraphiQL  ${hasPage ? `${url}/graphiql` : 'off'}`,
    ...(adminUrl === url ? [] : [`  Health    ${adminUrl}/health/ready`]),
    '',
  ].join('\n');
}
