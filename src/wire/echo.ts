import { isJsonObject, type JsonObject } from './decode.ts';

/** The profile or version that the reply to a change repeats; null where it repeats none. */
export type Echo = JsonObject | null;

/** Reads the reply to a change: `{ value: {…} }`, the object itself, or nothing of use. */
export function decodeEcho(reply: unknown): Echo {
  if (!isJsonObject(reply)) return null;
  const value = reply['value'];
  const echo = isJsonObject(value) ? value : reply;
  return Object.keys(echo).length === 0 ? null : echo;
}

/** The target of a change. */
export interface Subject {
  readonly profileId: string;
  /** Absent: the profile itself, not one of its versions. */
  readonly versionNumber?: number;
}

/**
 * The field by which an echo speaks of something else than was changed; null where there is none. A version may have an
 * id of its own beside `access_profile_id`; without that, `id` is the profile's, as in the curated reply (API notes §9.4).
 */
export function fieldOfAnother(echo: Echo, { profileId, versionNumber }: Subject): string | null {
  if (echo === null) return null;
  const idField = versionNumber !== undefined && isSet(echo['access_profile_id']) ? 'access_profile_id' : 'id';
  if (isSet(echo[idField]) && String(echo[idField]).toLowerCase() !== profileId.toLowerCase()) return idField;
  if (versionNumber === undefined) return null;
  const numbers = ['version_number', 'version'] as const;
  return numbers.find((field) => isSet(echo[field]) && String(echo[field]) !== String(versionNumber)) ?? null;
}

/** Whether an echo shows a field otherwise than it was sent. Fields that it leaves out tell nothing. */
export function deniesChange(echo: Echo, body: JsonObject): boolean {
  if (echo === null) return false;
  return Object.keys(body).some((field) => field in echo && !isShownAs(body[field], echo[field]));
}

/** Zero values mean "not set" in proto3 JSON. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0;
}

/** Whether a value that was sent may be shown like this: with fields that the API adds, in another order, an enum as a number. */
function isShownAs(sent: unknown, shown: unknown): boolean {
  if (isEmpty(sent) || isEmpty(shown)) return isEmpty(sent) && isEmpty(shown);
  if (Array.isArray(sent) && Array.isArray(shown)) {
    const isFound = (value: unknown) => shown.some((each) => isShownAs(value, each));
    return sent.every(isFound) && shown.every((each) => sent.some((value) => isShownAs(value, each)));
  }
  if (isJsonObject(sent) && isJsonObject(shown)) {
    return Object.keys(sent).every((key) => !(key in shown) || isShownAs(sent[key], shown[key]));
  }
  return typeof sent !== typeof shown || sent === shown;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
