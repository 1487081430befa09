import { type RefObject, useEffect, useState } from 'react';

/** Few, so that a panel dragged a little wider isn't laid out anew at every step. */
const steps = [0.7, 1.1, 1.7, 2.4];
const reluctance = Math.log(1.6);

/** Width to height of an element, roughly; undefined until it is known. */
export function useProportion(element: RefObject<HTMLElement | null>): number | undefined {
  const [proportion, setProportion] = useState<number>();
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined || entry.contentRect.height === 0) return;
      const { width, height } = entry.contentRect;
      const distance = (step: number) => Math.abs(Math.log(step / (width / height)));
      const nearest = steps.reduce((best, step) => (distance(step) < distance(best) ? step : best));
      // A legend or a card that takes some room away is no reason to move everything.
      setProportion((current) => (current !== undefined && distance(current) < reluctance ? current : nearest));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return proportion;
}
