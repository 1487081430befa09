import type { AttributePath, CompareOperator, CompareValue, Comparison, Filter, Presence } from './ast.ts';
import { compare, compareOperators, isAttributePath } from './ast.ts';
import type { Token, WordToken } from './lexer.ts';
import { describeToken, quote, readToken, ScimSyntaxError } from './lexer.ts';

/** One expression of a filter as it is read, for whoever knows the attributes and refuses it by throwing ScimSyntaxError. */
export interface Expression {
  readonly attribute: AttributePath;
  /** The attribute of the value path around it. */
  readonly within: AttributePath | null;
  /** `[` opens a value path. */
  readonly operator: CompareOperator | 'pr' | '[';
  /** undefined for `pr` and `[`. */
  readonly value: CompareValue | undefined;
  /** The column at which each of them starts, as in ScimSyntaxError. */
  readonly columns: { readonly attribute: number; readonly operator: number; readonly value: number };
}

export type Review = (expression: Expression) => void;

/**
 * Reads a filter (RFC 7644 §3.4.2.2, values as in RFC 7159); throws ScimSyntaxError and nothing else, whatever the text.
 * Keywords and operators are case-insensitive, `and` binds tighter than `or`, and no word is reserved: `not` is an
 * attribute unless "(" follows. A value path holds no other value path. Iterative and linear, so nesting has no limit:
 * take the tree apart with `walkFilter` or another loop, never by recursion. `review` may throw ScimSyntaxError too.
 */
export function parseFilter(text: string, review: Review = () => undefined): Filter {
  const cursor = new Cursor(text);
  const enclosing: Group[] = [];
  let group = openGroup('start', cursor.token, null);
  for (;;) {
    const read = readOperand(cursor, group, review);
    if ('opener' in read) {
      enclosing.push(group);
      group = read;
      continue;
    }
    let operand: Draft = read;
    for (;;) {
      group.factors.push(operand);
      if (readConnective(cursor, group)) break;
      operand = readCloser(cursor, group);
      const outer = enclosing.pop();
      if (outer === undefined) return flatten(operand);
      group = outer;
    }
  }
}

/** A tree under construction, where an `and` may still stand directly in an `and`. */
type Draft =
  | Comparison
  | Presence
  | { readonly kind: 'and' | 'or'; operands: Draft[] }
  | { readonly kind: 'not'; readonly operand: Draft }
  | { readonly kind: 'some'; readonly attribute: string; readonly filter: Draft };

/** The operands since an opening bracket: the terms of an `or`, and the factors of the `and` that is being read. */
interface Group {
  readonly opener: 'start' | '(' | 'not' | '[';
  readonly column: number;
  /** The attribute of the value path that it is in, or opens. */
  readonly within: AttributePath | null;
  readonly terms: Draft[];
  factors: Draft[];
}

function openGroup(opener: Group['opener'], token: Token, within: AttributePath | null): Group {
  return { opener, column: token.start + 1, within, terms: [], factors: [] };
}

class Cursor {
  readonly #text: string;
  token: Token;

  constructor(text: string) {
    this.#text = text;
    this.token = readToken(text, 0);
  }

  advance(): void {
    this.token = readToken(this.#text, this.token.end);
  }

  error(expected: string, token: Token = this.token): ScimSyntaxError {
    return new ScimSyntaxError(`expected ${expected}, found ${describeToken(token)}`, token.start + 1);
  }
}

/** `"(" / "not" "(" / attrPath "["`, which open a group, or a whole `attrExp`. */
function readOperand(cursor: Cursor, { within }: Group, review: Review): Group | Comparison | Presence {
  const first = cursor.token;
  if (first.kind === '(') {
    cursor.advance();
    return openGroup('(', first, within);
  }
  if (first.kind !== 'word' || !isAttributePath(first.text)) throw cursor.error('an attribute, "not" or "("');
  cursor.advance();
  if (cursor.token.kind === '(' && isKeyword(first, 'not')) {
    cursor.advance();
    return openGroup('not', first, within);
  }
  if (cursor.token.kind === '[') {
    if (within !== null) {
      throw cursor.error(`an operator after ${quote(first.text)} (no value path inside a value path)`);
    }
    const group = openGroup('[', cursor.token, first.text);
    review({ attribute: first.text, within, operator: '[', value: undefined, columns: columnsOf(first, cursor.token) });
    cursor.advance();
    return group;
  }
  const expression = readAttributeExpression(cursor, first);
  review({ within, ...expression });
  const { attribute, operator, value } = expression;
  return operator === 'pr' || value === undefined
    ? { kind: 'present', attribute }
    : compare(attribute, operator, value);
}

/** `attrPath SP "pr" / attrPath SP compareOp SP compValue`, after the path. */
function readAttributeExpression(cursor: Cursor, attribute: WordToken) {
  const operator = cursor.token;
  const start = { attribute: attribute.text, columns: columnsOf(attribute, operator) };
  if (isKeyword(operator, 'pr')) {
    cursor.advance();
    return { ...start, operator: 'pr', value: undefined } as const;
  }
  const compareOperator = compareOperators.find((name) => isKeyword(operator, name));
  if (compareOperator === undefined) {
    // These were meant as keywords, although SCIM lets an attribute have their name.
    if (isKeyword(attribute, 'not')) throw cursor.error('"(" after "not"');
    if (isKeyword(attribute, 'and') || isKeyword(attribute, 'or')) {
      throw cursor.error('an attribute, "not" or "("', attribute);
    }
    throw cursor.error(`an operator (${compareOperators.join(', ')} or pr) after ${quote(attribute.text)}`);
  }
  cursor.advance();
  const columns = columnsOf(attribute, operator, cursor.token);
  return { ...start, operator: compareOperator, value: readValue(cursor, compareOperator), columns };
}

function columnsOf(attribute: Token, operator: Token, value: Token = operator): Expression['columns'] {
  return { attribute: attribute.start + 1, operator: operator.start + 1, value: value.start + 1 };
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** `compValue`; its words in any case, as clients send `True`. */
function readValue(cursor: Cursor, operator: string): CompareValue {
  const token = cursor.token;
  const value = literalOf(token);
  if (value === undefined) {
    throw cursor.error(`a value (a string in double quotes, a number, true, false or null) after "${operator}"`);
  }
  if (value === Infinity || value === -Infinity) throw cursor.error('a number that a double can hold');
  cursor.advance();
  return value;
}

function literalOf(token: Token): CompareValue | undefined {
  if (token.kind === 'string') return token.value;
  if (isKeyword(token, 'true')) return true;
  if (isKeyword(token, 'false')) return false;
  if (isKeyword(token, 'null')) return null;
  return token.kind === 'word' && jsonNumber.test(token.text) ? Number(token.text) : undefined;
}

/** Consumes `and` or `or`, if one is next. */
function readConnective(cursor: Cursor, group: Group): boolean {
  if (isKeyword(cursor.token, 'or')) {
    group.terms.push(join('and', group.factors));
    group.factors = [];
  } else if (!isKeyword(cursor.token, 'and')) {
    return false;
  }
  cursor.advance();
  return true;
}

const closers = { start: 'end', '(': ')', not: ')', '[': ']' } as const;

/** Consumes what closes the group, and makes one operand of it. */
function readCloser(cursor: Cursor, group: Group): Draft {
  const closer = closers[group.opener];
  if (cursor.token.kind !== closer) {
    const opened = `"${closer}" for the "${group.opener}" at column ${group.column}`;
    throw cursor.error(`"and", "or" or ${group.opener === 'start' ? 'end of filter' : opened}`);
  }
  cursor.advance();
  const filter = join('or', [...group.terms, join('and', group.factors)]);
  if (group.opener === 'not') return { kind: 'not', operand: filter };
  if (group.opener === '[') return { kind: 'some', attribute: group.within ?? '', filter };
  return filter;
}

function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === 'word' && token.text.length === keyword.length && token.text.toLowerCase() === keyword;
}

function join(kind: 'and' | 'or', operands: Draft[]): Draft {
  const [first] = operands;
  return first !== undefined && operands.length === 1 ? first : { kind, operands };
}

/**
 * Lifts `and` out of `and` and `or` out of `or`, where they stood in parentheses. Done once and from the root, as
 * lifting at each ")" would copy the operands once per level.
 */
function flatten(root: Draft): Filter {
  const pending: Draft[] = [root];
  for (let draft = pending.pop(); draft !== undefined; draft = pending.pop()) {
    if (draft.kind === 'not') pending.push(draft.operand);
    if (draft.kind === 'some') pending.push(draft.filter);
    if (draft.kind !== 'and' && draft.kind !== 'or') continue;
    const lifted: Draft[] = [];
    const unsorted = draft.operands.toReversed();
    for (let operand = unsorted.pop(); operand !== undefined; operand = unsorted.pop()) {
      if (operand.kind === draft.kind) {
        for (const inner of operand.operands.toReversed()) unsorted.push(inner);
      } else {
        lifted.push(operand);
        pending.push(operand);
      }
    }
    draft.operands = lifted;
  }
  return root;
}
