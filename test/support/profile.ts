import type { Profile } from '../../src/model/profile.ts';
import { decodeProfile } from '../../src/wire/profile.ts';
import { root } from './notes.ts';

/** A profile as the API would send it, of which only what matters is written down. */
export function profileOf(json: Readonly<Record<string, unknown>> = {}): Profile {
  const { inherits, ...rest } = json;
  return decodeProfile(
    {
      id: 'p1',
      name: 'Profile',
      state: 'RUNNING',
      current_version: { version_number: 1, inherit_entities_from_access_profiles: inherits ?? [] },
      ...rest,
    },
    root(),
  );
}
