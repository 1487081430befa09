/** Makes the filter for a row's parents, as a template can not join a list. Called by name, in an engine of Tailcall's own. */
// biome-ignore lint/correctness/noUnusedVariables: named by the configuration
function withParentFilter({ request }) {
  const ids = JSON.parse(request.headers['x-parents'] || '[]');
  delete request.headers['x-parents'];
  request.uri.query.filter = ids.map((id) => `id eq "${id}"`).join(' or ') || 'id eq ""';
  return { request };
}
