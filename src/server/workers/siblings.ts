import type { ChangeQueue } from '../../changes/queue.ts';
import type { Peers } from '../shared-store/peers.ts';
import type { Metrics } from '../watch/metrics.ts';
import { joinedMetrics } from './joined-metrics.ts';
import type { PrimaryLink } from './messages.ts';
import { WorkerPeers } from './worker-peers.ts';
import { WorkerQueue } from './worker-queue.ts';

/** What a worker has in common with the other workers of its machine. */
export interface Siblings {
  /** `onWrite` is to forget whatever was read. */
  peers(onWrite: () => void): Peers;
  readonly queue: Pick<ChangeQueue, 'run'>;
  /** The metrics of all in place of its own. */
  metricsOfAll(own: Metrics): Metrics;
}

export function siblingsBehind(primary: PrimaryLink): Siblings {
  return {
    peers: (onWrite) => new WorkerPeers(primary, onWrite),
    queue: new WorkerQueue(primary),
    metricsOfAll: (own) => joinedMetrics(own, primary),
  };
}
