import type { AttributePath, CompareOperator, CompareValue, Filter } from './ast.ts';

/** One test on one attribute: what an allow-list of (attribute, operator) pairs is checked against. */
export interface Condition {
  /** Inside a value path with the outer attribute in front: `emails.type` for `emails[type eq "work"]`. */
  readonly attribute: AttributePath;
  readonly operator: CompareOperator | 'pr';
  /** undefined for `pr`. */
  readonly value: CompareValue | undefined;
}

/**
 * Calls `visit` for each node, parents first and otherwise in the order of the text; `within` is the attribute of the
 * value path around the node. Linear and iterative.
 */
export function walkFilter(filter: Filter, visit: (node: Filter, within: AttributePath | undefined) => void): void {
  interface Step {
    readonly node: Filter;
    readonly within: AttributePath | undefined;
  }
  const pending: Step[] = [{ node: filter, within: undefined }];
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const { node, within } = step;
    visit(node, within);
    if (node.kind === 'not') pending.push({ node: node.operand, within });
    if (node.kind === 'some') pending.push({ node: node.filter, within: qualify(node.attribute, within) });
    if (node.kind !== 'and' && node.kind !== 'or') continue;
    for (const operand of node.operands.toReversed()) pending.push({ node: operand, within });
  }
}

/** The comparisons and presence tests of a filter, in the order of the text. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  const conditions: Condition[] = [];
  walkFilter(filter, (node, within) => {
    if (node.kind === 'compare') {
      conditions.push({ attribute: qualify(node.attribute, within), operator: node.operator, value: node.value });
    } else if (node.kind === 'present') {
      conditions.push({ attribute: qualify(node.attribute, within), operator: 'pr', value: undefined });
    }
  });
  return conditions;
}

/** `emails` and `type` make `emails.type`. */
export function qualify(attribute: AttributePath, within: AttributePath | undefined): AttributePath {
  return within === undefined ? attribute : `${within}.${attribute}`;
}
