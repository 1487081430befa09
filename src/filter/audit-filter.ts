import { and, compare } from '../scim/ast.ts';
import { printFilter } from '../scim/printer.ts';

/**
 * The filter of the audit log (neighbour notes §8): records since then, of the paths of one profile unless it is null. The documents
 * write the operator of the time in capitals.
 */
export function auditFilter(since: string, profileId: string | null): string {
  const sinceThen = compare('ended_at', 'ge', since);
  const ofProfile = profileId === null ? [] : [compare('url', 'co', `/access_profiles/${profileId}`)];
  return printFilter(and(sinceThen, ...ofProfile)).replace(/^ended_at ge /, 'ended_at GE ');
}
