import { GatewayError } from '../../../errors.ts';
import type { MaybePromise, UpstreamCall } from '../../../loaders/call.ts';
import type { Snapshots } from '../../../loaders/index.ts';
import type { Snapshot } from '../../../loaders/snapshot.ts';
import type { SnapshotStore } from '../../../loaders/snapshot-store.ts';
import type { Reuse } from './reuse.ts';

export interface SnapshotCaller {
  readonly authorization: string;
  readonly reuse: Reuse;
  /** Ends what is read for this operation alone. */
  readonly signal: AbortSignal;
  /** Calls on the caller's behalf that another signal ends. */
  readonly callUnder: (signal: AbortSignal | undefined) => UpstreamCall;
  /** Hears of a reading that another operation made. */
  readonly onReused: (reading: Snapshot) => void;
}

/** The readings that one operation can share with others of its caller. */
export function callerSnapshots(store: SnapshotStore, caller: SnapshotCaller): Snapshots {
  const { authorization, reuse, signal, callUnder, onReused } = caller;
  const startedAt = performance.now();
  return {
    expectedSize: () => store.sizeFor(authorization),
    generation: () => store.generationFor(authorization),
    kept(extraInfo) {
      const kept = reuse === 'shared' ? store.keptFor(authorization, extraInfo) : null;
      if (kept !== null) onReused(kept);
      return kept;
    },
    read(extraInfo, scan) {
      let isOwn = false;
      const readFor = (mayShare: Reuse) =>
        store.read({ authorization, extraInfo, reuse: mayShare, signal, startedAt }, (sharedSignal) => {
          isOwn = true;
          return scan(callUnder(sharedSignal));
        });
      const reading = readFor(reuse);
      const note = (ready: Snapshot): Snapshot => {
        if (!isOwn) onReused(ready);
        return ready;
      };
      if (!(reading instanceof Promise)) return note(reading);
      // That another operation had no calls left says nothing about this one.
      const readAlone = (error: unknown): MaybePromise<Snapshot> => {
        if (isOwn || !(error instanceof GatewayError) || error.code !== 'COST_LIMIT') throw error;
        return readFor('fresh');
      };
      return reading.catch(readAlone).then(note);
    },
  };
}
