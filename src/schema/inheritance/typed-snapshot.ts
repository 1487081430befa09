import type { Snapshot } from '../../loaders/snapshot.ts';
import type { Context } from '../context.ts';

/** Reads types and profiles at the same time; a snapshot that includes the types saves that call. */
export async function readTyped({ loaders }: Context): Promise<Snapshot> {
  const snapshot = loaders.inheritance.whole();
  if (!(snapshot instanceof Promise)) return snapshot;
  const [ready] = await Promise.all([snapshot, loaders.types.all()]);
  return ready;
}
