import { useGraphiQL } from '@graphiql/react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Theme } from '../look/colours.ts';
import type { Measure } from '../text/cut.ts';

/** Whether a media query holds, such as `(max-width: 700px)`. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** GraphiQL's theme; where it is left to the system, the system's. */
export function useTheme(): Theme {
  const chosen = useGraphiQL((state) => state.theme);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  return chosen ?? (isDark ? 'dark' : 'light');
}

/** A value once it has not changed for a while, so that not every key stroke asks the gateway. */
export function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** Hears of events of the window. */
export function subscribeTo(...names: readonly string[]): (onChange: () => void) => () => void {
  return (onChange) => {
    for (const name of names) window.addEventListener(name, onChange);
    return () => {
      for (const name of names) window.removeEventListener(name, onChange);
    };
  };
}

const stored = 'explorer-stored';
const subscribeToStore = subscribeTo(stored);

/** What the browser keeps for the reader from visit to visit. */
export function useStored(key: string): readonly [value: string | null, store: (value: string) => void] {
  const value = useSyncExternalStore(subscribeToStore, () => window.localStorage.getItem(key));
  const store = useCallback(
    (next: string) => {
      window.localStorage.setItem(key, next);
      window.dispatchEvent(new Event(stored));
    },
    [key],
  );
  return [value, store];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The inner size of an element, once it is there. Scroll bars that come and go don't change it. */
export function useSize(): [ref: (element: HTMLElement | null) => (() => void) | undefined, size: Size | undefined] {
  const [size, setSize] = useState<Size>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const measure = () =>
      setSize((known) => {
        const [width, height] = [element.offsetWidth, element.offsetHeight];
        return known?.width === width && known.height === height ? known : { width, height };
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

const context = document.createElement('canvas').getContext('2d');

function measureIn(font: string): Measure {
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text);
    if (width !== undefined) return width;
    if (context === null) return text.length * 7;
    context.font = font;
    const measured = context.measureText(text).width;
    if (known.size > 20_000) known.clear();
    known.set(text, measured);
    return measured;
  };
}

export type Measures = Readonly<Record<'name' | 'row', Measure>>;

function createMeasures(): Measures {
  return { name: measureIn('500 13px Roboto, sans-serif'), row: measureIn('500 12.5px Roboto, sans-serif') };
}

let measures = createMeasures();

function subscribeToFonts(onChange: () => void): () => void {
  const renew = () => {
    measures = createMeasures();
    onChange();
  };
  document.fonts.addEventListener('loadingdone', renew);
  return () => document.fonts.removeEventListener('loadingdone', renew);
}

/** Widths of texts in the fonts of the pictures; others once the fonts have arrived. */
export function useMeasures(): Measures {
  return useSyncExternalStore(subscribeToFonts, () => measures);
}
