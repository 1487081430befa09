import type { Steps } from '../steps.ts';
import { at } from './adjacency.ts';
import { type ClosureBlock, closureBlocks } from './closure.ts';
import type { Condensation } from './components.ts';

/** The rows of one block that differ, and which of them each component has; row 0 is empty. */
interface StoredBlock {
  readonly from: number;
  readonly stride: number;
  readonly rowOf: Int32Array;
  readonly rows: Int32Array;
}

/**
 * One set of numbers per node, which the members of a cycle share; equal parts of sets are stored once. Memory: 4 bytes per component
 * and 1,024 numbers, plus 128 bytes per distinct part.
 */
export class NodeSets {
  readonly #componentOf: Int32Array;
  readonly #blocks: readonly StoredBlock[];
  readonly #classes: Int32Array;
  readonly #counts: Int32Array;

  constructor(componentOf: Int32Array, blocks: readonly StoredBlock[], classes: Int32Array, counts: Int32Array) {
    this.#componentOf = componentOf;
    this.#blocks = blocks;
    this.#classes = classes;
    this.#counts = counts;
  }

  /** How many nodes there are. */
  get size(): number {
    return this.#componentOf.length;
  }

  /** Two nodes have equal sets exactly if these are equal: content is compared, a hash only finds candidates. 0: the empty set. */
  classOf(node: number): number {
    return node < 0 ? 0 : at(this.#classes, at(this.#componentOf, node));
  }

  /** How many numbers the set holds. O(1). */
  count(node: number): number {
    return at(this.#counts, at(this.#componentOf, node));
  }

  /** O(1). */
  has(node: number, value: number): boolean {
    const block = this.#blocks[value >>> 10];
    if (block === undefined) return false;
    const word = at(block.rowOf, at(this.#componentOf, node)) * block.stride + ((value & 1023) >>> 5);
    return ((at(block.rows, word) >>> (value & 31)) & 1) === 1;
  }

  /** The numbers of the set, ascending. */
  values(node: number): Generator<number, void> {
    return this.without(node, this, -1);
  }

  /** The numbers of the set that a node of `others`, which are sets of the same numbers, has not. -1 has none. */
  *without(node: number, others: NodeSets, other: number): Generator<number, void> {
    for (const [i, { from, stride, rowOf, rows }] of this.#blocks.entries()) {
      const row = node < 0 ? 0 : at(rowOf, at(this.#componentOf, node)) * stride;
      const block = others.#blocks[i];
      const theirs = block === undefined || other < 0 ? 0 : at(block.rowOf, at(others.#componentOf, other)) * stride;
      for (let word = 0; row !== 0 && word < stride; word++) {
        const left = at(rows, row + word) & ~(theirs === 0 || block === undefined ? 0 : at(block.rows, theirs + word));
        for (let rest = left; rest !== 0; rest &= rest - 1) yield from + word * 32 + (31 - Math.clz32(rest & -rest));
      }
    }
  }

  /** Bytes in typed arrays, for reports. */
  get bytes(): number {
    let bytes = this.#classes.byteLength + this.#counts.byteLength;
    for (const { rowOf, rows } of this.#blocks) bytes += rowOf.byteLength + rows.byteLength;
    return bytes;
  }
}

/**
 * Gives each node its own numbers, which are below `size`, and those of all that it inherits from. `holdersOf` names the nodes that have
 * a number themselves. Time as of `closureBlocks`, plus one look-up per component and block it has a number of. A step is a block.
 */
export function* nodeSets(
  condensation: Condensation,
  size: number,
  holdersOf: (number: number) => Int32Array,
): Steps<NodeSets> {
  const { componentOf } = condensation;
  const seedsOf = (number: number) => holdersOf(number).map((node) => at(componentOf, node));
  const blocks: StoredBlock[] = [];
  const classes = new Int32Array(condensation.size);
  const counts = new Int32Array(condensation.size);
  let nextClass = 1;
  for (const block of closureBlocks(condensation, size, seedsOf)) {
    const { rowOf, rows } = internRows(block);
    blocks.push({ from: block.from, stride: block.stride, rowOf, rows });
    const sizes = rowSizes(rows, block.stride);
    // Equal so far and equal here is one class; a component with nothing here keeps its class, which no other then enters.
    const refined = new Map<number, number>();
    for (let component = 0; component < condensation.size; component++) {
      const row = at(rowOf, component);
      if (row === 0) continue;
      const pair = at(classes, component) * sizes.length + row;
      const known = refined.get(pair);
      if (known === undefined) refined.set(pair, nextClass);
      classes[component] = known ?? nextClass++;
      counts[component] = at(counts, component) + at(sizes, row);
    }
    yield;
  }
  return new NodeSets(componentOf, blocks, classes, counts);
}

/** Finds equal rows by an open-addressing table of row numbers. */
function internRows({ stride, words, active }: ClosureBlock): {
  readonly rowOf: Int32Array;
  readonly rows: Int32Array;
} {
  const rowOf = new Int32Array(active.length);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(active.length * 2 + 2)));
  const rows = new Int32Array((active.filter((flag) => flag === 1).length + 1) * stride);
  let count = 1;
  for (let component = 0; component < active.length; component++) {
    if (active[component] !== 1) continue;
    const own = component * stride;
    let slot = hash(words, own, stride) & (slots.length - 1);
    for (
      let row = at(slots, slot);
      row !== 0 && !equal(words, own, rows, row * stride, stride);
      row = at(slots, slot)
    ) {
      slot = (slot + 1) & (slots.length - 1);
    }
    if (at(slots, slot) === 0) {
      slots[slot] = count;
      rows.set(words.subarray(own, own + stride), count * stride);
      count++;
    }
    rowOf[component] = at(slots, slot);
  }
  return { rowOf, rows: rows.slice(0, count * stride) };
}

function hash(words: Int32Array, from: number, length: number): number {
  let mixed = 0x811c9dc5;
  for (let word = 0; word < length; word++) {
    mixed = Math.imul(mixed ^ at(words, from + word), 0x9e3779b1);
    mixed ^= mixed >>> 15;
  }
  return mixed >>> 0;
}

function equal(a: Int32Array, fromA: number, b: Int32Array, fromB: number, length: number): boolean {
  for (let word = 0; word < length; word++) {
    if (at(a, fromA + word) !== at(b, fromB + word)) return false;
  }
  return true;
}

function rowSizes(rows: Int32Array, stride: number): Int32Array {
  const sizes = new Int32Array(rows.length / stride);
  for (let row = 0; row < sizes.length; row++) {
    let size = 0;
    for (let word = row * stride; word < (row + 1) * stride; word++) size += bitCount(at(rows, word));
    sizes[row] = size;
  }
  return sizes;
}

/** Adds bits up in pairs, then in fours, then in bytes. */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
