import { type RefObject, useEffect } from 'react';
import { historyEntry } from './use-address.ts';

type Places = Map<string, { readonly left: number; readonly top: number }>;

const areas = ['.explorer-stage', '.explorer-side', '.explorer-card', '.explorer-table', '.explorer-map'];
/** What takes longer to come back than this is read from its beginning. */
const patience = 5_000;

const byEntry = new Map<string, Places>();

/** Back and forward bring the scroll positions back, as soon as what was scrolled is there again. */
export function useScrollMemory(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let wanted: Places = new Map();
    let until = 0;

    function restore() {
      for (const [area, { left, top }] of wanted) {
        const element = root.current?.querySelector(area);
        if (!element) continue;
        element.scrollTo(left, top);
        if (Math.abs(element.scrollTop - top) < 2 && Math.abs(element.scrollLeft - left) < 2) wanted.delete(area);
      }
      if (performance.now() > until) wanted.clear();
      if (wanted.size > 0) requestAnimationFrame(restore);
    }
    function onPop() {
      wanted = new Map(byEntry.get(historyEntry()));
      until = performance.now() + patience;
      requestAnimationFrame(restore);
    }
    function onScroll({ target }: Event) {
      const area = target instanceof Element ? areas.find((each) => target.matches(each)) : undefined;
      if (area === undefined || !(target instanceof Element) || wanted.has(area)) return;
      const places: Places = byEntry.get(historyEntry()) ?? new Map();
      byEntry.set(historyEntry(), places.set(area, { left: target.scrollLeft, top: target.scrollTop }));
    }
    // The reader's own scrolling comes first.
    const giveUp = () => wanted.clear();
    const listeners = [
      ['popstate', onPop],
      ['scroll', onScroll],
      ['wheel', giveUp],
      ['pointerdown', giveUp],
      ['keydown', giveUp],
    ] as const;
    for (const [name, listener] of listeners) window.addEventListener(name, listener, { capture: true, passive: true });
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener, { capture: true });
    };
  }, [root]);
}
