import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createGateway } from '../../src/server/gateway.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { answer, scripted } from '../support/http-server.ts';

it('an API whose list never ends is asked for no more pages than MAX_PAGES', async () => {
  let page = 0;
  const server = await scripted((response, request) => {
    page++;
    const body = { values: [{ id: `p${page}`, name: 'x' }], has_more: true, next_page_token: `token ${page}` };
    return answer(200, body)(response, request);
  });
  const gateway = createGateway({
    ...loadConfig(['--max-pages', '7'], {}),
    upstreamOrigin: server.origin,
    ambientKey: null,
    log: createLog('silent'),
  });
  const response = await gateway.graphql.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
    body: JSON.stringify({ query: '{ accessProfiles(first: 500) { totalCount } }' }),
  });
  const { errors } = await response.json();
  expect(errors[0].extensions.code).toBe('UPSTREAM_INVALID_RESPONSE');
  expect(errors[0].message).toContain('more than 7 pages');
  expect(server.requests.filter(({ target }) => !target.includes('_types'))).toHaveLength(7);
  await gateway.close();
});
