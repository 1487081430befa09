import { invalidArgument } from './errors.ts';

/**
 * Which of the writable fields a PATCH may change: all of them without an `update_mask`, else those it names. `labels` and
 * `value.labels` mean the same (UNK which is right: API notes §1.3); of a nested path the first name counts.
 */
export function readUpdateMask(query: URLSearchParams, writable: readonly string[]): ReadonlySet<string> {
  const text = query.get('update_mask') ?? '';
  if (text.trim() === '') return new Set(writable);
  return new Set(text.split(',').map((path) => readPath(path.trim(), writable)));
}

function readPath(path: string, writable: readonly string[]): string {
  const [name = ''] = path.replace(/^value\./, '').split('.');
  if (!writable.includes(name)) throw invalidArgument('update_mask', `"${path}" is not a field that can be updated.`);
  return name;
}
