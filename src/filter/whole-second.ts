import { isInstant } from '../scim/instant.ts';

/**
 * The second before (`ge`) or after (`le`) an instant, in UTC; a second wider than needed, for leap seconds. "" where
 * that is outside the years that RFC 3339 can write.
 */
export function wholeSecond(instant: string, operator: 'ge' | 'le'): string {
  const milliseconds = Date.parse(instant.toUpperCase().replace(':60', ':59'));
  const second = Math.floor(milliseconds / 1000) + (operator === 'ge' ? -1 : 2);
  const text = new Date(second * 1000).toISOString().replace('.000Z', 'Z');
  return isInstant(text) ? text : '';
}
