import { pick, useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { type ReadResponse, readResponse } from '../graph/read-response.ts';

/** The response of the tab in front, read anew whenever it changes. */
export function useResponse(): { readonly body: string; readonly read: ReadResponse } {
  const { tabs, activeTabIndex, queryEditor } = useGraphiQL(pick('tabs', 'activeTabIndex', 'queryEditor'));
  const tab = tabs[activeTabIndex];
  const body = tab?.response ?? '';
  const operationName = tab?.operationName;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query counts as it was when the response came, not as it is edited since.
  const read = useMemo(() => readResponse(body, queryEditor?.getValue() ?? '', operationName), [body]);
  return { body, read };
}
