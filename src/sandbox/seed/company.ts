import { formatNanos, nanosPerSecond } from '../clock.ts';
import { stableId } from '../random.ts';
import type { CatalogItemInfo, Entity, MemberRecord, ProfileState } from '../record.ts';
import { addedByHand, completeProfile, type WorldProfile, type WorldVersion } from '../world.ts';
import { personId, starter } from './people.ts';
import { accessRequestPolicyOf, type TypeName, typeId } from './types.ts';

/**
 * A profile of the built-in company, written by names. Parents and people are named, and ids follow from the names, so that the
 * company has the same ids everywhere.
 */
export interface ProfileSpec {
  readonly inherits?: readonly string[];
  readonly grants?: readonly Entity[];
  readonly labels?: readonly string[];
  /** Names of people, added by hand. */
  readonly members?: readonly string[];
  /** Names of people who are members by a policy's workflow. */
  readonly birthright?: { readonly workflow: string; readonly people: readonly string[] };
  readonly state?: ProfileState;
  /** The changes in a draft of the next version. */
  readonly draft?: Pick<ProfileSpec, 'inherits' | 'grants'>;
  /** The content of the retired version before the current one. */
  readonly retired?: Pick<ProfileSpec, 'inherits' | 'grants'>;
  readonly catalog?: Partial<CatalogItemInfo>;
  readonly properties?: Readonly<Record<string, string>>;
  readonly approval?: boolean;
  readonly syncError?: string;
  /** For the profile that Veza's documents use as their example. */
  readonly id?: string;
}

/** A profile of the company, still by name. */
export interface NamedProfile extends ProfileSpec {
  readonly name: string;
  readonly description: string;
  readonly type: TypeName;
}

export const profile = declare('Profile');
export const businessRole = declare('Business Role');
export const applicationAccess = declare('Application Access');
export const privilegedRole = declare('Privileged Role');

function declare(type: TypeName) {
  return (name: string, description: string, spec: ProfileSpec): NamedProfile => ({ name, description, type, ...spec });
}

/** The id of a built-in profile whose spec gives none. */
export function profileId(name: string): string {
  return stableId('profile', name);
}

export const author = 'dana.okafor@evergreen.example';

/** The records behind the names, one day apart, in the order given. Throws on a parent that nobody declares. */
export function buildProfiles(profiles: readonly NamedProfile[]): WorldProfile[] {
  const ids = new Map(profiles.map(({ name, id }) => [name, id ?? profileId(name)]));
  const idOf = (name: string) => {
    const id = ids.get(name);
    if (id === undefined) throw new RangeError(`the built-in company has no profile "${name}"`);
    return id;
  };
  return profiles.map((spec, index) => build(spec, idOf, index));
}

function build(spec: NamedProfile, idOf: (name: string) => string, index: number): WorldProfile {
  const createdAt = instant(index);
  const updatedAt = instant(index, 30);
  const number = spec.retired === undefined ? 1 : 2;
  const content = (part: Pick<ProfileSpec, 'inherits' | 'grants'>): WorldVersion => ({
    inherit_entities_from_access_profiles: (part.inherits ?? []).map(idOf),
    entities_to_create_relationships_to: part.grants ?? [],
    access_request_policy_id: accessRequestPolicyOf(spec.type),
    created_by: author,
    created_at: createdAt,
    updated_at: updatedAt,
  });
  const versions: WorldVersion[] = [
    { ...content(spec), version_number: number, state: 'PUBLISHED', members: membersOf(spec) },
  ];
  if (spec.retired !== undefined) versions.unshift({ ...content(spec.retired), version_number: 1, state: 'RETIRED' });
  if (spec.draft !== undefined) {
    versions.push({ ...content({ ...spec, ...spec.draft }), version_number: number + 1, state: 'DRAFT' });
  }
  const failed = spec.syncError !== undefined;
  return completeProfile({
    id: idOf(spec.name),
    name: spec.name,
    profile_type: typeId(spec.type),
    description: spec.description,
    state: spec.state ?? 'RUNNING',
    labels: spec.labels ?? [],
    versions,
    used_by_workflow: spec.birthright !== undefined,
    require_approval_to_start: spec.approval ?? false,
    catalog_item_info: spec.catalog === undefined ? null : catalogItem(spec),
    custom_properties: spec.properties ?? {},
    last_synced_at: failed ? instant(index, 3600) : null,
    last_sync_job_ids: failed ? [stableId('sync job', spec.name)] : [],
    last_sync_error_message: spec.syncError ?? '',
    created_by: author,
    created_at: createdAt,
    updated_at: updatedAt,
  });
}

function membersOf({ members = [], birthright }: ProfileSpec): MemberRecord[] {
  const joined = (birthright?.people ?? []).map(
    (name): MemberRecord => ({
      // As an employee, the one who starts is another identity than as a contractor.
      identity_id: birthright?.workflow === 'New hire' && name === starter.name ? starter.identityId : personId(name),
      created_from: 'BIRTHRIGHT',
      workflow: birthright?.workflow ?? '',
    }),
  );
  return [...joined, ...members.map((name) => addedByHand(personId(name)))];
}

function catalogItem({ name, description, catalog = {} }: NamedProfile): CatalogItemInfo {
  return { name, description, markdown_description: '', icon: '', recommended: false, ...catalog };
}

/** Some nanosecond of the `day`-th day of the company, a given time later. */
export function instant(day: number, seconds = 0): string {
  const start = BigInt(Date.UTC(2024, 3, 12, 9, 15, 20)) * 1_000_000n;
  const offset =
    BigInt(day * 86_400 + seconds) * nanosPerSecond +
    BigInt(((day + 1) * 482_711_093 + seconds * 168_070_411) % 999_999_937);
  return formatNanos(start + offset);
}
