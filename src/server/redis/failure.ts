/**
 * Why Redis failed, as one word for the log: ECONNREFUSED, TIMEOUT, WRONGPASS. Messages are left out: they may hold
 * addresses, names of users and what was sent.
 */
export function reasonOf(error: unknown): string {
  // Sentinel and cluster clients report failures of their connections inside errors of their own.
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause);
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return 'CLOSED';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{2,20}\b/.exec(error.message)?.[0] ?? error.constructor.name;
}

/** Settles like the promise, but rejects with a `code` of TIMEOUT after so many milliseconds. */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // If this process was busy, the answer may have come but not been looked at: what has come is looked at first.
    const timer = setTimeout(() => setImmediate(() => reject(timeout())), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function timeout(): Error {
  return Object.assign(new Error('There was no answer in time.'), { code: 'TIMEOUT' });
}
