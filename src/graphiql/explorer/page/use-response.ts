import { pick, useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { emptyGraph, type InheritanceGraph } from '../../response/graph.ts';
import { type ReadResponse, readGraph, readResponse } from '../../response/read-graph.ts';
import type { Address } from './address.ts';
import { subjectOf } from './query-subject.ts';

/** The response of the tab in front and the profiles it holds, read anew whenever it changes. */
export function useResponse(): {
  readonly read: ReadResponse;
  readonly graph: InheritanceGraph;
  /** The view that has a form of its own for it. */
  readonly subject: Partial<Address> | undefined;
} {
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor'),
  );
  const tab = tabs[activeTabIndex];
  const body = tab?.response ?? '';
  const operationName = tab?.operationName;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query counts as it was when the response came, not as it is edited since.
  const read = useMemo(() => readResponse(body, queryEditor?.getValue() ?? '', operationName), [body]);
  const graph = useMemo(() => (read.kind === 'data' ? readGraph(read.response) : emptyGraph), [read]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const subject = useMemo(
    () => subjectOf(queryEditor?.getValue() ?? '', operationName, variableEditor?.getValue() ?? ''),
    [body],
  );
  return { read, graph, subject };
}
