import type { CompareValue, Filter } from './ast.ts';
import { compareOperators, isAttributePath } from './ast.ts';

export interface PrintOptions {
  /**
   * Puts `and` inside `or` in parentheses too, for a reader of whom it isn't known which of them binds tighter. Without
   * it there are only those that RFC 7644 needs.
   */
  readonly explicit?: boolean;
}

/**
 * The text of a filter (RFC 7644 §3.4.2.2), with no parentheses but those that precedence needs: `or` inside `and`, and
 * after `not`. The only place in the project that escapes a filter value. Throws RangeError on what the language can't
 * say: an attribute that isn't an attribute path, NaN or an infinity, `and`/`or` of nothing, a value path in a value path.
 */
export function printFilter(filter: Filter, { explicit = false }: PrintOptions = {}): string {
  let text = '';
  let inValuePath = false;
  const pending: (Filter | string)[] = [filter];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      text += next;
      if (next === ']') inValuePath = false;
      continue;
    }
    switch (next.kind) {
      case 'compare':
        text += `${printPath(next.attribute)} ${printOperator(next.operator)} ${printValue(next.value)}`;
        break;
      case 'present':
        text += `${printPath(next.attribute)} pr`;
        break;
      case 'not':
        pending.push(')', next.operand, 'not (');
        break;
      case 'some':
        if (inValuePath) throw new RangeError(`SCIM has no value path inside a value path: ${next.attribute}`);
        inValuePath = true;
        text += `${printPath(next.attribute)}[`;
        pending.push(']', next.filter);
        break;
      case 'and':
      case 'or':
        pushOperands(pending, next.kind, next.operands, explicit);
    }
  }
  return text;
}

function pushOperands(
  pending: (Filter | string)[],
  kind: 'and' | 'or',
  operands: readonly Filter[],
  explicit: boolean,
): void {
  if (operands.length === 0) throw new RangeError(`a SCIM "${kind}" needs at least one operand`);
  for (const [index, operand] of operands.toReversed().entries()) {
    if (index > 0) pending.push(` ${kind} `);
    const isOther = operand.kind !== kind && (operand.kind === 'or' || (explicit && operand.kind === 'and'));
    if (isOther) pending.push(')', operand, '(');
    else pending.push(operand);
  }
}

function printPath(attribute: string): string {
  if (!isAttributePath(attribute)) throw new RangeError(`not a SCIM attribute path: ${JSON.stringify(attribute)}`);
  return attribute;
}

// The types already say so; this is the last gate before text, and JavaScript callers pass through it too.
function printOperator(operator: string): string {
  if (!compareOperators.some((known) => known === operator)) {
    throw new RangeError(`not a SCIM operator: ${JSON.stringify(operator)}`);
  }
  return operator;
}

function printValue(value: CompareValue): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`not a JSON number: ${value}`);
    return Object.is(value, -0) ? '-0' : String(value);
  }
  // JSON.stringify escapes lone surrogates; it leaves U+2028 and U+2029, which some readers take for line ends.
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'));
}
