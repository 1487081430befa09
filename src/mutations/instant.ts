import { compareInstants } from '../scim/instant.ts';

/** Whether two texts name the same instant, however they write it. */
export function isSameInstant(a: string, b: string): boolean {
  return a === b || compareInstants(a, b) === 0;
}
