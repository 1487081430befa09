import type { UpstreamCall } from '../../../loaders/call.ts';
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
    read(extraInfo, scan) {
      let isOwn = false;
      const reading = store.read({ authorization, extraInfo, reuse, signal, startedAt }, (sharedSignal) => {
        isOwn = true;
        return scan(callUnder(sharedSignal));
      });
      const note = (ready: Snapshot): Snapshot => {
        if (!isOwn) onReused(ready);
        return ready;
      };
      return reading instanceof Promise ? reading.then(note) : note(reading);
    },
  };
}
