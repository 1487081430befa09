import { UserInputError } from '../errors.ts';
import type { ProfileFilter } from './typed-filter.ts';

/**
 * Throws UserInputError for the first null inside of an argument, with its path. A null mostly is a variable that somebody forgot:
 * read as "no condition", it would choose every profile. A member that is left out is not null and asks nothing.
 */
export function refuseNulls(value: unknown, field: string): void {
  if (value === null) {
    throw new UserInputError(field, `${field}: must not be null. Give a value, or leave it out.`);
  }
  if (Array.isArray(value) && withoutNulls.has(value)) return;
  for (const [key, member] of membersOf(value)) refuseNulls(member, `${field}.${key}`);
  if (Array.isArray(value)) withoutNulls.add(value);
}

/** Lists that were checked: many fields of one operation can share a variable. */
const withoutNulls = new WeakSet<readonly unknown[]>();

/** Operators that every text satisfies where their operand is empty. */
const substringOperators = new Set(['contains', 'startsWith', 'endsWith']);

/** Members that say how the others compare, and ask nothing by themselves. */
const modifiers = new Set(['caseSensitive']);

/**
 * Throws UserInputError where a filter, or any part of it, says nothing that could narrow the choice: no member, an empty list,
 * an empty substring, or null. For changes, where such a filter would choose every profile; queries may say it.
 */
export function refuseEmptyFilter(filter: ProfileFilter, field: string): void {
  refuseNulls(filter, field);
  refuseEmpty(filter, field);
}

function refuseEmpty(value: unknown, field: string): void {
  if (typeof value !== 'object') return;
  const members = membersOf(value).filter(([key]) => !modifiers.has(key));
  if (members.length === 0) {
    const what = Array.isArray(value) ? 'is an empty list' : 'names no condition';
    throw new UserInputError(field, `${field}: ${what}. A change needs a condition in each part of its filter.`);
  }
  for (const [key, member] of members) {
    const path = `${field}.${key}`;
    if (member === '' && substringOperators.has(key)) {
      throw new UserInputError(path, `${path}: must not be empty, since every text contains the empty text.`);
    }
    refuseEmpty(member, path);
  }
}

function membersOf(value: unknown): readonly [key: string, member: unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
