import { z } from 'zod';
import { isLoopback } from './loopback.ts';

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
}

/** `on` or `off`, as a boolean. */
export const onOrOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');

/** A claim of a token with the value that it must have: `roles=admin`. */
export const claim = z.string().transform((value, context) => {
  const { name, wanted } = /^(?<name>[^=\s]+)=(?<wanted>.+)$/.exec(value)?.groups ?? {};
  if (name !== undefined && wanted !== undefined) return { name, value: wanted };
  context.addIssue({ code: 'custom', message: 'must be a claim and its value, such as roles=access-profile-admin' });
  return z.NEVER;
});

/** Texts divided by commas, each of which must pass `isValid`. */
export function list(isValid: (text: string) => boolean, message: string) {
  return z
    .string()
    .transform((value) => (value === '' ? [] : value.split(',').map((each) => each.trim())))
    .pipe(z.array(z.string().refine(isValid, message)));
}

/** `acme.vezacloud.com` or `https://acme.vezacloud.com`, as an origin. Plain http must be written out. */
export const origin = z.string().transform((text, context) => {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const problem =
    url === null
      ? 'must be a host such as acme.vezacloud.com, or a URL such as https://acme.vezacloud.com'
      : url.protocol !== 'https:' && url.protocol !== 'http:'
        ? 'must be an https:// URL'
        : url.username !== '' || url.password !== ''
          ? 'must not hold a user or a password; the key goes into VEZA_API_KEY or the Authorization header'
          : url.pathname !== '/' || url.search !== '' || url.hash !== ''
            ? 'must be the tenant alone, without a path'
            : null;
  if (url !== null && problem === null) return url.origin;
  context.addIssue({ code: 'custom', message: problem ?? 'cannot be used' });
  return z.NEVER;
});

/** Whether a text is an origin as browsers send it. */
export function isOrigin(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}

/** Whether what comes from a URL can be believed. */
export function isSafeUrl(text: string): boolean {
  const url = parseUrl(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}

/** A field name (RFC 9110 §5.1), but not "*": it is one too, and tells browsers that any header may be sent. */
export function isHeaderName(text: string): boolean {
  return /^[\w!#$%&'+.^`|~-]+$/.test(text);
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
