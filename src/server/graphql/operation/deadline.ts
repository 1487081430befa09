import { setMaxListeners } from 'node:events';
import { GatewayError } from '../../../errors.ts';

/** With what the reads end that an operation leaves behind. One for all: nobody hears of it. */
const hasEnded = new GatewayError('UPSTREAM_UNAVAILABLE', 'The operation has ended.');

/** How an operation ends whose caller has left. Nobody gets this answer: it is for the log and the metrics. */
export function cancelled(): GatewayError {
  return new GatewayError('CANCELLED', 'The caller closed the connection before the answer was complete.');
}

/**
 * The time that an operation has: over after `milliseconds`, or when its caller has gone. The signal's reason is the
 * error that its reads then end with.
 */
export function startDeadline(milliseconds: number, caller: AbortSignal) {
  const controller = new AbortController();
  // Each read under way listens to it: hundreds are no leak.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(() => {
    const message = `The request took longer than ${milliseconds} ms; ask for less at a time, or try again later.`;
    controller.abort(new GatewayError('UPSTREAM_TIMEOUT', message));
  }, milliseconds);
  const onGone = () => controller.abort(cancelled());
  if (caller.aborted) onGone();
  caller.addEventListener('abort', onGone, { once: true });
  return {
    signal: controller.signal,
    /** The operation has its answer: what it still reads, for a part that was lost, is read for nobody. */
    end() {
      clearTimeout(timer);
      caller.removeEventListener('abort', onGone);
      controller.abort(hasEnded);
    },
  };
}
