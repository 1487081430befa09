import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Limits } from '../../config.ts';
import { fragmentsOf } from '../../schema/selection.ts';
import { refusal } from './refusal.ts';

/** Size of a selection with its fragments expanded. */
interface Extent {
  readonly fields: number;
  readonly aliases: number;
  readonly depth: number;
  readonly rootFields: number;
}

const nothing: Extent = { fields: 0, aliases: 0, depth: 0, rootFields: 0 };

/**
 * Checks the shape of a parsed document before it is validated, since one rule of validation compares all fields with each other.
 * Measures each fragment once, so the check is linear in the document.
 */
export function checkStructure(document: DocumentNode, limits: Limits): void {
  const fragments = fragmentsOf(document);
  const extentOf = measure(fragments);
  for (const definition of document.definitions) {
    // Validation rejects a fragment that no operation uses, but walks through it first.
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { fields, aliases, depth, rootFields } = extentOf(definition.selectionSet);
    if (depth > limits.MAX_DEPTH) throw refusal('MAX_DEPTH', `The operation is ${depth} fields deep`);
    if (aliases > limits.MAX_ALIASES) {
      throw refusal('MAX_ALIASES', `The operation has ${aliases} aliases and repeated fields`);
    }
    if (fields > limits.MAX_TOKENS) {
      throw refusal('MAX_TOKENS', `The operation has ${fields} fields with its fragments expanded`);
    }
    checkRepetition(definition.selectionSet, fragments, limits);
    if (definition.kind === Kind.OPERATION_DEFINITION && rootFields > limits.MAX_ROOT_FIELDS) {
      throw refusal('MAX_ROOT_FIELDS', `The operation has ${rootFields} root fields`);
    }
  }
}

/**
 * Validation compares all fields with one response name in one selection, fragments included, and all fields below them. Many of
 * them in one place therefore cost more than as many aliases.
 */
function checkRepetition(root: SelectionSetNode, fragments: Fragments, { MAX_ALIASES }: Limits): void {
  const pending = [root];
  for (let level = pending.pop(); level !== undefined; level = pending.pop()) {
    const names = new Set<string>();
    const spread = new Set<string>();
    let fields = 0;
    const sets = [{ set: level, isOwn: true }];
    for (let next = sets.pop(); next !== undefined; next = sets.pop()) {
      const { set, isOwn } = next;
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          fields++;
          names.add((selection.alias ?? selection.name).value);
          // The fields below a field of a fragment are checked with the fragment itself.
          if (isOwn && selection.selectionSet !== undefined) pending.push(selection.selectionSet);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) sets.push({ set: selection.selectionSet, isOwn });
        else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment !== undefined) sets.push({ set: fragment.selectionSet, isOwn: false });
        }
      }
    }
    const repeated = fields - names.size;
    if (repeated > MAX_ALIASES / 2) throw refusal('MAX_ALIASES', `A selection repeats ${repeated} fields`);
  }
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function measure(fragments: Fragments): (selections: SelectionSetNode) => Extent {
  const known = new Map<string, Extent>();

  function ofFragment(name: string): Extent {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    // Stands in for the fragment while it is measured: validation rejects fragments that contain themselves.
    known.set(name, nothing);
    const extent = fragment === undefined ? nothing : ofSelections(fragment.selectionSet);
    known.set(name, extent);
    return extent;
  }

  function ofSelections({ selections }: SelectionSetNode): Extent {
    let { fields, aliases, depth, rootFields } = nothing;
    const names = new Set<string>();
    const add = (extent: Extent) => {
      fields += extent.fields;
      aliases += extent.aliases;
      depth = Math.max(depth, extent.depth);
      rootFields += extent.rootFields;
    };
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(ofFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(ofSelections(selection.selectionSet));
      else {
        const name = selection.name.value;
        const within = selection.selectionSet === undefined ? nothing : ofSelections(selection.selectionSet);
        add({
          fields: 1 + within.fields,
          aliases: within.aliases + (selection.alias !== undefined || names.has(name) ? 1 : 0),
          // Introspection is limited by a rule of graphql and by the cost.
          depth: name.startsWith('__') ? 0 : 1 + within.depth,
          rootFields: 1,
        });
        names.add(name);
      }
    }
    return { fields, aliases, depth, rootFields };
  }

  return ofSelections;
}
