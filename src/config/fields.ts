import { z } from 'zod';
import { isLoopback } from './loopback.ts';

export const blankIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);

export function digits(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
}

export const wholeNumber = (least: number, most: number, otherwise: number) =>
  z.preprocess(blankIsUnset, digits(least, most).default(otherwise));

export const onOrOff = (otherwise: 'on' | 'off') =>
  z.preprocess(
    blankIsUnset,
    z
      .enum(['on', 'off'], 'must be on or off')
      .default(otherwise)
      .transform((value) => value === 'on'),
  );

/** Values divided by commas; none without a setting. */
export const listOf = (isValue: (value: string) => boolean, message: string) =>
  z.preprocess(
    blankIsUnset,
    z
      .string()
      .transform((value) => value.split(',').map((each) => each.trim()))
      .pipe(z.array(z.string().refine(isValue, message)))
      .default([]),
  );

/** A field name (RFC 9110 §5.1); "*" is one too, and says to browsers that any will do. */
export function isHeaderName(text: string): boolean {
  return /^[\w!#$%&'+.^`|~-]+$/.test(text);
}

export const text = () => z.preprocess(blankIsUnset, z.string().nullable().default(null));

/** `acme.vezacloud.com` or `https://acme.vezacloud.com` -> the origin; plain http only where it is asked for by name. */
export function originOf(text: string, context: z.RefinementCtx<string>): string {
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
  context.addIssue({ code: 'custom', message: problem ?? 'can not be used' });
  return z.NEVER;
}

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

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
