import { UserInputError } from '../errors.ts';

/** A version number from an argument. Throws UserInputError for one that no version can have. */
export function versionNumber(number: number): number {
  if (number >= 1) return number;
  throw new UserInputError('number', 'number: version numbers begin at 1.');
}
