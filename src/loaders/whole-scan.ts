import type { Profile } from '../model/profile.ts';
import { maxPageSize, type ProfilePages } from './profile-pages.ts';

/** Every profile that the caller sees, in the API's order: one call per hundred, each waiting for the one before. */
export async function readAll(pages: ProfilePages): Promise<readonly Profile[]> {
  const profiles: Profile[] = [];
  for await (const page of pages.read({ filter: null, pageSize: maxPageSize })) {
    for (const profile of page.values) profiles.push(profile);
  }
  return profiles;
}
