import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Limits } from '../../config.ts';
import { fragmentsOf } from '../../schema/selection.ts';
import { refusal } from './refusal.ts';

/** What a selection amounts to with its fragments written out. */
interface Extent {
  readonly fields: number;
  readonly aliases: number;
  readonly depth: number;
  readonly rootFields: number;
}

const nothing: Extent = { fields: 0, aliases: 0, depth: 0, rootFields: 0 };

/**
 * Checks the shape of a parsed document, before it is validated: some rules of validation compare all fields with one
 * another. Each fragment is measured once, however often it is used, so that this is linear in the document.
 */
export function checkStructure(document: DocumentNode, limits: Limits): void {
  const fragments = fragmentsOf(document);
  const extentOf = measure(fragments);
  for (const definition of document.definitions) {
    // A fragment that no operation uses is refused by validation, which has to look at it first.
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { fields, aliases, depth, rootFields } = extentOf(definition.selectionSet);
    if (depth > limits.MAX_DEPTH) throw refusal('MAX_DEPTH', `The operation is ${depth} fields deep`);
    if (aliases > limits.MAX_ALIASES) {
      throw refusal('MAX_ALIASES', `The operation has ${aliases} aliases and repeated fields`);
    }
    if (fields > limits.MAX_TOKENS) {
      throw refusal('MAX_TOKENS', `The operation has ${fields} fields once its fragments are written out`);
    }
    checkRepetition(definition.selectionSet, fragments, limits);
    if (definition.kind === Kind.OPERATION_DEFINITION && rootFields > limits.MAX_ROOT_FIELDS) {
      throw refusal('MAX_ROOT_FIELDS', `The operation has ${rootFields} root fields`);
    }
  }
}

/**
 * Fields that answer under one name are compared with one another by validation, each with each and with all below them,
 * wherever in the fragments of a selection they stand: so many of them in one place cost more than as many aliases.
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
          // What is below a field of a fragment is looked at where the fragment is defined.
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
    // Stands for itself while it is measured: a circle is for validation to refuse.
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
          // What can be asked of the schema is bounded by a rule of its own and by the cost.
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
