import type { Profile } from '../model/profile.ts';
import { type Comparison, compareOperators } from '../scim/ast.ts';
import { compileFilter } from '../scim/evaluate.ts';
import { printFilter } from '../scim/printer.ts';
import { profileAttributes } from './attributes.ts';
import type { SupportKey } from './support.ts';

/** A question whose right answer is known beforehand. */
export interface Probe {
  readonly filter: string;
  /** Whether a reply can only come from an API that takes the filter. */
  readonly isShownBy: (reply: readonly Profile[]) => boolean;
}

/**
 * A probe of one attribute and operator, made from profiles that are there: it asks for one of them by its own value,
 * and another of them must not come back. null where they are too much alike to tell taking from ignoring.
 */
export function probeOf(key: SupportKey, profiles: readonly Profile[]): Probe | null {
  const [attribute = '', operatorText] = key.split(' ');
  const operator = compareOperators.find((each) => each === operatorText);
  const read = profileAttributes.get(attribute);
  if (read === undefined || operator === undefined) return null;
  for (const profile of profiles) {
    const value = [read(profile)].flat()[0];
    if (typeof value !== 'string' || value === '') continue;
    const comparison: Comparison = { kind: 'compare', attribute, operator, value };
    const compiled = compileFilter(comparison);
    const satisfies = (row: Profile) => compiled(() => read(row));
    if (!satisfies(profile) || profiles.every(satisfies)) continue;
    return {
      filter: printFilter(comparison),
      isShownBy: (reply) => reply.length > 0 && reply.every(satisfies),
    };
  }
  return null;
}
