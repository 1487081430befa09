/**
 * `off`: no such read; `inside`: the version stands in the place of `current_version`; `beside`: in a `version` next to `value`;
 * `ignored`: the profile with its current version, whatever was asked for; `refused`: 400.
 */
export const versionParameters = ['off', 'inside', 'beside', 'ignored', 'refused'] as const;

/** `patch`: a PATCH on the number after the latest; `post`: a POST on `…/versions`; `none`: in no way. */
export const draftReadings = ['patch', 'post', 'none'] as const;

/** `state`: by the state PUBLISHED in a PATCH; `mask`: only if `update_mask` names it, else it is ignored; `none`: 400. */
export const publishReadings = ['state', 'mask', 'none'] as const;

/** Endpoints that a tenant may lack without lacking profiles. */
export const neighbours = [
  'datasources',
  'identities',
  'entitlements',
  'policies',
  'dry-run',
  'access-requests',
  'audit',
] as const;
export type Neighbour = (typeof neighbours)[number];

/** `absent`: 404 as of an unknown path; `forbidden`: 403; `failing`: 500. */
export const neighbourTroubles = ['absent', 'forbidden', 'failing'] as const;

/**
 * `completes` after a while; `waits` for approval for ever; `fails`: an error in a plan; `unknown`: a state of no known name;
 * `untold`: `value` is empty as in the generated page; `refused`: changes of members answer a message and no id; `disabled`: every
 * call that has to do with access requests is 400.
 */
export const accessRequestFates = ['completes', 'waits', 'fails', 'unknown', 'untold', 'refused', 'disabled'] as const;

/** The switches that change what the API says, with the defaults that API notes suggest. */
export type Settings = Readonly<typeof defaultSettings>;

export const defaultSettings = {
  /** `page_size` when the caller sends none (UNK). */
  pageSize: 50,
  /** Filters on more than the documented attributes, and with every operator. */
  openFilters: false,
  /** Whether `co` on an array compares whole elements or looks for the text in them (UNK). */
  arrayContains: firstOf(['element', 'substring']),
  /** Whether `eq` on an array matches its only element or any element (UNK). */
  arrayEquals: firstOf(['whole', 'element']),
  /** Pages with fewer values than asked for, some of them empty although more follow (DOC: allowed). */
  raggedPages: false,
  /** Enums as integers instead of names. */
  integerEnums: false,
  /** 64-bit integers as numbers instead of strings. */
  int64AsNumber: false,
  /** `current_version.members` in profiles (UNK). */
  membersInVersion: true,
  /** `member_details` in profiles (UNK). */
  memberDetails: false,
  /** `GET /access_profiles/{id}` and `GET …/versions/{version}`, which nobody documents. */
  unlistedReads: false,
  /** Inheritance cycles are accepted instead of rejected (UNK). */
  allowCycles: false,
  /** Data sources and policies as the curated pages show them, instead of as the generated ones do. */
  curatedShapes: false,
  /** The faults of the endpoints beside the profiles. */
  neighbours: noTroubles(),
  /** Inherited profiles are among `access_profiles` of an identity (UNK). */
  inheritedInIdentities: false,
  /** A member of an identity that nobody described (DOC that there is one, UNK which). */
  identityNode: false,
  /** Entitlements of identities come in pages (UNK). */
  pagedEntitlements: false,
  /** Entitlements of identities stay as they were at the start (INF: they lag until the next extraction). */
  graphLags: false,
  /** `access_profiles_used` of policies is empty (UNK whether lists fill it). */
  policiesHideProfiles: false,
  /** The outcome of access requests. */
  accessRequests: firstOf(accessRequestFates),
  /** Seconds for which a request is INITIAL before it is finished. */
  accessRequestSeconds: 2,
  /** `GET /access_profiles/{id}?version=` (DOC that there is such a parameter, UNK where). */
  versionParameter: firstOf(versionParameters),
  /** `GET …/versions/{version}` alone; `unlistedReads` is this one and that of a profile. */
  versionRead: false,
  /** `GET …/versions`. */
  versionList: false,
  /** The way to make a draft (UNK). */
  drafts: firstOf(draftReadings),
  /** The way to publish a draft (UNK). */
  publishing: firstOf(publishReadings),
  /** The versions that can be given the state RETIRED, else 400 (UNK): drafts, which drops them; the published one, too; none. */
  retiring: firstOf(['drafts', 'any', 'none']),
  /** A PATCH of the published version (UNK): changes it in place; makes a draft, which is the reply; is 400. */
  publishedVersion: firstOf(['changes', 'drafts', 'refused']),
  /** The member that holds the records of the audit log (UNK). */
  auditEnvelope: firstOf(['values', 'audits', 'events']),
  auditOldestFirst: false,
  /** The operators that filters take for `url` (UNK). */
  auditUrlOperators: operators('eq', 'co'),
};

function firstOf<const T extends string>([first]: readonly [T, ...T[]]): T {
  return first;
}

function noTroubles(): Readonly<Partial<Record<Neighbour, (typeof neighbourTroubles)[number]>>> {
  return {};
}

function operators(...names: readonly string[]): readonly string[] {
  return names;
}
