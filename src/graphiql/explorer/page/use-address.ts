import { useCallback, useSyncExternalStore } from 'react';
import { isRecord, strings, text } from '../../json.ts';
import { type Address, firstAddress, printAddress, readAddress } from './address.ts';
import { subscribeTo } from './browser.ts';

const changed = 'explorer-address';
/** The browser's address is the one place that holds it, so that back, forward, reload and shared links work. */
const subscribe = subscribeTo('popstate', 'hashchange', changed);
let last: { readonly key: string; readonly address: Address } | undefined;

/** What stays out of links (search words, labels, names) lives in the entry of the browser's history. */
function current(): Address {
  const fragment = window.location.hash;
  const state: unknown = window.history.state;
  const key = fragment + JSON.stringify(state);
  if (last?.key !== key) last = { key, address: withHidden(readAddress(fragment) ?? firstAddress, state) };
  return last.address;
}

function withHidden(address: Address, state: unknown): Address {
  const hidden = isRecord(state) ? state['explorer'] : undefined;
  if (!isRecord(hidden)) return address;
  const filters = { ...address.filters, words: text(hidden['words']) ?? '', labels: strings(hidden['labels']) };
  return { ...address, filters, chosen: address.chosen ?? text(hidden['chosen']) };
}

/** Tells the entries of the browser's history apart. */
export function historyEntry(): string {
  const state: unknown = window.history.state;
  return (isRecord(state) ? text(state['explorerEntry']) : undefined) ?? '';
}

export interface Navigation {
  readonly address: Address;
  /** Goes there: one more step for the browser's back. */
  readonly go: (address: Partial<Address>) => void;
  /** Changes what is shown in this place, without a step of its own. */
  readonly adjust: (address: Partial<Address>) => void;
}

/** What was open in one place is not open in the next. */
const elsewhere = { chosen: undefined, tab: undefined, finding: undefined, rest: false } satisfies Partial<Address>;

export function useAddress(): Navigation {
  const address = useSyncExternalStore(subscribe, current);
  const write = useCallback((part: Partial<Address>, isStep: boolean) => {
    const next = { ...current(), ...(isStep && elsewhere), ...part };
    const { words, labels } = next.filters;
    const isNew = isStep && printAddress(next) !== window.location.hash;
    const state = {
      explorer: { words, labels, chosen: next.chosen },
      explorerEntry: isNew ? crypto.getRandomValues(new Uint32Array(2)).join() : historyEntry(),
    };
    window.history[isNew ? 'pushState' : 'replaceState'](state, '', printAddress(next));
    window.dispatchEvent(new Event(changed));
  }, []);
  const go = useCallback((part: Partial<Address>) => write(part, true), [write]);
  const adjust = useCallback((part: Partial<Address>) => write(part, false), [write]);
  return { address, go, adjust };
}

/** Whether there is a step back, and one forward; where the browser does not tell, there may be. */
export function useSteps(): { readonly canGoBack: boolean; readonly canGoForward: boolean } {
  useAddress();
  const navigation = 'navigation' in window ? window.navigation : undefined;
  return { canGoBack: navigation?.canGoBack !== false, canGoForward: navigation?.canGoForward !== false };
}

/** Takes the explorer's address away when it is closed, so that a reload does not open it again; the browser's back does. */
export function clearAddress(): void {
  if (readAddress(window.location.hash) !== undefined)
    window.history.pushState(null, '', window.location.pathname + window.location.search);
}
