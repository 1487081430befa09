import { useCallback, useSyncExternalStore } from 'react';
import { type Address, firstAddress, printAddress, readAddress } from './address.ts';

/** The browser's address is the one place that holds it, so that back, forward, reload and shared links work. */
function subscribe(onChange: () => void): () => void {
  window.addEventListener('popstate', onChange);
  window.addEventListener('hashchange', onChange);
  window.addEventListener(changed, onChange);
  return () => {
    window.removeEventListener('popstate', onChange);
    window.removeEventListener('hashchange', onChange);
    window.removeEventListener(changed, onChange);
  };
}

const changed = 'explorer-address';
let last: { readonly fragment: string; readonly address: Address } | undefined;

/** What stays out of links (search words, labels) lives in the entry of the browser's history. */
function current(): Address {
  const fragment = window.location.hash;
  const state: unknown = window.history.state;
  const hidden =
    typeof state === 'object' && state !== null && 'explorerFilters' in state
      ? JSON.stringify(state.explorerFilters)
      : '';
  const key = fragment + hidden;
  if (last?.fragment !== key)
    last = { fragment: key, address: withHidden(readAddress(fragment) ?? firstAddress, hidden) };
  return last.address;
}

function withHidden(address: Address, hidden: string): Address {
  if (hidden === '') return address;
  const parsed: unknown = JSON.parse(hidden);
  if (typeof parsed !== 'object' || parsed === null) return address;
  const words = 'words' in parsed && typeof parsed.words === 'string' ? parsed.words : '';
  const labels = 'labels' in parsed && Array.isArray(parsed.labels) ? parsed.labels.map(String) : [];
  return { ...address, filters: { ...address.filters, words, labels } };
}

export interface Navigation {
  readonly address: Address;
  /** Goes there: one more step for the browser's back. */
  readonly go: (address: Partial<Address>) => void;
  /** Changes what is shown in this place, without a step of its own. */
  readonly adjust: (address: Partial<Address>) => void;
}

export function useAddress(): Navigation {
  const address = useSyncExternalStore(subscribe, current);
  const write = useCallback((part: Partial<Address>, isStep: boolean) => {
    const next = { ...current(), ...part };
    const { words, labels } = next.filters;
    const state = { explorerFilters: { words, labels } };
    if (isStep && printAddress(next) !== window.location.hash) window.history.pushState(state, '', printAddress(next));
    else window.history.replaceState(state, '', printAddress(next));
    window.dispatchEvent(new Event(changed));
  }, []);
  const go = useCallback((part: Partial<Address>) => write(part, true), [write]);
  const adjust = useCallback((part: Partial<Address>) => write(part, false), [write]);
  return { address, go, adjust };
}

/** Takes the explorer's address away when it is closed, so that a reload does not open it again. */
export function clearAddress(): void {
  if (readAddress(window.location.hash) !== undefined)
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
}
