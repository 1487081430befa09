import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { isSelected } from './is-selected.ts';

/** Whether an operation selects a direct subfield of the resolved field, following fragments and directives. */
export function selects(info: GraphQLResolveInfo, fieldName: string): boolean {
  return info.fieldNodes.some((node) => node.selectionSet !== undefined && holds(info, node.selectionSet, fieldName));
}

function holds(info: GraphQLResolveInfo, selectionSet: SelectionSetNode, fieldName: string): boolean {
  return selectionSet.selections.some((selection) => {
    if (!isSelected(selection, info.variableValues)) return false;
    if (selection.kind === 'Field') return selection.name.value === fieldName;
    const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    return fragment !== undefined && holds(info, fragment.selectionSet, fieldName);
  });
}
