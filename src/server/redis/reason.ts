/**
 * Why Redis can't be used, as one word for the log: ECONNREFUSED, TIMEOUT, WRONGPASS. Messages are left out, which may hold
 * addresses, names of users and what was sent.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'CLOSED';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{2,20}\b/.exec(error.message)?.[0] ?? error.name;
}
