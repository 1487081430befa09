import { AggregatorRegistry } from 'prom-client';
import type { MetricValues } from '../watch/metrics.ts';
import type { FromWorker, WorkerLink } from './messages.ts';

/** Milliseconds in which every worker has to say its numbers. */
const collectMs = 4000;

interface Collection {
  readonly from: Map<number, MetricValues | null>;
  readonly done: () => void;
}

/**
 * The metrics of all workers as those of one process. One whose numbers are missing fails the scrape, and one that has ended is
 * counted on with what it last said: a sum that falls is taken for a restart, after which all of it is counted again.
 */
export class AllMetrics {
  readonly #members = new Map<number, { readonly link: WorkerLink; last: MetricValues }>();
  readonly #collections = new Map<number, Collection>();
  /** What was counted by those that are no more. */
  #ended: Promise<MetricValues> = Promise.resolve([]);
  #lastRequest = 0;

  /** A worker has numbers from now on. */
  join(link: WorkerLink): void {
    this.#members.set(link.id, { link, last: [] });
  }

  leave(id: number): void {
    const { last = [] } = this.#members.get(id) ?? {};
    this.#members.delete(id);
    const counts = last.filter((metric) => !isGauge(metric));
    this.#ended = this.#ended.then((ended) => AggregatorRegistry.aggregate([ended, counts]).getMetricsAsJSON());
    for (const { from, done } of this.#collections.values()) if (from.delete(id)) done();
  }

  hear(id: number, message: FromWorker): void {
    if (message.kind !== 'values') return;
    const member = this.#members.get(id);
    if (member !== undefined) member.last = message.values;
    const collection = this.#collections.get(message.request);
    if (!collection?.from.has(id)) return;
    collection.from.set(id, message.values);
    collection.done();
  }

  /** In the text format of Prometheus; null where a worker has not said its part in time. */
  async print(): Promise<string | null> {
    const request = ++this.#lastRequest;
    const from: Collection['from'] = new Map([...this.#members.keys()].map((id) => [id, null]));
    const isComplete = () => [...from.values()].every((values) => values !== null);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, collectMs);
      const done = () => {
        if (!isComplete()) return;
        clearTimeout(timer);
        resolve();
      };
      this.#collections.set(request, { from, done });
      for (const { link } of this.#members.values()) link.send({ kind: 'collect', request });
      done();
    });
    this.#collections.delete(request);
    if (!isComplete()) return null;
    const parts = [...from.values()].flatMap((values) => (values === null ? [] : [values]));
    return AggregatorRegistry.aggregate([...parts, await this.#ended]).metrics();
  }
}

function isGauge({ type }: MetricValues[number]): boolean {
  // Its type declaration has numbers for what are words.
  return String(type) === 'gauge';
}
