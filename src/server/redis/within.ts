/** Settles like the promise, but rejects with a `code` of TIMEOUT after so many milliseconds, or when the signal says so. */
export function within<T>(milliseconds: number, promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    // If this process was busy, the answer may have come but not been looked at: what has come is looked at first.
    const timer = setTimeout(() => setImmediate(() => reject(new TimeoutError())), milliseconds);
    const onAbort = () => reject(signal?.reason);
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    });
  });
}

class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'TIMEOUT';

  constructor() {
    super('There was no answer in time.');
  }
}
