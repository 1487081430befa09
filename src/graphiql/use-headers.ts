import { parseJSONC, useGraphiQL } from '@graphiql/react';
import { useCallback } from 'react';

/** Reads the headers set in GraphiQL's editor, for the panels' own requests. Throws if they are no JSON object of strings. */
export function useHeaders(): () => Record<string, string> {
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  return useCallback(() => {
    const headers = parseJSONC(headerEditor?.getValue() || '{}');
    return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
  }, [headerEditor]);
}
