/** The switches that change what the API says, with the defaults that API notes suggest. README.md lists them. */
export interface Settings {
  /** `page_size` when the caller sends none (UNK). */
  readonly pageSize: number;
  /** Filters on more than the documented attributes, and with every operator. */
  readonly openFilters: boolean;
  /** Whether `co` on an array compares whole elements or looks for the text in them (UNK). */
  readonly arrayContains: 'element' | 'substring';
  /** Whether `eq` on an array matches its only element or any element (UNK). */
  readonly arrayEquals: 'whole' | 'element';
  /** Pages with fewer values than asked for, some of them empty. */
  readonly raggedPages: boolean;
  /** Enums as integers instead of names. */
  readonly integerEnums: boolean;
  /** 64-bit integers as numbers instead of strings. */
  readonly int64AsNumber: boolean;
  /** `current_version.members` in profiles (UNK). */
  readonly membersInVersion: boolean;
  /** `member_details` in profiles (UNK). */
  readonly memberDetails: boolean;
  /** `GET /access_profiles/{id}` and `GET …/versions/{version}`, which nobody documents. */
  readonly unlistedReads: boolean;
  /** Inheritance cycles are accepted instead of rejected (UNK). */
  readonly allowCycles: boolean;
  /** Data sources and policies as the curated pages show them, instead of as the generated ones do. */
  readonly curatedShapes: boolean;
  /** The faults of the endpoints beside the profiles. */
  readonly neighbours: Readonly<Partial<Record<Neighbour, NeighbourTrouble>>>;
  /** Inherited profiles are among `access_profiles` of an identity (UNK). */
  readonly inheritedInIdentities: boolean;
  /** A member of an identity that nobody described (DOC that there is one, UNK which). */
  readonly identityNode: boolean;
  /** Entitlements of identities come in pages (UNK). */
  readonly pagedEntitlements: boolean;
  /** Entitlements of identities stay as they were at the start (INF: they lag until the next extraction). */
  readonly graphLags: boolean;
  /** `access_profiles_used` of policies is empty (UNK whether lists fill it). */
  readonly policiesHideProfiles: boolean;
  /** The outcome of access requests. */
  readonly accessRequests: AccessRequestFate;
  /** How long a request is INITIAL before it is finished. */
  readonly accessRequestSeconds: number;
  /** `GET /access_profiles/{id}?version=` (DOC that there is such a parameter, UNK where). */
  readonly versionParameter: VersionParameter;
  /** `GET …/versions/{version}` alone; `unlistedReads` is this one and that of a profile. */
  readonly versionRead: boolean;
  /** `GET …/versions`. */
  readonly versionList: boolean;
  /** How a draft comes into being (UNK). */
  readonly drafts: DraftReading;
  /** How a draft is published (UNK). */
  readonly publishing: PublishReading;
  /** The versions that can be given the state RETIRED (UNK). */
  readonly retiring: RetireReading;
  /** The effect of a PATCH of the published version (UNK). */
  readonly publishedVersion: PublishedVersionReading;
  /** The member that holds the records of the audit log (UNK). */
  readonly auditEnvelope: 'values' | 'audits' | 'events';
  readonly auditOldestFirst: boolean;
  /** The operators that filters take for `url` (UNK). */
  readonly auditUrlOperators: readonly string[];
}

/**
 * `off`: no such read; `inside`: the version stands in the place of `current_version`; `beside`: in a `version` next to `value`;
 * `ignored`: the profile with its current version, whatever was asked for; `refused`: 400.
 */
export const versionParameters = ['off', 'inside', 'beside', 'ignored', 'refused'] as const;
export type VersionParameter = (typeof versionParameters)[number];

/** `patch`: a PATCH on the number after the latest; `post`: a POST on `…/versions`; `none`: in no way. */
export const draftReadings = ['patch', 'post', 'none'] as const;
export type DraftReading = (typeof draftReadings)[number];

/** `state`: by the state PUBLISHED in a PATCH; `mask`: only if `update_mask` names it, else it is ignored; `none`: 400. */
export const publishReadings = ['state', 'mask', 'none'] as const;
export type PublishReading = (typeof publishReadings)[number];

/** `drafts`: drafts alone, which drops them; `any`: the published one, too; `none`: 400. */
export const retireReadings = ['drafts', 'any', 'none'] as const;
export type RetireReading = (typeof retireReadings)[number];

/** `changes`: in place; `drafts`: the change becomes the draft, and the reply is that draft; `refused`: 400. */
export const publishedVersionReadings = ['changes', 'drafts', 'refused'] as const;
export type PublishedVersionReading = (typeof publishedVersionReadings)[number];

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
export type NeighbourTrouble = (typeof neighbourTroubles)[number];

/**
 * `completes` after a while; `waits` for approval for ever; `fails`: an error in a plan; `unknown`: a state of no known name;
 * `untold`: `value` is empty as in the generated page; `refused`: changes of members answer a message and no id; `disabled`: every
 * call that has to do with access requests is 400.
 */
export const accessRequestFates = ['completes', 'waits', 'fails', 'unknown', 'untold', 'refused', 'disabled'] as const;
export type AccessRequestFate = (typeof accessRequestFates)[number];

export const defaultSettings: Settings = {
  pageSize: 50,
  openFilters: false,
  arrayContains: 'element',
  arrayEquals: 'whole',
  raggedPages: false,
  integerEnums: false,
  int64AsNumber: false,
  membersInVersion: true,
  memberDetails: false,
  unlistedReads: false,
  allowCycles: false,
  curatedShapes: false,
  neighbours: {},
  inheritedInIdentities: false,
  identityNode: false,
  pagedEntitlements: false,
  graphLags: false,
  policiesHideProfiles: false,
  accessRequests: 'completes',
  accessRequestSeconds: 2,
  versionParameter: 'off',
  versionRead: false,
  versionList: false,
  drafts: 'patch',
  publishing: 'state',
  retiring: 'drafts',
  publishedVersion: 'changes',
  auditEnvelope: 'values',
  auditOldestFirst: false,
  auditUrlOperators: ['eq', 'co'],
};
