import { answer, type ScriptedServer, scripted } from '../support/http-server.ts';

/** A row of the API's profile list: nothing in it is optional there, and all of it here. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly state?: string | number;
  readonly description?: string;
  readonly profile_type?: string;
  readonly labels?: readonly string[];
  readonly integrations?: readonly string[];
  readonly datasource_ids?: readonly string[];
  readonly catalog_item_info?: { readonly name: string };
  /** Or what can't be read. */
  readonly created_at?: string | object | undefined;
  readonly updated_at?: string | undefined;
  /** Whom the members call tells of. */
  readonly members?: readonly string[];
  /** What the list carries of them. */
  readonly carried?: { readonly inVersion?: readonly string[]; readonly details?: readonly string[] };
}

export interface ListApi extends ScriptedServer {
  /** May be changed at any time. */
  rows: readonly Row[];
  readonly types: { readonly id: string; readonly name: unknown; readonly description?: string }[];
  /** The calls since this was last asked: `profiles`, `types`, `datasources`, or the profile whose members were read. */
  takeCalls(): readonly string[];
  /** Statuses for calls by their name. */
  readonly failing: Map<string, number>;
}

/** An API that refuses each filter, and pages by offset, so that its pages move while rows come and go. */
export async function listApi(rows: readonly Row[], { pageSize = 100 } = {}): Promise<ListApi> {
  let calls: string[] = [];
  const failing = new Map<string, number>();
  const server = await scripted((response, request) => {
    const url = new URL(request.target, 'http://localhost');
    const [, id] = /access_profiles\/([^/]+)\/versions\/1\/members$/.exec(url.pathname) ?? [];
    const list = /_(types)$|\/(datasources)\//.exec(url.pathname)?.slice(1).join('') || 'profiles';
    const call = id === undefined ? list : decodeURIComponent(id);
    calls.push(call);
    const status = failing.get(call);
    if (status !== undefined) return answer(status, { code: 'Internal', message: 'broken' })(response, request);
    if (call === 'types') return answer(200, { values: api.types, has_more: false })(response, request);
    if (call === 'datasources')
      return answer(200, { values: [{ id: 'd1', name: 'Okta' }], has_more: false })(response, request);
    if (id !== undefined) {
      const members = api.rows.find((row) => row.id === call)?.members ?? [];
      const values = members.map((identity_id) => ({ identity_id, identity_name: identity_id }));
      return answer(200, { values, has_more: false })(response, request);
    }
    if (url.searchParams.has('filter')) return answer(400, { code: 'InvalidArgument' })(response, request);
    const offset = Number(url.searchParams.get('page_token') ?? 0);
    const end = offset + Math.min(pageSize, Number(url.searchParams.get('page_size') ?? pageSize));
    const values = api.rows.slice(offset, end).map(print);
    return answer(200, { values, has_more: end < api.rows.length, next_page_token: `${end}` })(response, request);
  });
  const api: ListApi = Object.assign(Object.create(server), {
    origin: server.origin,
    rows,
    types: [
      { id: 't-b', name: 'beta' },
      { id: 't-a', name: 'Alpha', description: 'Déjà vu' },
    ],
    failing,
    takeCalls: () => {
      const taken = calls;
      calls = [];
      return taken.sort();
    },
  });
  return api;
}

function print({ members: _members, carried, ...row }: Row) {
  const version = { version_number: 1, state: 'PUBLISHED', inherit_entities_from_access_profiles: [] };
  return {
    state: 'RUNNING',
    current_version_number: 1,
    current_version: { ...version, entities_to_create_relationships_to: [], members: carried?.inVersion ?? [] },
    member_details: (carried?.details ?? []).map((identity_id) => ({ identity_id })),
    ...row,
  };
}
