import type { Config } from '../config.ts';
import { UpstreamError, valueOrError } from '../errors.ts';
import { filterAttributes } from '../filter/attributes.ts';
import { buildProbe } from '../filter/probe.ts';
import { isDocumented, type SupportKey } from '../filter/support.ts';
import { auditFilter } from '../loaders/audit.ts';
import { isRefusal } from '../loaders/refusal.ts';
import type { Profile } from '../model/profile.ts';
import { type Caller, createClient, type UpstreamClient } from '../upstream/client.ts';
import { checkConnection } from '../upstream/connect-check.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { neighbours } from '../upstream/neighbour-endpoints.ts';
import { versionEndpoints } from '../upstream/version-endpoints.ts';

export interface Finding {
  /** Fine, worth a look, in the way of a start, or not checked. */
  readonly verdict: 'ok' | 'warn' | 'fail' | 'skip';
  /** The subject of the check. */
  readonly about: string;
  /** The result, and a remedy. */
  readonly text: string;
}

export function finding(verdict: Finding['verdict'], about: string, text: string): Finding {
  return { verdict, about, text };
}

interface Tenant {
  readonly client: UpstreamClient;
  readonly caller: Caller;
  /** Profiles of the first page. */
  readonly rows: readonly Profile[];
}

/** Filters that the gateway writes besides the documented ones, each of which a tenant may refuse. */
const furtherFilters: readonly SupportKey[] = [
  'id eq',
  'name eq',
  'name co',
  'name sw',
  'state eq',
  'access_profiles_inherited co',
  'updated_at ge',
];

/** Checks address, key, filters and undocumented calls of a tenant, in this order, as far as the one before allows. It only reads. */
export async function* checkTenant(origin: string, config: Config): AsyncGenerator<Finding> {
  const failure = await checkConnection(origin, config.upstreamTimeoutMs);
  if (failure !== null) {
    const advice = 'Check VEZA_URL, DNS, the network, proxies and certificates.';
    yield finding('fail', 'Tenant', `no connection to ${origin}: ${failure.message}. ${advice}`);
    return;
  }
  yield finding('ok', 'Tenant', `${origin} can be reached.`);
  if (config.apiKey === null) {
    yield finding('skip', 'Key', 'VEZA_API_KEY is not set. Set it for this command to check a key, filters and calls.');
    return;
  }
  const client = createClient({
    origin,
    timeoutMs: config.upstreamTimeoutMs,
    notes: { unrecognized: () => undefined },
  });
  const caller = { authorization: `Bearer ${config.apiKey}` };
  try {
    const rows = await readRows(client, caller);
    yield finding('ok', 'Key', rows.length === 0 ? 'accepted, but it sees no profile.' : 'accepted; it sees profiles.');
    yield* checkFilters({ client, caller, rows });
    yield* checkLists({ client, caller });
    yield await checkVersionReads({ client, caller, rows });
  } catch (error) {
    yield finding('fail', 'Key', `no profiles can be read: ${describe(error)} ${adviceOn(error)}`.trim());
  } finally {
    await client.close();
  }
}

async function readRows(client: UpstreamClient, caller: Caller): Promise<readonly Profile[]> {
  const request = { filter: null, pageSize: 100, pageToken: null, extraInfo: false };
  return (await client.call(endpoints.listProfiles, request, caller)).values;
}

/** Asks each filter a question whose answer is known from the first page. */
async function* checkFilters(tenant: Tenant): AsyncGenerator<Finding> {
  const documented = filterAttributes.flatMap((each) => each.documented.map((operator) => `${each.scim} ${operator}`));
  const verdicts = new Map<string, SupportKey[]>();
  for (const key of [...documented, ...furtherFilters]) {
    const verdict = await tryFilter(tenant, key);
    verdicts.set(verdict, [...(verdicts.get(verdict) ?? []), key]);
  }
  for (const [verdict, keys] of verdicts) {
    const hasDocumented = keys.some(isDocumented);
    const list = keys.join(', ');
    if (verdict === 'works') yield finding('ok', 'Filters', `these work: ${list}.`);
    else if (verdict === 'untested') {
      yield finding('skip', 'Filters', `the profiles of the first page hold nothing to try these with: ${list}.`);
    } else {
      const advice = hasDocumented ? ' The documentation of the Veza API offers some of them: tell Veza.' : '';
      yield finding(
        hasDocumented ? 'warn' : 'ok',
        'Filters',
        `${verdict}: ${list}. The gateway checks them itself and reads more pages.${advice}`,
      );
    }
  }
}

async function tryFilter({ client, caller, rows }: Tenant, key: SupportKey): Promise<string> {
  const probe = buildProbe({ keys: [key], alternatives: 1, comparisons: 1 }, rows);
  if (probe === null) return 'untested';
  const request = { filter: probe.filter, pageSize: 100, pageToken: null, extraInfo: false, isTrial: true };
  try {
    const { values, next } = await client.call(endpoints.listProfiles, request, caller);
    if (values.some((row) => !probe.accepts(row))) return 'the tenant ignores or misreads these';
    const missing = probe.witnesses.some((id) => !values.some((row) => row.profileId === id));
    return missing && next === null ? 'the tenant leaves profiles out with these' : 'works';
  } catch (error) {
    return isRefusal(error) ? 'the tenant refuses these' : `these fail (${describe(error)})`;
  }
}

/** Reads besides profiles. Each may be missing, or refused to this key; then only the fields that need it fail. */
async function* checkLists({ client, caller }: Omit<Tenant, 'rows'>): AsyncGenerator<Finding> {
  const pageToken = null;
  const fromNowOn = auditFilter(new Date().toISOString(), null);
  const lists = [
    { endpoint: endpoints.listProfileTypes, ask: () => client.call(endpoints.listProfileTypes, { pageToken }, caller) },
    { endpoint: endpoints.listIntegrations, ask: () => client.call(endpoints.listIntegrations, null, caller) },
    { endpoint: neighbours.listDatasources, ask: () => client.call(neighbours.listDatasources, { pageToken }, caller) },
    { endpoint: neighbours.listPolicies, ask: () => client.call(neighbours.listPolicies, { pageToken }, caller) },
    {
      endpoint: neighbours.listAudit,
      ask: () => client.call(neighbours.listAudit, { filter: fromNowOn, pageToken }, caller),
    },
  ];
  const works: string[] = [];
  for (const { endpoint, ask } of lists) {
    try {
      await ask();
      works.push(endpoint.attempt);
    } catch (error) {
      yield finding('warn', 'Calls', `${describe(error)} Fields that need this call fail; all others work.`);
    }
  }
  if (works.length > 0) yield finding('ok', 'Calls', `these work: ${works.join(', ')}.`);
}

/** Undocumented, and the only way to the content of a draft. */
async function checkVersionReads({ client, caller, rows }: Tenant): Promise<Finding> {
  const about = 'Undocumented calls';
  const versions = rows.map((row) => ({
    profileId: row.profileId,
    versionNumber: valueOrError(() => row.currentVersionNumber),
  }));
  const named = versions.find(({ versionNumber }) => typeof versionNumber === 'number');
  if (typeof named?.versionNumber !== 'number') {
    return finding('skip', about, 'no profile of the first page has a version to read.');
  }
  const { profileId, versionNumber } = named;
  try {
    const params = { profileId, versionNumber, extraInfo: false };
    const version = await client.call(versionEndpoints.readVersion, params, caller);
    return version === null
      ? finding('ok', about, 'a version cannot be read by its number (another one came); drafts may stay hidden.')
      : finding('ok', about, 'a version can be read by its number.');
  } catch (error) {
    const why =
      error instanceof UpstreamError && error.upstream.status !== null ? error.upstream.status : describe(error);
    return finding('ok', about, `a version cannot be read by its number (${why}); drafts stay hidden.`);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function adviceOn(error: unknown): string {
  if (!(error instanceof UpstreamError)) return '';
  if (error.code === 'UNAUTHENTICATED') return 'Create a personal API key in Veza and put it into VEZA_API_KEY.';
  if (error.code === 'FORBIDDEN') return 'Give the owner of the key a role that may read access profiles.';
  if (error.code === 'NOT_FOUND')
    return 'VEZA_URL is no tenant with Lifecycle Management, or a proxy stands before it.';
  return '';
}
