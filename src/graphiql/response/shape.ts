import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';

/**
 * Which keys of a response object hold which field. A query may rename fields (`boss: inheritsFrom`), so the response alone doesn't
 * tell; the query that led to it does.
 */
export interface Shape {
  /** Where the values of a field are, and their own shapes. Several when it was selected under several names. */
  find(fieldName: string): readonly { readonly key: string; readonly shape: Shape }[];
  /** Every selected field. Undefined: unknown, so every key of the object counts as one. */
  readonly fieldNames: readonly string[] | undefined;
}

/** For responses without a query: keys are taken for field names. */
export const plainShape: Shape = {
  find: (fieldName) => [{ key: fieldName, shape: plainShape }],
  fieldNames: undefined,
};

/** The shape of an operation's data. Fragments count whatever their type condition; text that doesn't parse gives plainShape. */
export function readShape(query: string, operationName?: string | null): Shape {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return plainShape;
  }
  const operations = document.definitions.filter(
    (it): it is OperationDefinitionNode => it.kind === Kind.OPERATION_DEFINITION,
  );
  const named = operations.filter((operation) => operation.name?.value === operationName);
  const fragments = new Map(
    document.definitions.flatMap((it) =>
      it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it.selectionSet]] : [],
    ),
  );
  const roots = (named.length > 0 ? named : operations).map((operation) => operation.selectionSet);
  return roots.length === 0 ? plainShape : buildShape(roots, fragments);
}

function buildShape(sets: readonly SelectionSetNode[], fragments: ReadonlyMap<string, SelectionSetNode>): Shape {
  const fieldOfKey = new Map<string, { readonly name: string; readonly sets: SelectionSetNode[] }>();
  const pending = [...sets];
  const seen = new Set<SelectionSetNode>();
  for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
    // A fragment spread within itself is invalid, but the text here is whatever the editor holds.
    if (seen.has(set)) continue;
    seen.add(set);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const field = fieldOfKey.get(key) ?? { name: selection.name.value, sets: [] };
        if (selection.selectionSet) field.sets.push(selection.selectionSet);
        fieldOfKey.set(key, field);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        pending.push(selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) pending.push(fragment);
      }
    }
  }

  const places = new Map<string, { key: string; shape: Shape }[]>();
  for (const [key, field] of fieldOfKey) {
    const place = { key, shape: lazyShape(field.sets, fragments) };
    places.set(field.name, [...(places.get(field.name) ?? []), place]);
  }
  return { find: (fieldName) => places.get(fieldName) ?? [], fieldNames: [...places.keys()] };
}

/** Built when first looked into, so that a fragment that spreads itself through a field does not build without end. */
function lazyShape(sets: readonly SelectionSetNode[], fragments: ReadonlyMap<string, SelectionSetNode>): Shape {
  let built: Shape | undefined;
  const get = () => {
    built ??= buildShape(sets, fragments);
    return built;
  };
  return {
    find: (fieldName) => get().find(fieldName),
    get fieldNames() {
      return get().fieldNames;
    },
  };
}
