import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback } from 'react';
import { firstQuery } from './first-query.ts';
import { questions } from './question/questions.ts';

export interface QueryToOpen {
  /** One named operation. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly run: boolean;
}

/** Nobody's work is lost when the tab holds one of these, so it is used again instead of opening one more. */
const readyQueries = new Set([
  '',
  firstQuery,
  ...Object.values(questions).flatMap((group) => group.map(({ query }) => query)),
]);

/** Opens a query in GraphiQL, with the headers of the tab it is opened from, and runs it if asked to. */
export function useOpenQuery(): (opened: QueryToOpen) => void {
  const { addTab, setOperationName, updateActiveTabValues, run } = useGraphiQLActions();
  const { queryEditor, variableEditor, headerEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor'),
  );
  return useCallback(
    (opened) => {
      if (queryEditor === undefined) return;
      const headers = headerEditor?.getValue() ?? '';
      if (!readyQueries.has(queryEditor.getValue())) {
        addTab();
        headerEditor?.setValue(headers);
      }
      const variables = JSON.stringify(opened.variables, null, 2);
      const operationName = /(?:query|mutation)\s+(\w+)/.exec(opened.query)?.[1] ?? '';
      queryEditor.setValue(opened.query);
      variableEditor?.setValue(variables);
      updateActiveTabValues({ query: opened.query, variables, headers });
      // GraphiQL learns the name from the text a moment later, too late for a run started now.
      setOperationName(operationName);
      if (opened.run) run();
    },
    [queryEditor, variableEditor, headerEditor, addTab, setOperationName, updateActiveTabValues, run],
  );
}
