import { useSyncExternalStore } from 'react';
import type { Measure } from '../text/cut.ts';

const context = document.createElement('canvas').getContext('2d');
const family = 'Roboto, sans-serif';

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
  return { name: measureIn(`500 13px ${family}`), row: measureIn(`500 12.5px ${family}`) };
}

let measures = createMeasures();

function subscribe(onChange: () => void): () => void {
  const renew = () => {
    measures = createMeasures();
    onChange();
  };
  document.fonts.addEventListener('loadingdone', renew);
  return () => document.fonts.removeEventListener('loadingdone', renew);
}

/** Widths of texts in the fonts of the pictures; others once the fonts have arrived. */
export function useMeasures(): Measures {
  return useSyncExternalStore(subscribe, () => measures);
}
