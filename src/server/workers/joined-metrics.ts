import { Registry } from 'prom-client';
import type { Metrics } from '../watch/metrics.ts';
import type { PrimaryLink } from './messages.ts';

/** The metrics of one worker, who is asked for those of all: it prints what the primary process adds up. */
export function joinedMetrics(own: Metrics, primary: PrimaryLink): Metrics {
  const scrapes = new Map<number, (text: string | null) => void>();
  let last = 0;
  primary.onMessage((message) => {
    if (message.kind === 'collect') {
      const { request } = message;
      void own.values().then((values) => primary.send({ kind: 'values', request, values }));
    } else if (message.kind === 'metrics') {
      scrapes.get(message.scrape)?.(message.text);
      scrapes.delete(message.scrape);
    }
  });
  return {
    ...own,
    async print() {
      const scrape = ++last;
      const told = new Promise<string | null>((resolve) => scrapes.set(scrape, resolve));
      primary.send({ kind: 'scrape', scrape });
      const text = await told;
      if (text === null) throw new Error('A worker did not say its numbers in time.');
      return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, text };
    },
  };
}
