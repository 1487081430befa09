import { useGraphiQL } from '@graphiql/react';
import type { Theme } from '../look/colours.ts';
import { useMedia } from './use-media.ts';

/** GraphiQL's theme; where it is left to the system, the system's. */
export function useTheme(): Theme {
  const chosen = useGraphiQL((state) => state.theme);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  return chosen ?? (isDark ? 'dark' : 'light');
}
