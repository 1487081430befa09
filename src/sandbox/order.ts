import { invalidArgument } from './errors.ts';
import type { ProfileRecord } from './record.ts';

type Comparator = (left: ProfileRecord, right: ProfileRecord) => number;

const sortable = ['id', 'name', 'state', 'profile_type', 'created_at', 'updated_at'] as const;

/**
 * `order_by`: `name`, `name desc`, `state, name desc`. A guess throughout (API notes §3.4: the one example anywhere is
 * `order_by=state`). undefined for no parameter: the store's order stands.
 */
export function readOrder(text: string): Comparator | undefined {
  if (text.trim() === '') return undefined;
  const comparators = text.split(',').map(readTerm);
  return (left, right) => {
    for (const compare of comparators) {
      const difference = compare(left, right);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function readTerm(term: string): Comparator {
  const [, name, direction = 'asc'] = /^\s*([a-z_]+)(?:\s+(asc|desc))?\s*$/i.exec(term) ?? [];
  const field = sortable.find((candidate) => candidate === name);
  if (field === undefined) throw invalidArgument('order_by', `Cannot order by "${term.trim()}".`);
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  return (left, right) => (left[field] === right[field] ? 0 : left[field] < right[field] ? -sign : sign);
}
