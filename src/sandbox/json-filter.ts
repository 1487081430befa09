import type { Filter } from '../scim/ast.ts';
import { compileFilter } from '../scim/evaluate.ts';
import { ScimSyntaxError } from '../scim/lexer.ts';
import { parseFilter } from '../scim/parser.ts';
import { type ComplexValue, resolverOf } from '../scim/value.ts';
import { invalidArgument } from './errors.ts';
import type { Settings } from './settings.ts';

/**
 * Those records that a `filter` parameter asks for, by some attributes of each. For lists of which no filterable attribute is
 * documented: 400 unless filters are open.
 */
export function filterRecords<T>(
  records: readonly T[],
  text: string,
  { openFilters }: Settings,
  attributesOf: (record: T) => ComplexValue,
): readonly T[] {
  if (text.trim() === '') return records;
  const test = compileFilter(readFilter(text));
  if (!openFilters) throw invalidArgument('filter', 'This list cannot be filtered.');
  return records.filter((record) => test(resolverOf(attributesOf(record))));
}

/** 400 for what cannot be parsed. */
export function readFilter(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!(error instanceof ScimSyntaxError)) throw error;
    throw invalidArgument('filter', `${error.message} (column ${error.column})`);
  }
}
