import type { FilterSupport } from '../filter/support.ts';
import type { Datasource, LifecyclePolicy } from '../model/neighbours.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileType } from '../model/profile-type.ts';
import { endpoints } from '../upstream/endpoints.ts';
import { AccessRequestLoader } from './access-requests.ts';
import { AuditLoader } from './audit.ts';
import type { BatchSchedule, MaybePromise, UpstreamCall } from './call.ts';
import type { SeenByCaller } from './caller-memory.ts';
import { ChildLists } from './child-lists.ts';
import { IdChains } from './id-chains.ts';
import { IdentityLoader } from './identities.ts';
import { InheritanceReader } from './inheritance.ts';
import type { ListRequest } from './list-plans.ts';
import { ProfileMatcher } from './matching.ts';
import { MemberLoader } from './members.ts';
import { neighbourCall, type OfferedCalls } from './offered-calls.ts';
import { type CountTrust, ProfileCounts } from './profile-counts.ts';
import { type ProfileList, ProfileLister } from './profile-list.ts';
import { maxPageSize, ProfilePages } from './profile-pages.ts';
import { ProfileScan } from './profile-scan.ts';
import { ProfileLoader } from './profiles.ts';
import type { CachedList } from './reference-cache.ts';
import { datasourceSource, policySource, ReferenceList, typeSource } from './reference-list.ts';
import { RequestableParameter } from './requestable.ts';
import { Snapshot } from './snapshot.ts';
import { ProfileSorter, type SortedList, type SortRequest } from './sorted-list.ts';
import { VersionLoader } from './versions.ts';
import { Witnesses } from './witnesses.ts';

/** The loaders of one operation, which read each thing once. Made anew for each operation, so that nothing crosses callers. */
export interface Loaders {
  readonly profiles: ProfileLoader;
  readonly types: ReferenceList<ProfileType>;
  readonly datasources: ReferenceList<Datasource>;
  readonly policies: ReferenceList<LifecyclePolicy>;
  readonly identities: IdentityLoader;
  readonly inheritance: InheritanceReader;
  readonly members: MemberLoader;
  readonly versions: VersionLoader;
  readonly audit: AuditLoader;
  readonly requestable: RequestableParameter;
  readonly matcher: ProfileMatcher;
  readonly accessRequests: AccessRequestLoader;
  /** Calls that the operation may still make. */
  callsLeft(): number;
  listProfiles(request: Omit<ListRequest, 'wantsFullPages'>): Promise<ProfileList>;
  sortProfiles(request: SortRequest): Promise<SortedList>;
  integrations(): Promise<readonly string[]>;
}

/** The data that an operation needs from the Veza API, known before the first request. */
export interface FieldNeeds {
  /** The operation selects a field of an entitlement or entity that requires `entity_extra_info`. */
  readonly extraInfo: boolean;
  /** The operation selects a field that follows the inheritance edges of a profile. */
  readonly followsEdges: boolean;
  /** The operation selects a field that needs a scan of all profiles. */
  readonly wantsWhole: boolean;
  /** The operation asks whether profiles can be requested, or for their catalog items. */
  readonly requestable: boolean;
  /** The operation selects a field that needs the list of data sources, which is then read beside what is read first. */
  readonly datasources: boolean;
  /** The operation selects a field that needs the list of lifecycle policies, likewise. */
  readonly policies: boolean;
}

/** Lists of reference data that the operations of a caller share; null: this operation shares none. */
export interface CachedLists {
  readonly types: CachedList<ProfileType> | null;
  readonly datasources: CachedList<Datasource> | null;
  readonly policies: CachedList<LifecyclePolicy> | null;
}

export interface LoaderOptions extends FieldNeeds {
  readonly call: UpstreamCall;
  /** The proofs of filters that the API has given; shared by all operations. */
  readonly support: FilterSupport;
  readonly snapshots: Snapshots;
  readonly cached: CachedLists;
  /** The operations that the API has shown to exist or to be missing; shared by all operations. */
  readonly offered: OfferedCalls;
  /** Calls that the operation may still make. */
  readonly callsLeft: () => number;
  /** The rows that the caller has seen lately, for proofs; null: none are remembered. */
  readonly memory: SeenByCaller | null;
  /** Whether the API's counts of profiles fit what the caller sees. */
  readonly countTrust: CountTrust;
  /** Pages of one list after which the API is taken for endless. */
  readonly maxPages: number;
  /** Ends long work on rows when the operation's time is over. */
  readonly signal?: AbortSignal | undefined;
  /** When a batch of look-ups is made; DataLoader's own way where absent. */
  readonly scheduleBatch?: BatchSchedule | undefined;
  /** Hears how many profiles are looked up together. */
  readonly onBatch?: ((size: number) => void) | undefined;
}

/** Snapshots of all profiles that the caller sees, shared with the caller's other operations. */
export interface Snapshots {
  /** `scan` makes its calls by the function it is given, which outlives this operation if others wait for the snapshot. */
  read(extraInfo: boolean, scan: (call: UpstreamCall) => Promise<readonly Profile[]>): MaybePromise<Snapshot>;
  /** One that is kept from before; null: there is none, or it must not be used. */
  kept(extraInfo: boolean): Snapshot | null;
  expectedSize(): number | null;
  /** Counts the writes to the tenant: what was read before the last one must not pass for newer. */
  generation(): number;
}

export function createLoaders(options: LoaderOptions): Loaders {
  const { support, extraInfo, followsEdges, wantsWhole, snapshots, memory } = options;
  const { cached, offered, callsLeft, maxPages, scheduleBatch } = options;
  const requestable = new RequestableParameter(support);
  const startedAt = performance.now();
  let hasBegun = false;
  /** Not before the first call: an operation whose arguments are all refused makes none. */
  const beginReferences = () => {
    if (hasBegun) return;
    hasBegun = true;
    if (options.datasources) datasources.begin();
    if (options.policies) policies.begin();
  };
  const call: UpstreamCall = (endpoint, params) => {
    beginReferences();
    return options.call(endpoint, params);
  };
  const toNeighbours = neighbourCall(call, offered);
  const types = new ReferenceList({ source: typeSource, call, maxPages, kept: cached.types });
  const datasources = new ReferenceList({
    source: datasourceSource,
    call: toNeighbours,
    maxPages,
    kept: cached.datasources,
  });
  const policies = new ReferenceList({ source: policySource, call: toNeighbours, maxPages, kept: cached.policies });
  const counts = new ProfileCounts({
    read: () => types.past(),
    readAgain: () => types.readNow(),
    trust: options.countTrust,
    comesFirst: () => types.isAtHand || (snapshots.expectedSize() ?? 0) > maxPageSize,
    isNeeded: () =>
      (memory?.scannedIds() ?? null) === null && (snapshots.expectedSize() ?? Number.POSITIVE_INFINITY) > maxPageSize,
  });
  // Pages that other fields read become part of the scan, which begins with the counts.
  const beforeScan = async () =>
    wantsWhole && inheritance.everyProfileIfReady === null && counts.comeFirst && counts.before();
  const own = openReader(call, counts, options, requestable, beforeScan);
  const members = new MemberLoader(call, maxPages);
  const matcher = new ProfileMatcher(members, options.signal);
  const lister = new ProfileLister({
    ...own,
    support,
    matcher,
    whole: {
      everyProfile: () => inheritance.everyProfile(),
      everyProfileAtNoCost: () => inheritance.everyProfileAtNoCost(),
    },
  });
  const identities = new IdentityLoader({
    call: toNeighbours,
    offered,
    callsLeft,
    maxPages,
    scheduleBatch,
    otherKnownId: (id) => otherMember(id, members, own.witnesses),
  });
  const generation = snapshots.generation();
  let integrations: Promise<readonly string[]> | null = null;
  /** A read that others wait for goes on without this operation; a page that this operation reads anyway is read once. */
  const scanShared = async (sharedCall: UpstreamCall): Promise<readonly Profile[]> => {
    beginReferences();
    const shared = openReader(sharedCall, counts, { ...options, signal: undefined }, requestable);
    // Pages from before somebody's write would make a snapshot that is older than it says.
    if (snapshots.generation() === generation) {
      shared.pages.borrowFrom(own.pages);
      own.pages.borrowFrom(shared.pages);
    }
    const found = await shared.scan.all();
    own.scan.adopt(shared.scan);
    return found;
  };
  /** Snapshots of other operations are read without the parameter. */
  const readsAlone = () => options.requestable && requestable.isUseful;
  const readAlone = async () => new Snapshot(await own.scan.all(), startedAt);
  const profiles: ProfileLoader = new ProfileLoader({
    ...own,
    childLists: new ChildLists(lister, support, options.scheduleBatch),
    whole: () => inheritance.everyProfileIfReady,
    readWhole: wantsWhole ? () => inheritance.whole() : null,
    onBatch: options.onBatch,
    scheduleBatch: options.scheduleBatch,
  });
  const inheritance = new InheritanceReader({
    ...own,
    profiles,
    readWhole: () => (readsAlone() ? readAlone() : snapshots.read(extraInfo, scanShared)),
    keptWhole: () => (readsAlone() ? null : snapshots.kept(extraInfo)),
    wantsWhole,
    takesIds: () => own.chains.isUseful,
    expectedSize: () => snapshots.expectedSize(),
    scheduleBatch: options.scheduleBatch,
  });
  const sorter = new ProfileSorter(lister, types, options.signal);
  return {
    profiles,
    inheritance,
    types,
    datasources,
    policies,
    identities,
    accessRequests: new AccessRequestLoader(toNeighbours, offered),
    members,
    audit: new AuditLoader(call, maxPages),
    versions: new VersionLoader({ call, extraInfo, memory: options.memory, maxPages }),
    callsLeft,
    requestable,
    matcher,
    sortProfiles: (request) => sorter.list(request),
    listProfiles: (request) =>
      lister.list({
        ...request,
        // Where everything is read, or ids can't be asked for, what is listed is the beginning of a scan.
        wantsFullPages: request.wantsAll || wantsWhole || (followsEdges && support.verdict('id eq') !== 'worked'),
      }),
    integrations: () => {
      integrations ??= call(endpoints.listIntegrations, null);
      return integrations;
    },
  };
}

/** Profiles whose members are looked at to find an identity that is there. */
const maxProfilesForIdentity = 3;

/** An identity other than this one that the API names as a member of a profile; null where a few profiles name none. */
async function otherMember(id: string, members: MemberLoader, witnesses: Witnesses): Promise<string | null> {
  const other = (ids: Iterable<string>) => [...ids].find((each) => each !== id) ?? null;
  const seen = other(members.seenIds);
  if (seen !== null) return seen;
  const profiles = (await witnesses.firstPage()).values.filter(
    ({ currentVersionNumber }) => currentVersionNumber !== null,
  );
  for (const profile of profiles.slice(0, maxProfilesForIdentity)) {
    const found = other((await members.ofProfile(profile)).map(({ identityId }) => identityId));
    if (found !== null) return found;
  }
  return null;
}

/** The loaders of profiles, which read each once and share one way of making calls. */
function openReader(
  call: UpstreamCall,
  counts: ProfileCounts,
  options: LoaderOptions,
  requestable: RequestableParameter,
  beforeScan?: () => Promise<unknown>,
): Reader {
  const { support, extraInfo, maxPages, memory, signal } = options;
  const pages = new ProfilePages({
    call,
    extraInfo,
    maxPages,
    requestable: options.requestable ? requestable : null,
    beforeScan,
  });
  const witnesses = new Witnesses(pages, memory);
  const chains = new IdChains(pages, witnesses, support, () => options.snapshots.expectedSize());
  return { pages, witnesses, chains, scan: new ProfileScan({ pages, chains, counts, memory, signal }) };
}

interface Reader {
  readonly pages: ProfilePages;
  readonly witnesses: Witnesses;
  readonly chains: IdChains;
  readonly scan: ProfileScan;
}
