import { isRecord, type JsonObject, records, strings, text } from '../../json.ts';
import type { Profile } from '../graph/profile-graph.ts';
import type { Entitlement } from '../text/entitlement-name.ts';
import { type Answered, type Ask, AskError } from './ask.ts';
import { idsIn, namedEntitlementFields, profileFields, readEntitlement, readProfile } from './profile-fields.ts';

/** Effective entitlements with where each comes from. */
export const effectiveFields = `effectiveEntitlements {
      direct
      entitlement { ${namedEntitlementFields} }
      grantedBy { profileId name }
      paths { profileId }
    }`;

const document = `query ExplorerProfile($id: ID!) {
  accessProfile(id: $id) {
    ${profileFields}
    description
    integrations
    ${effectiveFields}
    members { identityId identityName createdFrom workflow }
  }
}`;

export interface EffectiveEntitlement {
  readonly entitlement: Entitlement;
  readonly isDirect: boolean;
  readonly grantedBy: readonly { readonly id: string; readonly name: string }[];
  /** From the profile up to each that grants it. */
  readonly paths: readonly (readonly string[])[];
}

export interface Member {
  readonly identityId: string;
  readonly name: string;
  readonly createdFrom: string | undefined;
  readonly workflow: string | undefined;
}

export interface ProfileDetails {
  readonly profile: Profile;
  readonly description: string | undefined;
  readonly integrations: readonly string[];
  /** An error stands in the place of a list that could not be read. */
  readonly entitlements: readonly EffectiveEntitlement[] | AskError;
  readonly members: readonly Member[] | AskError;
}

/** Everything on a profile's card. Undefined if the gateway returns no such profile. */
export async function askProfile(ask: Ask, id: string): Promise<ProfileDetails | undefined> {
  const answered = await ask(document, { id });
  const value = answered.data['accessProfile'];
  const profile = readProfile(value);
  if (!isRecord(value) || profile === undefined) {
    const error = answered.errorAt('accessProfile');
    if (error !== undefined) throw error;
    return undefined;
  }
  return {
    profile,
    description: text(value['description']),
    integrations: strings(value['integrations']),
    entitlements: listOr(answered, value, 'effectiveEntitlements', readEffective),
    members: listOr(answered, value, 'members', readMember),
  };
}

/** A list that is null is one that could not be read: shown as empty, it would look like the truth. */
function listOr<Item>(
  answered: Answered,
  owner: JsonObject,
  field: string,
  read: (value: JsonObject) => Item | undefined,
): readonly Item[] | AskError {
  const value = owner[field];
  if (!Array.isArray(value)) return answered.errorAt(field) ?? new AskError('The gateway could not read this.');
  return records(value).flatMap((item) => read(item) ?? []);
}

export function readEffective(value: JsonObject): EffectiveEntitlement | undefined {
  const entitlement = readEntitlement(value['entitlement']);
  if (entitlement === undefined) return undefined;
  return {
    entitlement,
    isDirect: value['direct'] === true,
    grantedBy: records(value['grantedBy']).flatMap((holder) => {
      const id = text(holder['profileId']);
      return id === undefined ? [] : [{ id, name: text(holder['name']) ?? '' }];
    }),
    paths: Array.isArray(value['paths']) ? value['paths'].map((path) => idsIn(records(path))) : [],
  };
}

function readMember(value: JsonObject): Member | undefined {
  const identityId = text(value['identityId']);
  if (identityId === undefined) return undefined;
  return {
    identityId,
    name: text(value['identityName']) ?? 'Name not known',
    createdFrom: text(value['createdFrom']),
    workflow: text(value['workflow']),
  };
}

const peopleDocument = `query ExplorerPeople($id: ID!) {
  accessProfile(id: $id) {
    effectiveMembers {
      identityId
      identityName
      paths { profileId }
    }
  }
}`;

/** Somebody who gets a profile's entitlements, with the ways from the profiles they are a member of up to the one asked about. */
export interface Person {
  readonly identityId: string;
  readonly name: string;
  readonly ways: readonly (readonly string[])[];
}

/** Everybody who gets a profile's entitlements, each once: its own members, and those of all profiles below. */
export async function askPeople(ask: Ask, id: string): Promise<readonly Person[]> {
  const answered = await ask(peopleDocument, { id });
  const profile = answered.data['accessProfile'];
  const members = isRecord(profile) ? profile['effectiveMembers'] : undefined;
  if (!Array.isArray(members)) throw answered.errorAt('accessProfile') ?? new AskError('People could not be read.');
  return records(members).map((member) => ({
    identityId: text(member['identityId']) ?? '',
    name: text(member['identityName']) ?? 'Name not known',
    ways: Array.isArray(member['paths']) ? member['paths'].map((path) => idsIn(records(path))) : [],
  }));
}
