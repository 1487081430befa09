import { onTestFinished } from 'vitest';
import { everything } from '../../src/filter/condition.ts';
import { FilterSupport } from '../../src/filter/support.ts';
import type { UpstreamCall } from '../../src/loaders/call.ts';
import { CallerMemory } from '../../src/loaders/caller-memory.ts';
import { ChildLists } from '../../src/loaders/child-lists.ts';
import { IdChains } from '../../src/loaders/id-chains.ts';
import type { ListRequest } from '../../src/loaders/list-plans.ts';
import { ProfileMatcher } from '../../src/loaders/matching.ts';
import { MemberLoader } from '../../src/loaders/members.ts';
import { ProfileLister } from '../../src/loaders/profile-list.ts';
import { ProfilePages } from '../../src/loaders/profile-pages.ts';
import { ProfileScan } from '../../src/loaders/profile-scan.ts';
import { ProfileLoader } from '../../src/loaders/profiles.ts';
import { ReferenceList, typeSource } from '../../src/loaders/reference-list.ts';
import { Snapshot } from '../../src/loaders/snapshot.ts';
import { Witnesses } from '../../src/loaders/witnesses.ts';
import type { ProfileType } from '../../src/model/profile-type.ts';
import { adminKey, type Sandbox, type SandboxOptions, startSandbox, type World } from '../../src/sandbox/server.ts';
import type { WorldProfile } from '../../src/sandbox/world.ts';
import { createClient } from '../../src/upstream/client.ts';
import { answer, type ScriptedServer, scripted } from '../support/http-server.ts';
import { listen } from '../support/notes.ts';

/** Loaders as one operation has them, over real sockets. */
export interface TestLoaders {
  readonly profiles: ProfileLoader;
  readonly types: ReferenceList<ProfileType>;
  readonly members: MemberLoader;
  readonly scan: ProfileScan;
  readonly lister: ProfileLister;
  readonly call: UpstreamCall;
}

export function loadersAt(
  origin: string,
  support = new FilterSupport(),
  { extraInfo = false, memory = new CallerMemory() } = {},
): TestLoaders {
  const client = createClient({ origin, timeoutMs: 5000, notes: listen(), retries: false });
  onTestFinished(() => client.close());
  const call: UpstreamCall = (endpoint, params) =>
    client.call(endpoint, params, { authorization: `Bearer ${adminKey}` });
  const pages = new ProfilePages({ call, extraInfo });
  const seen = memory.of('test');
  const witnesses = new Witnesses(pages, seen);
  const chains = new IdChains(pages, witnesses, support);
  const scan = new ProfileScan({ pages, chains, counts: null, memory: seen });
  const members = new MemberLoader(call);
  const everyProfile = async () => new Snapshot(await scan.all(), performance.now());
  const whole = { everyProfile, everyProfileAtNoCost: () => null };
  const lister = new ProfileLister({ pages, witnesses, scan, support, whole, matcher: new ProfileMatcher(members) });
  return {
    call,
    scan,
    lister,
    profiles: new ProfileLoader({ pages, chains, scan, childLists: new ChildLists(lister, support) }),
    types: new ReferenceList({ source: typeSource, call }),
    members,
  };
}

export async function sandboxOf(world: World, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ world, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A world of profiles p1, p2, …, each with what `more` says of it. */
export function worldOf(count: number, more: (number: number) => Partial<WorldProfile> = () => ({})): World {
  return {
    types: [{ id: 'type', name: 'Type' }],
    profiles: Array.from({ length: count }, (_, i) => ({
      id: `p${i + 1}`,
      name: `Profile ${i + 1}`,
      profile_type: 'type',
      ...more(i + 1),
    })),
  };
}

/** What the list was asked for, one line per call: the filter, or where in the whole list, and how it ended if badly. */
export function asked({ calls }: Pick<Sandbox, 'calls'>): string[] {
  return calls.map(({ path, query, status }) => {
    const resource = path.split('/').slice(4).join('/');
    const what = query.get('filter') ?? (resource === 'access_profiles' ? 'all' : resource);
    return `${what}${query.has('page_token') ? ' next' : ''}${status === 200 ? '' : ` ${status}`}`;
  });
}

/** `id eq "p1" or id eq "p2"` */
export const ids = (...numbers: readonly number[]): string => numbers.map((n) => `id eq "p${n}"`).join(' or ');

/** A first slice of every profile, unless it says otherwise. */
export const listOf = (request: Partial<ListRequest> = {}): ListRequest => ({
  condition: everything,
  first: 50,
  after: null,
  wantsAll: false,
  wantsFullPages: false,
  ...request,
});

/** An API of profiles p1 to pN, or of these in this order, that answers a filter as `filtered` says: with a status, with some, or (null) with all. */
export async function oddApi(
  profiles: number | readonly string[],
  filtered: (filter: string) => number | readonly string[] | null,
): Promise<ScriptedServer & { readonly asked: readonly string[] }> {
  const all = typeof profiles === 'number' ? Array.from({ length: profiles }, (_, i) => `p${i + 1}`) : profiles;
  const filters: string[] = [];
  const server = await scripted((response, request) => {
    const query = new URL(request.target, 'http://localhost').searchParams;
    const filter = query.get('filter');
    const offset = Number(query.get('page_token') ?? 0);
    filters.push(`${filter ?? 'all'}${offset === 0 ? '' : ' next'}`);
    const found = filter === null ? null : filtered(filter);
    if (typeof found === 'number') return answer(found, { code: 'InvalidArgument' })(response, request);
    const rows = found ?? all;
    const end = offset + Number(query.get('page_size') ?? 50);
    const values = rows.slice(offset, end).map((id) => ({
      id,
      name: id,
      current_version: { version_number: 1, inherit_entities_from_access_profiles: [] },
    }));
    return answer(200, { values, has_more: end < rows.length, next_page_token: `${end}` })(response, request);
  });
  return { ...server, asked: filters };
}
