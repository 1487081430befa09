import { base, serve } from './serve.ts';

/** The floor: hands the one list call through, reads nothing and joins nothing. */
serve(async (upstream, { authorization, first, after }, outgoing) => {
  const query = new URLSearchParams({ page_size: String(first), ...(after === null ? {} : { page_token: after }) });
  const { statusCode, headers, body } = await upstream.request({
    method: 'GET',
    path: `${base}/access_profiles?${query}`,
    headers: { authorization },
  });
  outgoing.writeHead(statusCode, {
    'content-type': 'application/json',
    'content-length': String(headers['content-length']),
  });
  body.pipe(outgoing);
});
