import type { AttributePath, Comparison, Filter, Presence, ValuePath } from './ast.ts';
import { compare } from './ast.ts';
import { scalarTest } from './comparison.ts';
import type { Resolve } from './value.ts';
import { elementsOf, isPresent, resolverOfElement, scalarOf } from './value.ts';
import { qualify } from './walk.ts';

export interface EvaluateOptions {
  /**
   * Whether an attribute compares its strings case-exactly (RFC 7643 §2.2 `caseExact`); by default none does. Asked once
   * per comparison and compilation; inside a value path for `emails.type`.
   */
  readonly caseExact?: (attribute: AttributePath) => boolean;
}

/** Whether a record satisfies the filter it was compiled from. Never throws of itself. */
export type CompiledFilter = (resolve: Resolve) => boolean;

/**
 * Prepares a filter for many records. On a multi-valued attribute a comparison holds if any value satisfies it, save
 * `ne`, which is the negation of `eq`: no value equals, so it holds for an attribute without values. `eq null` is: no
 * value. `pr`: some value that isn't "". Strings compare without case, date-times as instants (`compareInstants`), and
 * values of different types never. Throws RangeError on `and`/`or` of nothing and on a value path in a value path, like
 * `printFilter`. Linear; a record costs at most one test per comparison.
 */
export function compileFilter(filter: Filter, options: EvaluateOptions = {}): CompiledFilter {
  return compileWithin(filter, options, undefined);
}

/** One test of the program, and where to go on from it. */
interface Step {
  readonly test: CompiledFilter;
  readonly whenTrue: Target;
  readonly whenFalse: Target;
}

/** The index of a step, filled in when that step is reached; negative: done. */
interface Target {
  at: number;
}

const accept: Target = { at: -1 };
const reject: Target = { at: -2 };

/**
 * Compiles to a list of tests with two jumps each. `and`, `or` and `not` exist in the jumps only (`not` swaps them), so
 * that neither compiling nor evaluating recurses, however deep the filter.
 */
function compileWithin(filter: Filter, options: EvaluateOptions, within: AttributePath | undefined): CompiledFilter {
  interface Pending {
    readonly node: Filter;
    /** The position of the node's first test, to which others jump. */
    readonly entry: Target;
    readonly whenTrue: Target;
    readonly whenFalse: Target;
  }
  const steps: Step[] = [];
  const pending: Pending[] = [{ node: filter, entry: { at: 0 }, whenTrue: accept, whenFalse: reject }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, entry, whenTrue, whenFalse } = next;
    entry.at = steps.length;
    if (node.kind === 'not') {
      pending.push({ node: node.operand, entry, whenTrue: whenFalse, whenFalse: whenTrue });
    } else if (node.kind === 'and' || node.kind === 'or') {
      if (node.operands.length === 0) throw new RangeError(`a SCIM "${node.kind}" needs at least one operand`);
      let following: Target | undefined;
      // Last operand first: each one jumps to the one after it, and the stack hands out the first one next.
      for (const operand of node.operands.toReversed()) {
        const start: Target = { at: 0 };
        if (following === undefined) pending.push({ node: operand, entry: start, whenTrue, whenFalse });
        else if (node.kind === 'and') pending.push({ node: operand, entry: start, whenTrue: following, whenFalse });
        else pending.push({ node: operand, entry: start, whenTrue, whenFalse: following });
        following = start;
      }
    } else {
      steps.push({ test: compileTest(node, options, within), whenTrue, whenFalse });
    }
  }
  return (resolve) => {
    let at = 0;
    for (let step = steps[at]; step !== undefined; step = steps[at]) {
      at = (step.test(resolve) ? step.whenTrue : step.whenFalse).at;
    }
    return at === accept.at;
  };
}

function compileTest(
  node: Comparison | Presence | ValuePath,
  options: EvaluateOptions,
  within: AttributePath | undefined,
): CompiledFilter {
  const { attribute } = node;
  if (node.kind === 'present') return (resolve) => isPresent(resolve(attribute));
  if (node.kind === 'compare') return compileComparison(node, options, within);
  if (within !== undefined) throw new RangeError(`SCIM has no value path inside a value path: ${attribute}`);
  const inner = compileWithin(node.filter, options, attribute);
  return (resolve) => elementsOf(resolve(attribute)).some((element) => inner(resolverOfElement(element)));
}

function compileComparison(
  { attribute, operator, value }: Comparison,
  options: EvaluateOptions,
  within: AttributePath | undefined,
): CompiledFilter {
  if (operator === 'ne') {
    const equal = compileComparison(compare(attribute, 'eq', value), options, within);
    return (resolve) => !equal(resolve);
  }
  if (operator === 'eq' && value === null) return (resolve) => elementsOf(resolve(attribute)).length === 0;
  const test = scalarTest(operator, value, options.caseExact?.(qualify(attribute, within)) ?? false);
  return (resolve) => {
    const found = resolve(attribute);
    // The usual case, spared the list.
    if (typeof found !== 'object') return found !== undefined && test(found);
    return elementsOf(found).some((element) => {
      const scalar = scalarOf(element);
      return scalar !== undefined && test(scalar);
    });
  };
}
