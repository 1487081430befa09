import { type DocumentNode, getOperationAST } from 'graphql';

/** Whether an operation asks nothing of the API: only for the schema, or for the name of a type. */
export function asksOnlyForSchema({
  document,
  operationName,
}: {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}): boolean {
  const selections = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  return selections.every((selection) => selection.kind === 'Field' && selection.name.value.startsWith('__'));
}
