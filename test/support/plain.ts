/**
 * A decoded value with all that it holds, as plain data: the getters of rows are read. What a getter throws stands in its
 * place as `fail` makes it; without `fail` it is thrown.
 */
export function plain(value: unknown, fail?: (error: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, fail));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    try {
      copy[key] = plain(Reflect.get(value, key), fail);
    } catch (error) {
      if (fail === undefined) throw error;
      copy[key] = fail(error);
    }
  }
  return copy;
}
