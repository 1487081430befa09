import { isRecord, records, text } from '../../json.ts';
import { type Ask, AskError } from './ask.ts';
import { idsIn } from './profile-fields.ts';

const document = `query ExplorerPeople($id: ID!) {
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
  const answered = await ask(document, { id });
  const profile = answered.data['accessProfile'];
  const members = isRecord(profile) ? profile['effectiveMembers'] : undefined;
  if (!Array.isArray(members)) throw answered.errorAt('accessProfile') ?? new AskError('People could not be read.');
  return records(members).map((member) => ({
    identityId: text(member['identityId']) ?? '',
    name: text(member['identityName']) ?? 'Name not known',
    ways: Array.isArray(member['paths']) ? member['paths'].map((path) => idsIn(records(path))) : [],
  }));
}
