import { useCallback, useSyncExternalStore } from 'react';

const storageKey = 'explorer:recent';
const changed = 'explorer-recent';
const most = 5;

function subscribe(onChange: () => void): () => void {
  window.addEventListener(changed, onChange);
  return () => window.removeEventListener(changed, onChange);
}

/** Ids of the profiles looked at last, newest first; names are asked for again, so that none is kept in the browser. */
export function useRecent(): { readonly recent: readonly string[]; readonly remember: (id: string) => void } {
  const text = useSyncExternalStore(subscribe, () => window.localStorage.getItem(storageKey) ?? '[]');
  const remember = useCallback((id: string) => {
    const known = readIds(window.localStorage.getItem(storageKey) ?? '[]');
    if (known[0] === id) return;
    window.localStorage.setItem(
      storageKey,
      JSON.stringify([id, ...known.filter((other) => other !== id)].slice(0, most)),
    );
    window.dispatchEvent(new Event(changed));
  }, []);
  return { recent: readIds(text), remember };
}

function readIds(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
