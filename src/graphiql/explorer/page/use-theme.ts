import { useGraphiQL } from '@graphiql/react';
import { useSyncExternalStore } from 'react';
import type { Theme } from '../look/colours.ts';

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(onChange: () => void): () => void {
  darkSystem.addEventListener('change', onChange);
  return () => darkSystem.removeEventListener('change', onChange);
}

/** GraphiQL's theme; where it is left to the system, the system's. */
export function useTheme(): Theme {
  const chosen = useGraphiQL((state) => state.theme);
  const isDark = useSyncExternalStore(subscribe, () => darkSystem.matches);
  return chosen ?? (isDark ? 'dark' : 'light');
}
