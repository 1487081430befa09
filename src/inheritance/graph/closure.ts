import { at } from './adjacency.ts';
import type { Condensation } from './components.ts';

/** Bits are worked on 1,024 at a time: 128 bytes per component, whatever the number of bits. */
const blockBits = 1_024;

/** One block of a closure: which of the bits `from..to-1` each component has. Overwritten by the next block. */
export interface ClosureBlock {
  readonly from: number;
  readonly to: number;
  /** Words per component. */
  readonly stride: number;
  /** Component `c` has the words `c * stride .. (c + 1) * stride - 1`; bit `b` is bit `b - from` of them. */
  readonly words: Int32Array;
  /** 1 for a component that has any bit of the block. */
  readonly active: Uint8Array;
}

/**
 * Gives every component its own bits and those of everything it inherits from: one pass over the components, parents
 * first, per block of 1,024 bits. `seedsOf(bit)` names the components that have the bit themselves. Time
 * O((components + edges) * bits / 32) word operations, less where bits reach few components; memory 128 bytes per component.
 */
export function* closureBlocks(
  condensation: Condensation,
  bits: number,
  seedsOf: (bit: number) => Iterable<number>,
): Generator<ClosureBlock, void> {
  const stride = Math.ceil(Math.min(bits, blockBits) / 32);
  const words = new Int32Array(condensation.size * stride);
  const active = new Uint8Array(condensation.size);
  for (let from = 0; from < bits; from += blockBits) {
    const to = Math.min(from + blockBits, bits);
    words.fill(0);
    active.fill(0);
    for (let bit = from; bit < to; bit++) {
      for (const component of seedsOf(bit)) {
        const word = component * stride + ((bit - from) >>> 5);
        words[word] = at(words, word) | (1 << (bit & 31));
        active[component] = 1;
      }
    }
    inherit(condensation, words, stride, active);
    yield { from, to, stride, words, active };
  }
}

function inherit({ size, parents }: Condensation, words: Int32Array, stride: number, active: Uint8Array): void {
  for (let component = 0; component < size; component++) {
    for (let slot = parents.first(component); slot < parents.end(component); slot++) {
      const parent = parents.target(slot);
      if (active[parent] !== 1) continue;
      active[component] = 1;
      const own = component * stride;
      const theirs = parent * stride;
      for (let word = 0; word < stride; word++) {
        words[own + word] = at(words, own + word) | at(words, theirs + word);
      }
    }
  }
}

/** Whether a component has a bit of the block. */
export function hasBit({ from, stride, words }: ClosureBlock, component: number, bit: number): boolean {
  return ((at(words, component * stride + ((bit - from) >>> 5)) >>> (bit & 31)) & 1) === 1;
}
