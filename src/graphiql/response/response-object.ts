import { isRecord, type JsonObject } from '../json.ts';
import type { Shape } from './shape.ts';

/** An object of a response, read by field name rather than by key. */
export class ResponseObject {
  readonly #object: JsonObject;
  readonly #shape: Shape;
  /** Where it stands in the response, for objects that nothing else tells apart. */
  readonly path: string;

  constructor(object: JsonObject, shape: Shape, path: string) {
    this.#object = object;
    this.#shape = shape;
    this.path = path;
  }

  /** The first value of a field, of whatever kind. */
  value(fieldName: string): unknown {
    for (const { key } of this.#shape.find(fieldName)) {
      const value = this.#own(key);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  text(fieldName: string): string | undefined {
    const value = this.value(fieldName);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  count(fieldName: string): number | undefined {
    const value = this.value(fieldName);
    return Array.isArray(value) ? value.length : undefined;
  }

  /** Every object that a field holds, alone or in a list. */
  objects(fieldName: string): readonly ResponseObject[] {
    return this.lists(fieldName).flat();
  }

  /** A field that is a list of lists, as such; a plain list is one list, a single object a list of one. */
  lists(fieldName: string): readonly (readonly ResponseObject[])[] {
    return this.#shape.find(fieldName).flatMap(({ key, shape }) => {
      const value = this.#own(key);
      const isNested = Array.isArray(value) && value.some((item) => Array.isArray(item));
      const lists: readonly unknown[] = isNested ? value : [value];
      return lists.map((list, row) => {
        const items: readonly unknown[] = Array.isArray(list) ? list : [list];
        return items.flatMap((item, index) =>
          isRecord(item) ? new ResponseObject(item, shape, `${this.path}/${key}/${row}/${index}`) : [],
        );
      });
    });
  }

  /** A key may be the name of something that every object has. */
  #own(key: string): unknown {
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }

  get fieldNames(): readonly string[] {
    return this.#shape.fieldNames ?? Object.keys(this.#object);
  }
}
