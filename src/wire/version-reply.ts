import { GatewayError, valueOrError } from '../errors.ts';
import type { Page } from '../model/page.ts';
import type { Version } from '../model/version.ts';
import { isJsonObject, type JsonObject, jsonObject, type Place } from './decode.ts';
import { fieldOfAnother, type Subject } from './echo.ts';
import { page } from './envelope.ts';
import { versionDecoder, versionNumberOf } from './version.ts';

interface Named extends Subject {
  readonly versionNumber: number;
}

/**
 * Reads the version out of a reply that shows a profile at a version: inside of the profile, beside it, or in its place (API
 * notes §1.0: none is described). null where the version that was asked for is not there, since an API that ignores the
 * parameter shows the current one.
 */
export function decodeShownVersion(reply: unknown, at: Place, asked: Named): Version | null {
  const body = jsonObject(reply, at);
  const isWrapped = isJsonObject(body['value']);
  const [profile, profileAt] = isWrapped ? [body['value'], at.at('value')] : [body, at];
  if (!isJsonObject(profile) || fieldOfAnother(profile, { profileId: asked.profileId }) !== null) return null;
  const places: readonly (readonly [unknown, Place])[] = [
    [body['version'], at.at('version')],
    [profile['version'], profileAt.at('version')],
    [profile['current_version'], profileAt.at('current_version')],
    [profile, profileAt],
  ];
  const found = places.find(([value, place]) => isJsonObject(value) && isNamed(value, place, asked));
  return found === undefined ? null : versionDecoder(asked.profileId, () => null)(...found);
}

/** Reads a version that was asked for by its path; null where the reply is another one, or does not say which it is. */
export function decodeNamedVersion(reply: unknown, at: Place, asked: Named): Version | null {
  const body = jsonObject(reply, at);
  const [value, place] = isJsonObject(body['value']) ? [body['value'], at.at('value')] : [body, at];
  return isJsonObject(value) && isNamed(value, place, asked)
    ? versionDecoder(asked.profileId, () => null)(value, place)
    : null;
}

/** Reads a list of versions of a profile. Throws where one is of another profile, or does not say which it is. */
export function decodeVersionPage(
  reply: unknown,
  at: Place,
  { profileId }: { readonly profileId: string },
): Page<Version> {
  const isNamedOtherwise = isJsonObject(reply) && !('values' in reply) && 'versions' in reply;
  const { versions, ...rest } = isNamedOtherwise ? reply : {};
  return page((value, place) => {
    const version = versionDecoder(profileId, () => null)(value, place);
    if (!isNamed(jsonObject(value, place), place, { profileId, versionNumber: version.versionNumber })) {
      throw place.reply.invalid('a version is not of the profile that was asked for');
    }
    return version;
  })(isNamedOtherwise ? { ...rest, values: versions } : reply, at);
}

/** Whether an object says itself that it is this version, and nothing in it says otherwise. */
function isNamed(value: JsonObject, at: Place, asked: Named): boolean {
  const number = valueOrError(() => versionNumberOf(value, at));
  return !(number instanceof GatewayError) && number === asked.versionNumber && fieldOfAnother(value, asked) === null;
}
