import { GatewayError, valueOrError } from '../../errors.ts';
import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import { directEntitlements, directParentIds, type Profile } from '../../model/profile.ts';
import type { Version } from '../../model/version.ts';

/** Properties that are compared in another way, or say nothing of the profile itself: its children, and what may be transitive. */
const apart = new Set(['profileId', 'currentVersion', 'memberDetails', 'inheritedIds', 'inheritedByIds', 'toJSON']);
const versionApart = new Set(['profileId', 'versionNumber', 'entitlements', 'inheritsFromIds', 'memberIds', 'toJSON']);
/** Properties that GraphQL shows under another name. */
const shownAs: Readonly<Record<string, string>> = { typeId: 'type' };

/**
 * Names of the schema's fields in which two readings of one profile differ; empty where none does. The order of lists is no
 * difference, nor are names of entities, which are only read for those who ask. A value that can't be read is like another one
 * that can't be read.
 */
export function changedFieldsOf(before: Profile, after: Profile): readonly string[] {
  if (before === after) return [];
  const changed = differingProperties(before, after, apart).map((name) => shownAs[name] ?? name);
  const parts: readonly (readonly [string, (profile: Profile) => unknown])[] = [
    ['currentVersion', ({ currentVersion }) => currentVersion?.versionNumber ?? null],
    ['inheritsFrom', (profile) => directParentIds(profile)],
    ['entitlements', (profile) => directEntitlements(profile).map(grantOf)],
    ['members', ({ currentVersion, memberDetails }) => [currentVersion?.memberIds, memberDetails]],
  ];
  for (const [name, read] of parts) if (textOf(() => read(before)) !== textOf(() => read(after))) changed.push(name);
  if (!changed.includes('currentVersion') && hasOtherVersion(before, after)) changed.push('currentVersion');
  return changed;
}

/** The grants and parents of one reading of a profile that another lacks; null stands for no profile. */
export interface ProfileDifference {
  readonly addedEntitlements: readonly Entitlement[];
  readonly removedEntitlements: readonly Entitlement[];
  readonly addedParentIds: readonly string[];
  readonly removedParentIds: readonly string[];
}

/** Throws UpstreamError where one of the readings can't be read. */
export function differenceOf(before: Profile | null, after: Profile | null): ProfileDifference {
  const [had, has] = [before, after].map((profile) => (profile === null ? [] : directEntitlements(profile)));
  const [hadParents, hasParents] = [before, after].map((profile) => (profile === null ? [] : directParentIds(profile)));
  return {
    addedEntitlements: without(has, had, entitlementKey),
    removedEntitlements: without(had, has, entitlementKey),
    addedParentIds: without(hasParents, hadParents, String),
    removedParentIds: without(hadParents, hasParents, String),
  };
}

function without<T>(list: readonly T[] = [], others: readonly T[] = [], keyOf: (each: T) => string): readonly T[] {
  const known = new Set(others.map(keyOf));
  return list.filter((each) => !known.has(keyOf(each)));
}

function hasOtherVersion({ currentVersion: before }: Profile, { currentVersion: after }: Profile): boolean {
  if (before === null || after === null) return before !== after;
  return differingProperties<Version>(before, after, versionApart).length > 0;
}

/** Rows have their properties as accessors of their prototype, which `in` goes through. */
function differingProperties<T extends object>(before: T, after: T, leftOut: ReadonlySet<string>): string[] {
  const differing: string[] = [];
  for (const name in after) {
    if (leftOut.has(name)) continue;
    if (textOf(() => before[name]) !== textOf(() => after[name])) differing.push(name);
  }
  return differing;
}

/** A grant without what is only there if it was asked for. */
function grantOf(grant: Entitlement): unknown {
  const { grantBy, createdByAccessProfile, customProperties, syncIdentityAction, condition } = grant;
  return [entitlementKey(grant), grantBy, createdByAccessProfile, customProperties, syncIdentityAction, condition];
}

/** The same text for values that are the same but for the order of lists and members. */
function textOf(read: () => unknown): string {
  const value = valueOrError(read);
  return value instanceof GatewayError ? 'unreadable' : textOfValue(value);
}

function textOfValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map(textOfValue).toSorted().join()}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return textOfValue(value.toJSON());
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${textOfValue(member)}`);
  return `{${members.toSorted().join()}}`;
}
